#include "rails/daraja/push_reply.hpp"

#include "base/json_repair.hpp"
#include "base/redact.hpp"
#include "rails/daraja/codes.hpp"

namespace lango::rails::daraja {

PushAnswer read_push_reply(const http::ClientResponse& response) {
    PushAnswer answer;
    answer.raw = redact(response.body);
    const auto body = json::parse_leniently(response.body);
    if (!body || json::sound_text(*body, "ResponseCode").value_or("").empty()) {
        // A 200 can carry an error envelope or a page of HTML.
        const auto fault = classify_fault(response);
        answer.outcome = fault.outcome;
        answer.code = fault.code;
        answer.message = fault.message;
        answer.pause_min = fault.pause_min;
        answer.alert = fault.alert;
        return answer;
    }
    answer.code = json::sound_text(*body, "ResponseCode").value_or("");
    answer.message = redact(body->text_at("ResponseDescription"));
    answer.checkout_request_id = json::sound_text(*body, "CheckoutRequestID").value_or("");
    answer.merchant_request_id = json::sound_text(*body, "MerchantRequestID").value_or("");
    const bool accepted = answer.code == "0" && !answer.checkout_request_id.empty();
    answer.outcome = accepted ? Submitted::accepted : Submitted::unknown;
    return answer;
}

}  // namespace lango::rails::daraja
