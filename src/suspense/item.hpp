// Money that came and has no order, or not this one, or came twice: it stands in the suspense
// account, each receipt an item, until a person or a rule gives it to an order or sends it back.
// The account's balance is what the items say, to the cent (law SuspenseExplained).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "ledger/ledger.hpp"
#include "store/tx.hpp"

namespace lango::suspense {

enum class Reason : std::int8_t {
    no_order = 1,        // nobody's reference was typed
    underpaid = 2,       // less than the order asks for
    overpaid = 3,        // more than the order asks for
    paid_twice = 4,      // the order is paid already
    amount_differs = 5,  // the rail's list has another amount than the prompt had
    earlier = 6,         // booked before reasons were kept
    lost_order = 7,      // paid by our prompt, of an order that an older backup lacks
};
[[nodiscard]] std::string_view name(Reason reason);

struct Item {
    std::int64_t id = 0;  // the subject of its booking
    std::string receipt;
    Money amount = Money::zero();
    Money allocated = Money::zero();
    Reason reason = Reason::no_order;
    std::string reference;              // as the payer typed it
    std::string phone;                  // rails/payer_phone.hpp; "" when the rail did not say
    std::optional<DepositId> about;     // the deposit it seems to be for
    std::optional<DepositId> credited;  // the deposit it was allocated to
    Instant paid_at{};
    Instant booked_at{};
    std::optional<Instant> allocated_at;
    std::string allocated_by;
    Money written_off = Money::zero();
};

// Books from the rail's account and keeps the item; its id is the next free one when that is taken,
// so that one command can keep several. Nothing is written when the receipt is booked.
[[nodiscard]] ledger::Booked put(store::Tx& tx, Item& item, std::int64_t shortcode);
// Some of it has been booked on to a deposit, in the same command. Once only: one receipt pays one
// order.
void allocate(store::Tx& tx, const Item& item, DepositId deposit, Money amount, Instant now,
              std::string_view who);

[[nodiscard]] std::optional<Item> find(store::Reader& reader, std::string_view receipt);
// Of which something is left that is neither given to an order nor on its way back: the oldest
// first, after this id.
[[nodiscard]] std::vector<Item> list_open(store::Reader& reader, std::int64_t after,
                                          std::int64_t limit);

// What is left of it: neither given to an order, nor on its way back, nor written off.
[[nodiscard]] Money remainder(store::Reader& reader, const Item& item);
// What no order can have, whichever it is: "" where some order can. It is the reason why what is
// left can only go back.
[[nodiscard]] std::string for_no_order(store::Reader& reader, const Item& item);
// What is left can be given to no order and sent back by no way: it becomes the gateway's. The
// error, for people: nothing was written.
[[nodiscard]] Result<Money, std::string> write_off(store::Tx& tx, std::string_view receipt,
                                                   Instant now);

[[nodiscard]] inline ledger::AccountRef account() {
    return {.kind = ledger::AccountKind::suspense, .owner = 0};
}

}  // namespace lango::suspense
