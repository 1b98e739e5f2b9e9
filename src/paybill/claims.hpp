// Confirmations of so much money that an unsigned message is not believed: kept until the rail's
// own list of payments has the receipt, and then booked from there.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rails/paybill.hpp"
#include "store/tx.hpp"

namespace lango::paybill {

struct Claim {
    std::string receipt;
    Instant at{};
    Money amount = Money::zero();
    std::string reference;
    std::string phone;
};

// The id that its message is kept under: `fresh_id`, or that of the claim made earlier.
[[nodiscard]] std::int64_t keep_claim(store::Tx& tx, const rails::PaybillPayment& payment,
                                      std::int64_t fresh_id, Instant now);
// The receipt is booked, or about to be in the same command. Nothing happens without a claim.
void settle_claim(store::Tx& tx, std::string_view receipt, Instant now);
// Those whose receipt something else has booked meanwhile.
void settle_booked_claims(store::Tx& tx, Instant now);
// When the oldest and the newest of those were made that are open and not older than `since`.
struct ClaimTimes {
    Instant oldest;
    Instant newest;
};
[[nodiscard]] std::optional<ClaimTimes> waiting_claims(store::Reader& reader, Instant since);
// The oldest first.
[[nodiscard]] std::vector<Claim> open_claims(store::Reader& reader, std::int64_t limit);

}  // namespace lango::paybill
