// What a reply to a payout request says (daraja.md 1.2, 5.1). Only what is certain not to have
// reached the core is not submitted; all else that is no acceptance is unknown.
#pragma once
#include <optional>

#include "base/result.hpp"
#include "http/client_message.hpp"
#include "rails/claims.hpp"

namespace lango::rails::daraja {

struct PayoutReply {
    PayoutAnswer answer;
    bool trouble = false;  // counts against the breaker
    bool alarm = false;    // opens it at once
};
[[nodiscard]] PayoutReply read_payout_reply(
    const std::optional<Result<http::ClientResponse, http::ClientError>>& reply);

}  // namespace lango::rails::daraja
