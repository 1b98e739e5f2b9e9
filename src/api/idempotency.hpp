// Idempotency-Key (decisions, Answers; our extension): the same key and body give the first answer
// again, byte for byte; the same key with another body is refused. A key is kept for as long as its
// payment: a merchant may ask again after a year and is not charged twice.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.hpp"
#include "base/ids.hpp"
#include "http/message.hpp"
#include "store/tx.hpp"

namespace lango::api {

struct IdempotencyKey {
    std::string key;  // 1 to 255 printable characters
    crypto::Sha256 request_hash{};

    // Nothing without the header. An unusable key is an answer: refusal is set.
    [[nodiscard]] static std::optional<IdempotencyKey> of(const http::Request& request);
    [[nodiscard]] bool usable() const;
};

// The answer that stands for this key: the first one, or the refusal of another body. Nothing when
// the key is new.
[[nodiscard]] std::optional<http::Response> stored_answer(store::Reader& reader,
                                                          MerchantId merchant,
                                                          const IdempotencyKey& key);
void store_answer(store::Tx& tx, MerchantId merchant, const IdempotencyKey& key,
                  const http::Response& answer, Instant now);

}  // namespace lango::api
