// STK query (daraja.md 3.7): no receipt, no amount, and a ResultCode that is text.
#include "base/json_writer.hpp"
#include "simulator/daraja.hpp"
#include "simulator/fields.hpp"
#include "simulator/replies.hpp"

namespace lango::simulator {

http::Response Daraja::query(const http::Request& request) {
    if (!authorized(request)) return error(404, "404.001.03", "Invalid Access Token");
    if (!says_json(request)) {
        return error(400, "400.002.02", "Bad Request - Invalid BusinessShortCode");
    }
    const auto body = json::parse(request.body);
    if (!body) return error(400, "400.002.05", "Invalid Request Payload");
    if (const auto wrong = invalid_query_field(*body); !wrong.empty()) {
        return error(400, "400.002.02", "Bad Request - Invalid " + std::string{wrong});
    }
    if (auto refused = refuse_merchant(*body)) return std::move(*refused);
    const auto shortcode = shortcode_of(*body)->number;
    if (query_is_too_many(shortcode)) return apigee_fault();
    const auto found = prompts_.find(std::string{field(*body, "CheckoutRequestID")});
    if (found == prompts_.end() || found->second.shortcode != shortcode ||
        clock_.now() - found->second.began < config_.query_too_early) {
        return error(400, "400.002.02", "Bad Request - Invalid CheckoutRequestID");
    }
    const auto& prompt = found->second;
    if (prompt.open) return error(500, "500.001.1001", "The transaction is being processed");
    const auto code = queried_code(prompt);
    http::Response response;
    json::Writer{response.body}
        .begin_object()
        .member("ResponseCode", "0")
        .member("ResponseDescription", "The service request has been accepted successsfully")
        .member("MerchantRequestID", prompt.merchant_request_id)
        .member("CheckoutRequestID", prompt.checkout_request_id)
        .member("ResultCode", code)
        .member("ResultDesc", result_text(code))
        .end_object();
    return response;
}

std::string Daraja::queried_code(const Prompt& prompt) const {
    if (!prompt.told && !prompt.scenario->query_code.empty()) {
        return std::string{prompt.scenario->query_code};
    }
    if (clock_.now() - prompt.ended < config_.processing) return "4999";
    return prompt.code;
}

}  // namespace lango::simulator
