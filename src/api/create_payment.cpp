#include "api/caller.hpp"
#include "api/deposit_fields.hpp"
#include "api/endpoints.hpp"
#include "api/idempotency.hpp"
#include "base/json_writer.hpp"
#include "base/trim.hpp"
#include "deposits/give_way.hpp"

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

// Why a payment that is all right cannot be taken just now.
std::optional<http::Response> refused_for_now(const Context& context,
                                              const merchants::Merchant& merchant, Instant now) {
    if (merchant.is_disabled) return fail(200, merchants::disabled_text);
    if (const auto wait = context.creates.take(merchant.id, now)) {
        return come_again(429, "Too many requests. This request was not processed.", *wait);
    }
    if (const auto down_for = context.rail.down_for(now)) {
        return come_again(503,
                          "M-PESA takes no requests from this gateway at the moment. This request "
                          "was not processed.",
                          *down_for);
    }
    return std::nullopt;
}

// What can be told of the id beside other faults: that it is taken.
asio::awaitable<FieldErrors> with_taken_id(const Context& context, const json::Value& body,
                                           MerchantId merchant, FieldErrors errors) {
    std::string id{trimmed(body.text_at("custom_transaction_id"))};
    if (id.empty()) co_return errors;
    auto why = co_await context.store.read([id = std::move(id), merchant,
                                            prompt_life = context.rail.capabilities().prompt_life,
                                            now = context.clock.now()](store::Reader& reader) {
        return deposits::why_taken(reader, merchant, id, prompt_life, now);
    });
    if (why) errors.emplace_back("custom_transaction_id", *std::move(why));
    co_return errors;
}

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
        // A phone or a name that is busy now is free in a minute: that is no answer to keep.
        if (created.error().front().second != deposits::id_taken) return outcome;
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
    if (!fields) {
        fields = Unexpected<FieldErrors>{
            co_await with_taken_id(context, *body, merchant->id, std::move(fields.error()))};
        if (!key) co_return fail(fields.error());
    }

    const auto now = context.clock.now();
    if (auto refused = refused_for_now(context, *merchant, now)) {
        if (merchant->is_disabled) {
            // A repeat of what was taken before hears that, and not that it was not processed.
            const auto taken = co_await with_taken_id(context, *body, merchant->id, {});
            if (!taken.empty()) refused = fail(taken);
        }
        if (!key) co_return std::move(*refused);
        // What was answered once is answered again, whatever has become of the rail since.
        auto stored = co_await context.store.read(
            [key = *key, merchant = merchant->id](store::Reader& reader) {
                return stored_answer(reader, merchant, key);
            });
        co_return stored ? std::move(*stored) : std::move(*refused);
    }
    if (fields) {
        fields->id = DepositId{context.ids.next(now)};
        fields->merchants_own = true;
    }
    auto outcome = co_await context.store.write(
        [fields = std::move(fields), key = std::move(key), merchant = merchant->id,
         spacing = deposits::spacing(context.rail.capabilities()),
         now](store::Tx& tx) { return run(tx, fields, merchant, key, spacing, now); });
    if (outcome.created) context.wake_worker();
    co_return std::move(outcome.answer);
}

}  // namespace lango::api
