#include <algorithm>

#include "base/check.hpp"
#include "base/crypto.hpp"
#include "postbacks/body.hpp"
#include "store/words.hpp"

namespace lango::postbacks {

namespace {

// The merchants' side reads stockpiling_id as a number, and many bind it to 32 bits: so it is a
// count, not the 63-bit id. What was told once is told for nothing else: after an older backup was
// put back, the floor keeps the count above all that had been told (restore/keeper.hpp).
std::int64_t next_stockpiling_id(store::Tx& tx) {
    return tx
        .first("SELECT t.stockpiling_floor, (SELECT MAX(number) FROM postbacks) FROM told t",
               [](const store::Row& row) {
                   return std::max(row.integer(0), row.maybe_integer(1).value_or(0) + 1);
               })
        .value_or(1);
}

struct New {
    PostbackId id;
    std::int64_t number;
    std::int64_t subject_id;
    Money amount;
    Duration lease;
};

Message insert(store::Tx& tx, const New& made, const merchants::Merchant& merchant,
               const rates::Table& rates, const BodyParts& parts, Instant now) {
    LANGO_REQUIRE(rates.id > 0);  // the body is made again from the stored table
    LANGO_CHECK(made.number >= 1 && made.subject_id > 0 && made.id.value() > 0,
                "a postback has its number and is a payment's");
    LANGO_CHECK(made.amount.minor() > 0, "a postback tells of some money");
    LANGO_CHECK(made.lease > Duration::zero(), "who makes a postback has time to send it");
    auto body = whole_body(parts, rates, made.amount);
    const auto digest = crypto::sha256(body);
    const auto written = tx.run(
        "INSERT INTO postbacks (number, id, subject_id, merchant_id, state, attempts, due_at, "
        "created_at, rates_id, amount, currency, head, tail, digest, taken_in) "
        "VALUES (?1, ?2, ?3, ?4, " LANGO_POSTBACK_WAITING
        ", 0, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, (SELECT number FROM run))",
        made.number, made.id, made.subject_id, merchant.id, now + made.lease, now, rates.id,
        made.amount.minor(), made.amount.currency().code(), parts.head, parts.tail,
        store::Blob{crypto::view(digest)});
    LANGO_CHECK(written == 1, "a payment is told of by one postback");
    return Message{.id = made.id,
                   .merchant = merchant.id,
                   .subject_id = made.subject_id,
                   .attempts = 0,
                   .created_at = now,
                   .first_attempt_at = {},
                   .body = std::make_shared<const std::string>(std::move(body))};
}

}  // namespace

Message create_for_deposit(store::Tx& tx, PostbackId id, const merchants::Merchant& merchant,
                           const rates::Table& rates, const DepositFacts& facts, Instant now,
                           Duration lease) {
    const auto number = next_stockpiling_id(tx);
    return insert(tx,
                  {.id = id,
                   .number = number,
                   .subject_id = facts.id.value(),
                   .amount = facts.amount,
                   .lease = lease},
                  merchant, rates, deposit_body(merchant, facts, now, number), now);
}

Message create_for_withdrawal(store::Tx& tx, PostbackId id, const merchants::Merchant& merchant,
                              const rates::Table& rates, const WithdrawalFacts& facts, Instant now,
                              Duration lease) {
    return insert(tx,
                  {.id = id,
                   .number = next_stockpiling_id(tx),
                   .subject_id = facts.id.value(),
                   .amount = facts.amount,
                   .lease = lease},
                  merchant, rates, withdrawal_body(merchant, facts, now), now);
}

}  // namespace lango::postbacks
