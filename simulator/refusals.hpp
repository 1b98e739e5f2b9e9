// How a request is refused at the gateway, which has other words for each product (daraja.md 1.2).
#pragma once
#include <string_view>

#include "simulator/core.hpp"
#include "simulator/scenario.hpp"

namespace lango::simulator {

struct Product {
    int token_status;
    std::string_view token_code;
    std::string_view first_field;  // is missed first when the body is not read
    std::string_view party_field;
};
namespace product {
inline constexpr Product stk_push{404, "404.001.03", "BusinessShortCode", "PhoneNumber"};
inline constexpr Product b2c{401, "401.002.01", "InitiatorName", "PartyB"};
inline constexpr Product transaction_status{400, "400.003.01", "Initiator", "PartyA"};
inline constexpr Product account_balance{401, "401.002.01", "Initiator", "PartyA"};
inline constexpr Product reversal{404, "404.001.03", "Initiator", "ReceiverParty"};
inline constexpr Product c2b{400, "400.003.01", "ShortCode", "Msisdn"};
inline constexpr Product pull{400, "400.003.01", "ShortCode", "ShortCode"};
}  // namespace product

// token: as it was sent; 401.002.01 echoes it.
[[nodiscard]] http::Response token_refusal(const Core& core, const Product& product,
                                           std::string_view token);
// What a scenario wants said instead of the reply. Not for Reply::accepted.
[[nodiscard]] http::Response refusal(const Core& core, const Product& product, Reply reply);
// Whether nothing is accepted, and a reply says so.
[[nodiscard]] bool refuses(Reply reply);

// For a reply that never comes: longer than any client waits, then 504.
inline constexpr Duration reply_held_for = std::chrono::seconds{120};
[[nodiscard]] http::Response gateway_timeout();

}  // namespace lango::simulator
