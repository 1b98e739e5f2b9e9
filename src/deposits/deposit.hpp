// The deposit's row, its events and the rail's messages. Everything here runs inside a command.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/money.hpp"
#include "base/msisdn.hpp"
#include "deposits/state.hpp"
#include "store/tx.hpp"

namespace lango::deposits {

struct Deposit {
    DepositId id{0};
    MerchantId merchant{0};
    std::string custom_transaction_id{};
    std::string label{};
    Msisdn phone;
    Money amount;
    State state = State::created;
    int events = 0;
    int tries = 0;
    std::optional<Instant> due_at{};
    std::optional<Instant> pushed_at{};
    std::string checkout_request_id{};
    std::string merchant_request_id{};
    std::string receipt{};
    std::string result_code{};
    std::int64_t flags = 0;
    Instant created_at{};
    std::optional<Instant> closed_at{};
    int attempt = 1;             // an order of the payment window may be tried again
    std::int64_t shortcode = 0;  // that its push went out under; 0: none yet, or not kept
    std::optional<Money> fee{};  // the commission, fixed when it was created; none: not kept
    std::int64_t taken_in = 0;   // the run that takes it: written, never read (runs/run.hpp)

    [[nodiscard]] bool has(Flag flag) const { return (flags & flag) != 0; }
};

// Throws Unsound for a row that makes no deposit, like all that read rows.
[[nodiscard]] std::optional<Deposit> find(store::Reader& reader, DepositId id);
// For who goes through many, of which none may hide the others: of a row that makes no deposit
// nothing, and it waits for a person.
[[nodiscard]] std::optional<Deposit> find_or_set_aside(store::Tx& tx, DepositId id, Instant now);
// Nothing looks at it again but a person; its story tells why.
void set_aside(store::Tx& tx, DepositId id, std::string_view why, Instant now);
// The last attempt at an order.
[[nodiscard]] std::optional<Deposit> find(store::Reader& reader, MerchantId merchant,
                                          std::string_view custom_transaction_id);
// Every attempt at an order, the first one first.
[[nodiscard]] std::vector<Deposit> attempts(store::Reader& reader, MerchantId merchant,
                                            std::string_view custom_transaction_id);
// Another attempt at this deposit's order has been paid.
[[nodiscard]] bool order_is_paid(store::Reader& reader, const Deposit& deposit);

// Writes the row. False: the merchant has such an attempt at such an order, and nothing was
// written.
[[nodiscard]] bool insert(store::Tx& tx, const Deposit& deposit);
// Moves to a state (the edge is checked), appends the event that tells it, and saves the row:
// the one way a deposit changes.
void become(store::Tx& tx, Deposit& deposit, State state, EventKind kind, Instant now,
            std::string_view detail);
// Appends an event without a change of state, and saves the row.
void note(store::Tx& tx, Deposit& deposit, EventKind kind, Instant now, std::string_view detail);
// Saves the fields that change after creation.
void save(store::Tx& tx, const Deposit& deposit);
// Keeps what the rail said, unless it says the same as the last time in the same kind of message.
// Beyond `messages_max` of one payment nothing more is kept but what changes something.
inline constexpr int messages_max = 50;
enum class Kept : std::int8_t { now, before, no_room };
Kept keep_message(store::Tx& tx, DepositId deposit, RailMessageKind kind, Instant now,
                  std::string_view body);
void keep_deciding_message(store::Tx& tx, DepositId deposit, RailMessageKind kind, Instant now,
                           std::string_view body);

struct Event {
    int number = 0;
    Instant at{};
    State state = State::created;
    EventKind kind = EventKind::created;
    std::string detail;
};
[[nodiscard]] std::vector<Event> events(store::Reader& reader, DepositId id);

struct RailMessage {
    Instant at{};
    RailMessageKind kind = RailMessageKind::callback;
    std::string body;
};
[[nodiscard]] std::vector<RailMessage> rail_messages(store::Reader& reader, DepositId id);

// For metrics: how many deposits stand in each open state. Open is also what waits for a person
// because nothing will ask the rail again.
struct OpenCount {
    State state = State::created;
    std::int64_t count = 0;
};
[[nodiscard]] std::vector<OpenCount> count_open(store::Reader& reader);
// For metrics: when each of those was created.
[[nodiscard]] std::vector<Instant> open_since(store::Reader& reader);

// Those with Flag::attention, whatever their state.
[[nodiscard]] std::int64_t count_attention(store::Reader& reader);
// The oldest of them, at most `limit`, without those whose row makes no deposit.
[[nodiscard]] std::vector<Deposit> list_attention(store::Reader& reader, std::size_t limit);
// A person has looked: the flag goes, and an event says so. False: it did not stand.
[[nodiscard]] bool attended(store::Tx& tx, Deposit& deposit, Instant now, std::string_view who);

// The run died while it went alone: nobody asks about it until a person lets it go on. False: what
// came of it had been recorded.
bool set_aside_died(store::Tx& tx, DepositId id, std::int64_t run, Instant now);
// A person lets it go on: it is due at once. False: it was not set aside.
bool try_again(store::Tx& tx, DepositId id, std::string_view who, Instant now);

}  // namespace lango::deposits
