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
    std::string reference;              // as typed: untrusted text
    std::optional<DepositId> prompted;  // the order on whose prompt that reference stood
    std::string phone;  // as the rail gives it: twelve digits, masked, or a SHA-256 in hex
    std::string order;  // what we answered to the rail's question before it took the money
    std::int64_t shortcode = 0;
    std::optional<Instant> paid_at;
    std::string raw;  // as received
};

}  // namespace lango::rails
