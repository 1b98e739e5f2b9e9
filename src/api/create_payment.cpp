#include "api/caller.hpp"
#include "api/deposit_fields.hpp"
#include "api/endpoints.hpp"
#include "api/idempotency.hpp"
#include "base/json_writer.hpp"

namespace lango::api {

namespace {

http::Response accepted(DepositId id) {
    std::string body;
    body.reserve(112);
    json::Writer{body}
        .begin_object()
        .member("status", "ok")
        .key("data")
        .begin_object()
        .member("order_id", hex16(id.value()))
        .member("message", "Success. Request accepted for processing")
        .end_object()
        .end_object();
    return ok(std::move(body));
}

struct Outcome {
    http::Response answer;
    bool created = false;
};

// Everything about one create that touches the database, as one command.
Outcome run(store::Tx& tx, const Result<deposits::NewDeposit, FieldErrors>& fields,
            MerchantId merchant, const std::optional<IdempotencyKey>& key,
            const deposits::Spacing& spacing, Instant now) {
    if (key) {
        if (auto stored = stored_answer(tx, merchant, *key)) return {.answer = std::move(*stored)};
    }
    Outcome outcome;
    if (!fields) {
        outcome.answer = fail(fields.error());
    } else if (const auto created = deposits::create(tx, *fields, spacing, now); !created) {
        outcome.answer = fail(created.error());
    } else {
        outcome.answer = accepted(fields->id);
        outcome.created = true;
    }
    if (key) store_answer(tx, merchant, *key, outcome.answer, now);
    return outcome;
}

}  // namespace

asio::awaitable<http::Response> create_payment(const Context& context,
                                               const http::Request& request) {
    const auto body = read_object(request);
    const auto merchant = caller(context, request, body ? &*body : nullptr);
    if (merchant == nullptr) co_return not_found();
    if (!body) co_return body.error();
    auto key = IdempotencyKey::of(request);
    if (key && !key->usable()) {
        co_return fail(400, "The Idempotency-Key must have 1 to 255 printable characters.");
    }
    auto fields = read_deposit(*body, *merchant);
    if (!fields && !key) co_return fail(fields.error());

    const auto now = context.clock.now();
    if (const auto wait = context.creates.take(merchant->id, now)) {
        co_return come_again(429, "Too many requests. Nothing was stored.", *wait);
    }
    if (const auto down_for = context.rail.down_for(now)) {
        co_return come_again(503, "M-PESA cannot be reached at the moment. Nothing was stored.",
                             *down_for);
    }
    if (fields) fields->id = DepositId{context.ids.next(now)};
    auto outcome = co_await context.store.write(
        [fields = std::move(fields), key = std::move(key), merchant = merchant->id,
         spacing = deposits::spacing(context.rail.capabilities()),
         now](store::Tx& tx) { return run(tx, fields, merchant, key, spacing, now); });
    if (outcome.created) context.wake_worker();
    co_return std::move(outcome.answer);
}

}  // namespace lango::api
