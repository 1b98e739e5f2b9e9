#include "api/idempotency.hpp"

#include <algorithm>

#include "api/envelope.hpp"

namespace lango::api {

std::optional<IdempotencyKey> IdempotencyKey::of(const http::Request& request) {
    const auto header = request.headers.find("Idempotency-Key");
    if (!header) return std::nullopt;
    return IdempotencyKey{.key = std::string{*header},
                          .request_hash = crypto::sha256(request.path + "\n" + request.body)};
}

bool IdempotencyKey::usable() const {
    return !key.empty() && key.size() <= 255 &&
           std::ranges::all_of(key, [](char c) { return c > ' ' && c < '\x7f'; });
}

std::optional<http::Response> stored_answer(store::Reader& reader, MerchantId merchant,
                                            const IdempotencyKey& key) {
    return reader.first(
        "SELECT request_hash, status, response FROM idempotency_keys "
        "WHERE merchant_id = ?1 AND key = ?2",
        [&](const store::Row& row) {
            if (row.text(0) != crypto::view(key.request_hash)) {
                return fail(422, "The Idempotency-Key was used with another request.");
            }
            auto answer = ok(row.string(2));
            answer.status = static_cast<int>(row.integer(1));
            return answer;
        },
        merchant, key.key);
}

void store_answer(store::Tx& tx, MerchantId merchant, const IdempotencyKey& key,
                  const http::Response& answer, Instant now) {
    tx.run(
        "INSERT INTO idempotency_keys (merchant_id, key, request_hash, status, response, "
        "created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        merchant, key.key, store::Blob{crypto::view(key.request_hash)}, answer.status, answer.body,
        now);
}

}  // namespace lango::api
