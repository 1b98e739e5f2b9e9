// For tests: merchants, deposits and rates to make postbacks of.
#pragma once
#include <string>

#include "postbacks/postback.hpp"

namespace lango::postbacks::test {

// 2023-09-26 22:00:54 UTC: created_datetime of the page's sample.
inline const Instant page_created = from_micros(1'695'765'654'000'000);

inline merchants::Merchant merchant(std::int64_t id = 1) {
    merchants::Merchant made;
    made.id = MerchantId{id};
    made.slug = "shop" + std::to_string(id);
    made.access_key = "TA25Ea9sjPUFJvIG";
    made.private_access_key = Secret{"test_private_access_key"};
    made.webhook_secret = Secret{"abcdefghijklmnopqrstuvwx"};
    made.postback_url = "https://shop" + std::to_string(id) + ".example/postback";
    made.time_zone = "Africa/Nairobi";
    return made;
}

// The deposit of the page's sample.
inline DepositFacts page_facts(std::int64_t id = 1) {
    return {.id = DepositId{id},
            .label = "1507315922",
            .custom_transaction_id = "5593665234",
            .amount = Money::kes(3000),
            .receipt = "RIR7U1Y6OH",
            .paid_at = page_created - std::chrono::seconds{2}};
}

}  // namespace lango::postbacks::test
