#include "simulator/refusals.hpp"

#include "simulator/replies.hpp"

namespace lango::simulator {

http::Response token_refusal(const Core& core, const Product& product, std::string_view token) {
    if (product.token_status != 401) {
        return core.error(product.token_status, product.token_code, "Invalid Access Token");
    }
    return core.error(401, product.token_code,
                      "Error Occurred - Invalid Access Token - " + std::string{token});
}

bool refuses(Reply reply) {
    return reply != Reply::accepted && reply != Reply::lost && reply != Reply::dropped &&
           reply != Reply::empty_500_accepted;
}

http::Response refusal(const Core& core, const Product& product, Reply reply) {
    switch (reply) {
        case Reply::html_200:
            return html(200);
        case Reply::html_403:
            return html(403);
        case Reply::empty_500:
        case Reply::empty_500_accepted:
            return empty(500);
        case Reply::soap_500:
            return soap_fault();
        case Reply::apigee_429:
            return apigee_fault();
        case Reply::busy_500:
            return core.error(500, "500.003.02",
                              "System is busy. Please try again in few minutes.");
        case Reply::quota_500:
            return core.error(500, "500.003.03", "Error Occurred: Quota Violation");
        case Reply::token:
            return token_refusal(core, product, "expired");
        case Reply::field_400:
            return core.invalid(product.party_field);
        case Reply::accepted:
        case Reply::lost:
        case Reply::dropped:
            break;
    }
    return core.error(500, "500.003.1001", "Internal Server Error");
}

http::Response gateway_timeout() {
    http::Response response;
    response.status = 504;
    response.content_type = "text/plain";
    return response;
}

}  // namespace lango::simulator
