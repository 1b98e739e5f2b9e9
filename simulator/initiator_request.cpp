#include "simulator/initiator_request.hpp"

#include "simulator/fields.hpp"
#include "simulator/initiator_fields.hpp"

namespace lango::simulator {

Result<InitiatorRequest, http::Response> read_initiator_request(
    const Core& core, Initiators& initiators, const http::Request& request, const Product& product,
    std::string_view (*invalid_field)(const json::Value& body)) {
    using Refused = Unexpected<http::Response>;
    if (!says_json(request)) return Refused{core.invalid(product.first_field)};
    auto body = json::parse(request.body);
    if (!body) return Refused{core.error(400, "400.002.05", "Invalid Request Payload")};
    if (const auto wrong = invalid_field(*body); !wrong.empty()) {
        return Refused{core.invalid(wrong)};
    }
    const auto forbidden = core.forbidden_url(*body, {"QueueTimeOutURL", "ResultURL"});
    if (!forbidden.empty()) return Refused{core.invalid(forbidden)};
    // A phone has no initiator: the question is of the organisation whose operator asks.
    const auto* const shortcode = asks_by_phone(*body)
                                      ? core.shortcode_of_initiator(field(*body, "Initiator"))
                                      : core.shortcode(field(*body, product.party_field));
    if (shortcode == nullptr) return Refused{core.invalid(product.party_field)};
    auto code =
        initiators.check(*shortcode, field(*body, "Initiator"), field(*body, "SecurityCredential"));
    return InitiatorRequest{.body = std::move(*body),
                            .shortcode = shortcode,
                            .code = std::move(code),
                            .originator_conversation_id = core.ids.merchant_request(),
                            .conversation_id = core.ids.conversation(core.clock.now())};
}

void tell_later(const Core& core, std::string url, std::function<std::string()> body) {
    if (core.config.query_results_lost) return;
    core.agenda.at(
        core.clock.now() + core.config.payout_after,
        [&core, url = std::move(url), body = std::move(body)] { core.agenda.tell(url, body()); });
}

}  // namespace lango::simulator
