#include "postbacks/exchange.hpp"

#include "base/crypto.hpp"
#include "base/json.hpp"
#include "postbacks/readable.hpp"

namespace lango::postbacks {

namespace {

bool says_ok(const http::ClientResponse& response) {
    if (response.status != 200 || response.truncated) return false;
    const auto body = json::parse(response.body);
    const auto* status = body ? body->find("status") : nullptr;
    return status != nullptr && status->string() != nullptr && *status->string() == "ok";
}

}  // namespace

http::ClientRequest request_for(const merchants::Merchant& merchant, PostbackId id,
                                const std::string& body, Instant now, Duration timeout) {
    const auto message_id = "msg_" + hex16(id.value());
    const auto timestamp =
        std::to_string(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
    const auto mac = crypto::hmac_sha256(merchant.webhook_secret.reveal(),
                                         message_id + "." + timestamp + "." + body);
    return {.method = http::Method::post,
            .url = merchant.postback_url,
            .headers = {{"Content-Type", "application/json"},
                        {"Accept", "application/json"},
                        {"webhook-id", message_id},
                        {"webhook-timestamp", timestamp},
                        {"webhook-signature", "v1," + crypto::base64(crypto::view(mac))}},
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
    attempt.answer = readable(answer->body);
    attempt.outcome = says_ok(*answer) ? AttemptOutcome::delivered : AttemptOutcome::wrong_answer;
    return attempt;
}

}  // namespace lango::postbacks
