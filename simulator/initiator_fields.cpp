#include "simulator/initiator_fields.hpp"

#include <algorithm>
#include <array>

#include "base/msisdn.hpp"
#include "simulator/fields.hpp"

namespace lango::simulator {

namespace {

constexpr std::size_t text_max = 100;

bool is_payout_command(std::string_view text) {
    static constexpr std::array<std::string_view, 4> known{
        "SalaryPayment", "BusinessPayment", "PromotionPayment", "BusinessPayToPochi"};
    return std::ranges::find(known, text) != known.end();
}

bool is_remarks(std::string_view text) { return text.size() >= 2 && text.size() <= text_max; }

// Optional, and misspelt by half of those who send it.
bool is_occasion(const json::Value& body) {
    const auto text = field(body, "Occassion");
    return (text.empty() ? field(body, "Occasion") : text).size() <= text_max;
}

std::string_view invalid_initiator(const json::Value& body, std::string_view name) {
    if (field(body, name).empty()) return name;
    if (field(body, "SecurityCredential").empty()) return "SecurityCredential";
    return {};
}

// Who took part in the payment that is asked about: 1 a phone, 2 a till, 4 a shortcode.
std::string_view invalid_identity(const json::Value& body) {
    const auto party = field(body, "PartyA");
    const auto type = field(body, "IdentifierType");
    if (type == "1") return Msisdn::parse(party) ? std::string_view{} : "PartyA";
    if (!is_digits(party, 5, 9)) return "PartyA";
    return type == "2" || type == "4" ? std::string_view{} : "IdentifierType";
}

std::string_view invalid_urls(const json::Value& body) {
    if (!is_callback_url(field(body, "QueueTimeOutURL"))) return "QueueTimeOutURL";
    if (!is_callback_url(field(body, "ResultURL"))) return "ResultURL";
    return {};
}

}  // namespace

std::string_view invalid_payout_field(const json::Value& body, bool with_id) {
    if (const auto wrong = invalid_initiator(body, "InitiatorName"); !wrong.empty()) return wrong;
    if (with_id && field(body, "OriginatorConversationID").empty()) {
        return "OriginatorConversationID";
    }
    if (!is_payout_command(field(body, "CommandID"))) return "CommandID";
    if (!amount_minor(field(body, "Amount"))) return "Amount";
    if (!is_digits(field(body, "PartyA"), 5, 7)) return "PartyA";
    if (!Msisdn::parse(field(body, "PartyB"))) return "PartyB";
    if (!is_remarks(field(body, "Remarks"))) return "Remarks";
    if (const auto wrong = invalid_urls(body); !wrong.empty()) return wrong;
    if (!is_occasion(body)) return "Occassion";
    return {};
}

std::string_view original_conversation_id(const json::Value& body) {
    const auto id = field(body, "OriginalConversationID");
    return id.empty() ? field(body, "OriginatorConversationID") : id;
}

std::string_view invalid_status_field(const json::Value& body) {
    if (const auto wrong = invalid_initiator(body, "Initiator"); !wrong.empty()) return wrong;
    if (field(body, "CommandID") != "TransactionStatusQuery") return "CommandID";
    if (field(body, "TransactionID").empty() && original_conversation_id(body).empty()) {
        return "TransactionID";
    }
    if (const auto wrong = invalid_identity(body); !wrong.empty()) return wrong;
    if (!is_remarks(field(body, "Remarks"))) return "Remarks";
    if (const auto wrong = invalid_urls(body); !wrong.empty()) return wrong;
    if (!is_occasion(body)) return "Occasion";
    return {};
}

bool asks_by_phone(const json::Value& body) { return field(body, "IdentifierType") == "1"; }

std::string_view invalid_balance_field(const json::Value& body) {
    if (const auto wrong = invalid_initiator(body, "Initiator"); !wrong.empty()) return wrong;
    if (field(body, "CommandID") != "AccountBalance") return "CommandID";
    if (!is_digits(field(body, "PartyA"), 5, 7)) return "PartyA";
    if (field(body, "IdentifierType") != "4") return "IdentifierType";
    if (!is_remarks(field(body, "Remarks"))) return "Remarks";
    return invalid_urls(body);
}

std::string_view invalid_reversal_field(const json::Value& body) {
    if (const auto wrong = invalid_initiator(body, "Initiator"); !wrong.empty()) return wrong;
    if (field(body, "CommandID") != "TransactionReversal") return "CommandID";
    if (field(body, "TransactionID").empty()) return "TransactionID";
    if (!amount_minor(field(body, "Amount"))) return "Amount";
    if (!is_digits(field(body, "ReceiverParty"), 5, 7)) return "ReceiverParty";
    // The document says 11; 4, an organisation's shortcode, is what many clients send.
    const auto receiver = field(body, "RecieverIdentifierType");
    if (receiver != "11" && receiver != "4") return "RecieverIdentifierType";
    if (!is_remarks(field(body, "Remarks"))) return "Remarks";
    if (const auto wrong = invalid_urls(body); !wrong.empty()) return wrong;
    if (!is_occasion(body)) return "Occasion";
    return {};
}

}  // namespace lango::simulator
