// A payment that a customer made by himself, with a reference that he typed; or the rail's second
// telling of one that he confirmed on a prompt.
#pragma once
#include <optional>
#include <string>

#include "base/ids.hpp"
#include "base/money.hpp"
#include "base/time.hpp"

namespace lango::rails {

struct PaybillPayment {
    std::string receipt;
    Money amount = Money::zero();
    std::string reference;  // as typed: untrusted text
    // The order on whose prompt that reference stood, if it is one of ours: almost any twelve
    // letters and digits can be read so.
    std::optional<DepositId> prompted;
    std::string phone;  // as the rail gives it: twelve digits, masked, or a SHA-256 in hex
    std::string order;  // what we answered to the rail's question before it took the money
    std::int64_t shortcode = 0;
    std::optional<Instant> paid_at;
    std::string raw;  // as received
    // `prompted` is more than what its reference may be read as: whoever told it proved that the
    // prompt was ours.
    bool surely_prompted = false;
};

}  // namespace lango::rails
