// A claim that no list of the rail proves, ended by an operator who has looked at the rail's
// portal.
#pragma once
#include <optional>
#include <string>

#include "paybill/intake.hpp"

namespace lango::paybill {

inline constexpr std::size_t note_max = 500;  // bytes

struct ClaimByHand {
    std::string receipt;          // of the claim
    std::optional<Money> amount;  // needed where the claim says none; else the claim's, or none
    std::string who;
    std::string note;  // what was seen, and where: his trail keeps it
};
// The money came: taken as the rail's own list would have it, on the account of the
// shortcode that it came to; context's where nobody knows. The error, for people: nothing was
// written, but that a claim of what is booked already waits no more.
[[nodiscard]] Result<IntakeOutcome, std::string> book_claim(store::Tx& tx, const ClaimByHand& claim,
                                                            const deposits::ObserveContext& context,
                                                            Instant now);
// It did not come: the claim waits no more, and books nothing unless the rail's own list has it
// after all. Empty: done. Else why not.
[[nodiscard]] std::string dismiss_claim(store::Tx& tx, const ClaimByHand& claim, Instant now);

}  // namespace lango::paybill
