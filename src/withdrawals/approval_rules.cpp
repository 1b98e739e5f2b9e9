#include "withdrawals/approval_rules.hpp"

#include "base/check.hpp"
#include "store/words.hpp"

namespace lango::withdrawals {

namespace {

std::int64_t day_of(Instant now) {
    return std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
}

// What was asked for today; made from the rows when nobody has counted yet.
std::int64_t total_of(store::Tx& tx, MerchantId merchant, Instant now) {
    const auto day = day_of(now);
    const auto counted = tx.first(
        "SELECT total FROM payout_days WHERE merchant_id = ?1 AND day = ?2",
        [](const store::Row& row) { return row.integer(0); }, merchant, day);
    if (counted) return *counted;
    const auto since = id_floor(Instant{std::chrono::floor<std::chrono::days>(now)});
    const auto total = tx.first(
                             "SELECT COALESCE(SUM(amount), 0) FROM withdrawals "
                             "WHERE id >= ?2 AND merchant_id = ?1 AND kind <> " LANGO_KIND_TEST,
                             [](const store::Row& row) { return row.integer(0); }, merchant, since)
                           .value_or(0);
    LANGO_CHECK(total >= 0, "a day's total is of what was asked for");
    const auto written =
        tx.run("INSERT INTO payout_days (merchant_id, day, total) VALUES (?1, ?2, ?3)", merchant,
               day, total);
    LANGO_CHECK(written == 1, "a day is counted once");
    return total;
}

bool is_known(store::Reader& reader, MerchantId merchant, Msisdn phone) {
    return reader
        .first(
            "SELECT 1 FROM payout_recipients WHERE merchant_id = ?1 AND phone = ?2",
            [](const store::Row&) { return true; }, merchant, phone.number())
        .has_value();
}

}  // namespace

bool needs_approval(store::Tx& tx, const merchants::Merchant& merchant, Msisdn phone, Money amount,
                    Instant now) {
    const auto& rules = merchant.payout_rules;
    if (!rules.any()) return false;
    if (!rules.from.is_zero() && amount >= rules.from) return true;
    if (!rules.day_total.is_zero() &&
        total_of(tx, merchant.id, now) + amount.minor() > rules.day_total.minor()) {
        return true;
    }
    return rules.new_recipient && !is_known(tx, merchant.id, phone);
}

void count_for_rules(store::Tx& tx, const merchants::Merchant& merchant, Money amount,
                     Instant now) {
    LANGO_CHECK(amount.minor() > 0, "what is counted for a rule is some money");
    if (merchant.payout_rules.day_total.is_zero()) return;
    // Where the day was not counted yet, the rows have this one already.
    const auto counted =
        tx.run("UPDATE payout_days SET total = total + ?3 WHERE merchant_id = ?1 AND day = ?2",
               merchant.id, day_of(now), amount.minor());
    LANGO_CHECK(counted <= 1, "a day has one total");
    if (counted == 0) static_cast<void>(total_of(tx, merchant.id, now));
}

void remember_recipient(store::Tx& tx, const merchants::Merchant& merchant, Msisdn phone) {
    if (!merchant.payout_rules.new_recipient || is_known(tx, merchant.id, phone)) return;
    tx.run("INSERT INTO payout_recipients (merchant_id, phone) VALUES (?1, ?2)", merchant.id,
           phone.number());
}

}  // namespace lango::withdrawals
