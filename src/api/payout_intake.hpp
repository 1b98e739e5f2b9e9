// What the endpoints for the rail's messages about payouts share.
#pragma once
#include <optional>
#include <string_view>

#include "api/endpoints.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::api {

// One message about the payout in the path.
struct PayoutMessage {
    std::string_view withdrawal;  // 16 hex digits
    std::string_view token;
    std::string_view about;  // what the token was derived for
    withdrawals::RailMessageKind kind;
};

// Lets it in and reads it; what cannot be read is kept for a person. Thanks when what it says is on
// disk.
[[nodiscard]] asio::awaitable<http::Response> take_payout_message(
    const Context& context, const http::Request& request, PayoutMessage message,
    std::optional<rails::PayoutSeen> (*read)(std::string_view body));

}  // namespace lango::api
