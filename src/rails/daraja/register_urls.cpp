#include "rails/daraja/register_urls.hpp"

#include "base/json_repair.hpp"
#include "base/json_writer.hpp"
#include "base/redact.hpp"
#include "rails/daraja/codes.hpp"
#include "rails/daraja/paybill.hpp"

namespace lango::rails::daraja {

namespace {

Registration read_reply(const http::ClientResponse& reply) {
    const auto body = json::parse_leniently(reply.body);
    if (reply.status == 200 && body && body->text_at("ResponseCode") == "0") {
        return {.outcome = Registered::now, .message = {}};
    }
    const auto fault = classify_fault(reply);
    if (fault.message.find("already registered") != std::string::npos) {
        return {.outcome = Registered::already, .message = redact(fault.message)};
    }
    return {.outcome = Registered::refused,
            .message = redact(fault.message.empty() ? fault.code : fault.message)};
}

}  // namespace

std::string_view name(Registered outcome) {
    switch (outcome) {
        case Registered::now:
            return "registered";
        case Registered::already:
            return "registered before";
        case Registered::refused:
            return "refused";
        case Registered::no_answer:
            return "no answer";
    }
    return "no answer";
}

asio::awaitable<Registration> register_urls(App& app, const PaybillUrls& urls,
                                            const crypto::MasterKey& master) {
    std::string body;
    json::Writer{body}
        .begin_object()
        .member("ShortCode", std::to_string(urls.shortcode))
        .member("ResponseType", urls.silence_pays ? "Completed" : "Cancelled")
        .member("ConfirmationURL", urls.callback_url + confirmation_path(master, urls.shortcode))
        .member("ValidationURL", urls.callback_url + validation_path(master, urls.shortcode))
        .end_object();
    const auto reply = co_await app.post(
        "/mpesa/c2b/v" + std::to_string(urls.version) + "/registerurl", std::move(body));
    if (!reply) co_return Registration{.outcome = Registered::no_answer, .message = "no token"};
    if (!*reply) {
        co_return Registration{.outcome = Registered::no_answer,
                               .message = redact(reply->error().message)};
    }
    co_return read_reply(**reply);
}

}  // namespace lango::rails::daraja
