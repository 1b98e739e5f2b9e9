// The fields of what an initiator asks, checked in order (daraja.md 5.1, 6.1 to 6.3): the first one
// that is wrong, as the error message names it; "" when all are right.
#pragma once
#include <string_view>

#include "base/json.hpp"

namespace lango::simulator {

// with_id: version 3, which wants an OriginatorConversationID.
[[nodiscard]] std::string_view invalid_payout_field(const json::Value& body, bool with_id);
[[nodiscard]] std::string_view invalid_status_field(const json::Value& body);
// PartyA and IdentifierType name a side of the payment: an organisation, or a phone (type 1).
[[nodiscard]] bool asks_by_phone(const json::Value& body);
[[nodiscard]] std::string_view invalid_balance_field(const json::Value& body);
[[nodiscard]] std::string_view invalid_reversal_field(const json::Value& body);

// The payment that a status query asks for, by either of the names in use (daraja.md 6.1).
[[nodiscard]] std::string_view original_conversation_id(const json::Value& body);

}  // namespace lango::simulator
