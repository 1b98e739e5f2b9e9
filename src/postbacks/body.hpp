// The bytes of a postback: the page's fields in the page's order (merchant-api 4.1, 4.2).
#pragma once
#include <string>

#include "postbacks/postback.hpp"

namespace lango::postbacks {

// The body is head + the conversions + tail.
struct BodyParts {
    std::string head;
    std::string tail;
};
// stockpiling_id: the accumulation record's number on the wire; positive, below 2^53.
[[nodiscard]] BodyParts deposit_body(const merchants::Merchant& merchant, const DepositFacts& facts,
                                     Instant created_at, std::int64_t stockpiling_id);

[[nodiscard]] BodyParts withdrawal_body(const merchants::Merchant& merchant,
                                        const WithdrawalFacts& facts, Instant created_at);

[[nodiscard]] std::string whole_body(const BodyParts& parts, const rates::Table& rates,
                                     Money amount);

}  // namespace lango::postbacks
