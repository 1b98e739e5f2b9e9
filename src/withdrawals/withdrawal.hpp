// The withdrawal's row and its events. Everything here runs inside a command.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/money.hpp"
#include "base/msisdn.hpp"
#include "base/result.hpp"
#include "ledger/ledger.hpp"
#include "rails/claims.hpp"
#include "store/tx.hpp"
#include "store/words.hpp"
#include "withdrawals/state.hpp"

namespace lango::withdrawals {

// What a request was signed as. The page's signature joins values without their names, so that one
// signature fits many requests: whoever has seen one could rename its fields and send it again.
struct SignedAs {
    std::int64_t signature = 0;  // the merchant's and this one, hashed
    // The names of its fields, hashed; 0: it carried a withdrawal_id, and so can be sent once.
    std::int64_t form = 0;
};

struct Withdrawal {
    WithdrawalId id{0};
    MerchantId merchant{0};
    std::string withdrawal_id{};  // the merchant's
    std::string payout_id{};  // that the rail knows it by, from its first submission to the last
    std::string label{};
    Msisdn phone;
    Money amount;
    Money fee;
    std::string comment{};
    Kind kind = Kind::api;
    State state = State::queued;
    int events = 0;
    int sends = 0;
    int tries = 0;
    int not_found = 0;
    std::optional<Instant> due_at{};
    std::optional<Instant> sent_at{};
    std::string conversation_id{};
    std::string originator_conversation_id{};  // of the latest request, as the rail told it
    std::string receipt{};
    std::string result_code{};
    std::int64_t flags = 0;
    Instant created_at{};
    std::optional<Instant> closed_at{};
    std::string created_by{};                   // the person; "" for the API
    std::optional<rails::PayoutRoute> route{};  // none before it was first submitted
    std::string not_found_by{};                 // the last question that was answered "not found"
    std::optional<SignedAs> signed_as{};  // none: no request asked for it; written, never read
    std::int64_t taken_in = 0;  // the run that takes it: written, never read (runs/run.hpp)

    [[nodiscard]] bool has(Flag flag) const { return (flags & flag) != 0; }
};

// Of a row that makes no withdrawal: an account number, amount, state or currency that is none.
using Unreadable = Unsound;
// Throws Unreadable, like all that read rows.
[[nodiscard]] std::optional<Withdrawal> find(store::Reader& reader, WithdrawalId id);
// By payout_id, among the latest 200,000: no index is kept of what is looked for when a row is
// gone.
[[nodiscard]] std::optional<Withdrawal> find_by_payout_id(store::Reader& reader,
                                                          std::string_view payout_id);
[[nodiscard]] std::optional<Withdrawal> find(store::Reader& reader, MerchantId merchant,
                                             std::string_view withdrawal_id);

// The merchant's account, which is held from and paid from.
[[nodiscard]] ledger::AccountRef merchant_account(MerchantId merchant);

// What has left by it: nothing, its amount, or more where it was called failed, or paid, and was
// paid after all, or again.
[[nodiscard]] Money gone(store::Reader& reader, WithdrawalId id);

// Nothing is known that the rail could be asked by: its reply was lost, and this way (`now_route`
// for a row that keeps none) gave the payout no id of ours. Only a person can say what became of
// it.
[[nodiscard]] bool cannot_be_asked_about(store::Reader& reader, const Withdrawal& withdrawal,
                                         const rails::PayoutRoute& now_route);

// It went out by a clock that was ahead: nobody knows when, nor whether the rail still knows its
// id.
[[nodiscard]] bool has_no_date(const Withdrawal& withdrawal, Instant now);

// Moves to a state (the edge is checked), appends the event that tells it, and saves the row: the
// one way a withdrawal changes.
void become(store::Tx& tx, Withdrawal& withdrawal, State state, EventKind kind, Instant now,
            std::string_view detail);
// Appends an event without a change of state, and saves the row.
void note(store::Tx& tx, Withdrawal& withdrawal, EventKind kind, Instant now,
          std::string_view detail);
// For a row that cannot go on by itself, readable or not: nothing looks at it again but a person.
void set_aside(store::Tx& tx, WithdrawalId id, std::string_view why, Instant now);
// The run died while it went alone. False: what came of it had been recorded.
bool set_aside_died(store::Tx& tx, WithdrawalId id, std::int64_t run, Instant now);
// A person lets that go on: it is due at once. False: it was not set aside.
bool try_again(store::Tx& tx, WithdrawalId id, std::string_view who, Instant now);
// Writes the row, whose name is taken already (create.cpp), and its signature.
void insert(store::Tx& tx, const Withdrawal& withdrawal);
// Saves the fields that change after creation.
void save(store::Tx& tx, const Withdrawal& withdrawal);
// What the rail said, byte for byte; beyond `messages_max` of one payout nothing more is kept but
// what changes something. False: it was not kept.
enum class RailMessageKind : std::int8_t {
    pay_answer = 11,
    result = 12,
    status = 13,
    timeout = 14
};
// Above those of payouts and below all others that may come.
inline constexpr int rail_message_kinds_end = 20;
static_assert(store::spells(LANGO_MESSAGE_PAYOUT_FIRST, RailMessageKind::pay_answer));
static_assert(store::spells(LANGO_MESSAGE_PAYOUT_END, rail_message_kinds_end));
[[nodiscard]] std::string_view name(RailMessageKind kind);
inline constexpr int messages_max = 50;
bool keep_message(store::Tx& tx, WithdrawalId withdrawal, RailMessageKind kind, Instant now,
                  std::string_view body, int at_most = messages_max);

struct Event {
    int number = 0;
    Instant at{};
    State state = State::queued;
    EventKind kind = EventKind::created;
    std::string detail;
};
[[nodiscard]] std::vector<Event> events(store::Reader& reader, WithdrawalId id);
struct RailMessage {
    Instant at{};
    RailMessageKind kind = RailMessageKind::pay_answer;
    std::string body;
};
// What the rail said of it that is kept, in the order in which it came.
[[nodiscard]] std::vector<RailMessage> rail_messages(store::Reader& reader, WithdrawalId id);

}  // namespace lango::withdrawals
