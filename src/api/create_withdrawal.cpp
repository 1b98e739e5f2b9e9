#include "api/caller.hpp"
#include "api/endpoints.hpp"
#include "api/idempotency.hpp"
#include "api/merchant_of.hpp"
#include "api/other_reading.hpp"
#include "api/request_signature.hpp"
#include "api/withdrawal_fields.hpp"
#include "base/trim.hpp"

namespace lango::api {

namespace {

using namespace std::chrono_literals;

struct Outcome {
    http::Response answer;
    bool created = false;
};

// Why a withdrawal that is all right cannot be taken just now.
std::optional<http::Response> refused_for_now(const Context& context,
                                              const merchants::Merchant& merchant, Instant now) {
    if (merchant.is_disabled) return fail(200, merchants::disabled_text);
    if (context.payouts == nullptr) {
        return come_again(
            503,
            "Withdrawals are not configured here. This request was not processed: send it again "
            "unchanged when your operator has set payouts up.",
            1min);
    }
    if (const auto wait = context.creates.take(merchant.id, now)) {
        return come_again(429, "Too many requests. This request was not processed.", *wait);
    }
    return std::nullopt;
}

// What was signed may be a request of other fields that pays somebody else or another amount.
bool is_ambiguous(std::string_view text, const withdrawals::Wanted& wanted,
                  const merchants::Merchant& merchant) {
    return has_other_reading(text,
                             {.recipient = wanted.phone,
                              .amount = wanted.amount,
                              .is_test = wanted.kind == withdrawals::Kind::test},
                             {.min = merchant.withdrawal_min, .max = merchant.withdrawal_max});
}

// What can be told of the id beside other faults: that it is taken.
asio::awaitable<FieldErrors> with_taken_id(const Context& context, const json::Value& body,
                                           MerchantId merchant, FieldErrors errors) {
    std::string id{trimmed(body.text_at("withdrawal_id"))};
    if (id.empty()) co_return errors;
    const auto taken =
        co_await context.store.read([id = std::move(id), merchant](store::Reader& reader) {
            return withdrawals::find(reader, merchant, id).has_value();
        });
    if (taken) errors.emplace(errors.begin(), "withdrawal_id", withdrawals::id_taken);
    co_return errors;
}

// Everything about one create that touches the database, as one command.
Outcome run(store::Tx& tx, const Result<withdrawals::Wanted, FieldErrors>& fields,
            const merchants::Merchant& merchant, const std::optional<IdempotencyKey>& key,
            Instant now) {
    if (key) {
        if (auto stored = stored_answer(tx, merchant.id, *key)) {
            return {.answer = std::move(*stored)};
        }
    }
    Outcome outcome;
    if (!fields) {
        outcome.answer = fail(fields.error());
    } else if (const auto taken = withdrawals::accept(tx, *fields, merchant, now); !taken) {
        outcome.answer = fail({taken.error()});
        // There may be money in a minute: that is no answer to keep.
        if (taken.error().first == withdrawals::sum_field) return outcome;
    } else {
        outcome.answer = ok(R"({"status":"ok"})");  // exactly (merchant-api 5.2)
        outcome.created = true;
    }
    if (key) store_answer(tx, merchant.id, *key, outcome.answer, now);
    return outcome;
}

}  // namespace

asio::awaitable<http::Response> create_withdrawal(const Context& context,
                                                  const http::Request& request) {
    const auto merchant = merchant_of(context, request);
    if (merchant == nullptr) co_return not_found();
    const auto body = read_object(request);
    if (!body) co_return body.error();
    const auto text = text_signed(context, request, *body, *merchant);
    if (!text) co_return signature_invalid();
    auto key = IdempotencyKey::of(request);
    if (key && !key->usable()) {
        co_return fail(400, "The Idempotency-Key must have 1 to 255 printable characters.");
    }
    auto fields = read_withdrawal(*body, *merchant);
    if (fields && is_ambiguous(*text, *fields, *merchant)) {
        refuse_caller(context, request, "withdrawal_signature", merchant.get());
        co_return signature_invalid();
    }
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
        // What was answered once is answered again.
        auto stored = co_await context.store.read(
            [key = *key, merchant = merchant->id](store::Reader& reader) {
                return stored_answer(reader, merchant, key);
            });
        co_return stored ? std::move(*stored) : std::move(*refused);
    }
    if (fields) fields->id = WithdrawalId{context.ids.next(now)};
    auto outcome = co_await context.store.write(
        [fields = std::move(fields), key = std::move(key), merchant, now](store::Tx& tx) {
            return run(tx, fields, *merchant, key, now);
        });
    if (outcome.created) context.payouts->wake_worker();
    co_return std::move(outcome.answer);
}

}  // namespace lango::api
