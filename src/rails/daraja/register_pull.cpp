#include "rails/daraja/register_pull.hpp"

#include "base/json_repair.hpp"
#include "base/json_writer.hpp"
#include "base/redact.hpp"
#include "rails/daraja/codes.hpp"
#include "rails/daraja/paybill.hpp"

namespace lango::rails::daraja {

namespace {

Registration read_reply(const http::ClientResponse& reply) {
    const auto body = json::parse_leniently(reply.body);
    if (reply.status == 200 && body) {
        // The key has a blank in some answers.
        auto sound = json::sound_text(*body, "ResponseStatus");
        if (!sound) sound = json::sound_text(*body, "Response Status");
        const auto status = sound.value_or("");
        if (status == "1000") return {.outcome = Registered::now, .message = {}};
        if (status == "1001") return {.outcome = Registered::already, .message = {}};
        if (!status.empty()) {
            return {.outcome = Registered::refused,
                    .message = redact(status + " " + body->text_at("ResponseDescription"))};
        }
    }
    const auto fault = classify_fault(reply);
    return {.outcome = Registered::refused,
            .message = redact(fault.message.empty() ? fault.code : fault.message)};
}

}  // namespace

asio::awaitable<Registration> register_pull(App& app, PullRegistration asked,
                                            const crypto::MasterKey& master) {
    std::string body;
    json::Writer{body}
        .begin_object()
        .member("ShortCode", std::to_string(asked.shortcode))
        .member("RequestType", "Pull")
        .member("NominatedNumber", asked.nominated_number)
        .member("CallBackURL", asked.callback_url + list_path(master, asked.shortcode))
        .end_object();
    const auto reply = co_await app.post("/pulltransactions/v1/register", std::move(body));
    if (!reply) co_return Registration{.outcome = Registered::no_answer, .message = "no token"};
    if (!*reply) {
        co_return Registration{.outcome = Registered::no_answer,
                               .message = redact(reply->error().message)};
    }
    co_return read_reply(**reply);
}

}  // namespace lango::rails::daraja
