// Money that somebody claims came, by an unsigned message that is not believed: much by paybill, or
// a second payment of an order. It is kept until the rail's own list of payments has the receipt,
// and then booked from there; until then it is in front of a person.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/money.hpp"
#include "store/tx.hpp"

namespace lango::suspense {

struct Claim {
    std::string receipt;
    std::int64_t id = 0;  // that its message is kept under; keep_claim gives it
    Instant at{};
    Money amount = Money::zero();  // zero: nobody said how much
    std::string reference;         // as the payer typed it
    std::string phone;
    std::optional<DepositId> about;  // whose prompt's callback claims it
    std::int64_t shortcode = 0;      // that it came to; 0: nobody knows
};

// The id that its message is kept under: `fresh_id`, or that of the claim made earlier.
[[nodiscard]] std::int64_t keep_claim(store::Tx& tx, const Claim& claim, std::int64_t fresh_id);
// Open, settled or dismissed.
[[nodiscard]] std::optional<Claim> find_claim(store::Reader& reader, std::string_view receipt);
// The receipt is booked, or about to be in the same command. Nothing happens without a claim.
void settle_claim(store::Tx& tx, std::string_view receipt, Instant now);
// A person says that it did not come: it waits no more. False: it was settled, or dismissed before.
[[nodiscard]] bool dismiss_claim(store::Tx& tx, std::string_view receipt, Instant now);
// Those whose receipt something else has booked meanwhile.
void settle_booked_claims(store::Tx& tx, Instant now);
// Open are those that are neither settled nor dismissed.
// When the oldest and the newest of those were made that are open and not older than `since`.
struct ClaimTimes {
    Instant oldest;
    Instant newest;
};
[[nodiscard]] std::optional<ClaimTimes> waiting_claims(store::Reader& reader, Instant since);
// The oldest first.
[[nodiscard]] std::vector<Claim> open_claims(store::Reader& reader, std::int64_t limit);

}  // namespace lango::suspense
