#include "postbacks/exchange.hpp"

#include "base/check.hpp"
#include "base/crypto.hpp"
#include "base/json.hpp"
#include "postbacks/answer.hpp"
#include "postbacks/readable.hpp"

namespace lango::postbacks {

namespace {

bool says_ok(const http::ClientResponse& response, std::string_view text) {
    if (response.status != 200 || response.truncated) return false;
    const auto body = json::parse(text);
    const auto* status = body ? body->find("status") : nullptr;
    return status != nullptr && status->string() != nullptr && *status->string() == "ok";
}

}  // namespace

http::ClientRequest request_for(const merchants::Merchant& merchant, PostbackId id,
                                const std::string& body, Instant now, Duration timeout) {
    LANGO_CHECK(!merchant.postback_url.empty(), "who is told has an address");
    LANGO_CHECK(!body.empty() && id.value() > 0, "a message has an id and a body");
    const auto message_id = "msg_" + hex16(id.value());
    const auto timestamp =
        std::to_string(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
    const auto text = message_id + "." + timestamp + "." + body;
    const auto signed_with = [&](const Secret& secret) {
        return "v1," + crypto::base64(crypto::view(crypto::hmac_sha256(secret.reveal(), text)));
    };
    auto signatures = signed_with(merchant.webhook_secret);
    // While keys overlap it may be verified with either, as Standard Webhooks has it.
    for (const auto& former : merchant.former_keys) {
        if (now < former.until && !former.webhook_secret.empty()) {
            signatures += " " + signed_with(former.webhook_secret);
        }
    }
    return {.method = http::Method::post,
            .url = merchant.postback_url,
            .headers = {{"Content-Type", "application/json"},
                        {"Accept", "application/json"},
                        {"webhook-id", message_id},
                        {"webhook-timestamp", timestamp},
                        {"webhook-signature", std::move(signatures)}},
            .body = body,
            .timeout = timeout,
            .body_max = std::size_t{64} * 1024,
            .guard_address = true};
}

Attempt judge(PostbackId id, Instant began, Instant ended,
              const Result<http::ClientResponse, http::ClientError>& answer) {
    Attempt attempt{.id = id,
                    .at = began,
                    .took = ended - began,
                    .outcome = AttemptOutcome::no_answer,
                    .status = 0,
                    .answer = {}};
    if (!answer) {
        attempt.answer = readable(answer.error().message);
        if (attempt.answer.starts_with("address refused")) {
            attempt.outcome = AttemptOutcome::address_refused;
        }
        return attempt;
    }
    attempt.status = answer->status;
    const auto text = plain_answer(answer->body).value_or(answer->body);
    attempt.answer = readable(text);
    attempt.outcome =
        says_ok(*answer, text) ? AttemptOutcome::delivered : AttemptOutcome::wrong_answer;
    return attempt;
}

}  // namespace lango::postbacks
