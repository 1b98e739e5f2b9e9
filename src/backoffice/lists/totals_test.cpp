#include "backoffice/lists/totals.hpp"

#include <gmock/gmock.h>

#include "backoffice/operators_fixture.hpp"
#include "deposits/state.hpp"

namespace lango::backoffice::lists {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using State = lango::deposits::State;

class CountedTotals : public test::Operators {
  protected:
    CountedTotals() {
        store_.write([&](store::Tx& tx) {
            EXPECT_TRUE(
                merchants::create(tx, master_, random_, api::test::start, "other", "", "t"));
        });
        refresh();
        clock_.advance(midnight_ + 30h - api::test::start);
    }
    // Rows alone: what counting looks at.
    void deposit(Instant at, State state, std::int64_t shillings, const char* code,
                 std::int64_t merchant = 1) {
        const auto id = ids_.next(at);
        store_.write([&](store::Tx& tx) {
            tx.run(
                "INSERT INTO deposits (id, merchant_id, custom_transaction_id, label, phone, "
                "amount, currency, state, events, tries, flags, created_at, result_code) "
                "VALUES (?1, ?2, ?3, 'u', 254712345678, ?4, 'KES', ?5, 1, 0, 0, ?6, ?7)",
                id, merchant, hex16(id), shillings * 100, state, at, code);
        });
    }
    void withdrawal(Instant at, withdrawals::Kind kind, withdrawals::State state,
                    std::int64_t shillings) {
        const auto id = ids_.next(at);
        store_.write([&](store::Tx& tx) {
            tx.run(
                "INSERT INTO withdrawals (id, merchant_id, withdrawal_id, label, phone, amount, "
                "fee, currency, comment, kind, state, events, sends, tries, not_found, flags, "
                "created_at) VALUES (?1, 1, ?2, 'u', 254712345678, ?3, 0, 'KES', '', ?4, ?5, 1, 0, "
                "0, 0, 0, ?6)",
                id, hex16(id), shillings * 100, kind, state, at);
        });
    }
    std::string totals(const std::string& query) { return show("/admin/totals", query); }

    // Of a day in Nairobi, which begins three hours before London's.
    const Instant midnight_ =
        Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29} - 3h};
};

TEST_F(CountedTotals, AreOfTheDaysOfTheMerchantsZone) {
    deposit(midnight_ - 1s, State::paid, 100, "0");
    deposit(midnight_, State::paid, 200, "0");
    deposit(midnight_ + 1h, State::failed, 300, "1032");
    deposit(midnight_ + 2h, State::expired, 400, "");
    deposit(midnight_ + 3h, State::prompted, 500, "");
    withdrawal(midnight_ + 4h, withdrawals::Kind::api, withdrawals::State::paid, 70);
    withdrawal(midnight_ + 4h, withdrawals::Kind::api, withdrawals::State::failed, 80);
    withdrawal(midnight_ + 4h, withdrawals::Kind::test, withdrawals::State::paid, 90);
    withdrawal(midnight_ + 5h, withdrawals::Kind::refund, withdrawals::State::paid, 10);
    EXPECT_EQ(
        totals("by=day"),
        R"({"status":"ok","by":"day","zone":"Africa/Nairobi","totals":[)"
        R"({"day":"2026-11-28","deposits":1,"paid":1,"failed":0,"expired":0,"open":0,)"
        R"("success":"100.0","in":"100","withdrawals":0,"out":"0","refunds":0,"refunded":"0"},)"
        R"({"day":"2026-11-29","deposits":4,"paid":1,"failed":1,"expired":1,"open":1,)"
        R"("success":"33.3","in":"200","withdrawals":1,"out":"70","refunds":1,"refunded":"10"}],)"
        R"("next":""})");
    EXPECT_THAT(totals("by=day&since=2026-11-29"), testing::Not(HasSubstr("2026-11-28")));
    EXPECT_THAT(totals("by=day&until=2026-11-29"), testing::Not(HasSubstr("2026-11-29\"")));
    store_.write([&](store::Tx& tx) {
        EXPECT_TRUE(
            merchants::set(tx, api::test::start, "shop", "time-zone", "Pacific/Auckland", "t"));
    });
    EXPECT_THAT(
        totals("by=day&merchant=shop"),
        HasSubstr(R"("zone":"Pacific/Auckland","totals":[{"day":"2026-11-29","deposits":5,)"));
}

TEST_F(CountedTotals, AreOfOneMerchantOrAll) {
    deposit(midnight_, State::paid, 100, "0");
    deposit(midnight_, State::failed, 100, "1", 2);
    EXPECT_THAT(totals("by=day"), HasSubstr(R"("deposits":2,"paid":1,"failed":1,)"));
    EXPECT_THAT(totals("by=day&merchant=other"), HasSubstr(R"("deposits":1,"paid":0,"failed":1,)"));
    const auto key = store_.write([&](store::Tx& tx) {
        return people::add(
            tx, master_, random_, api::test::start,
            {.name = "otieno", .role = people::Role::viewer, .merchant = MerchantId{2}}, "t");
    });
    auto request = get("/admin/totals", "by=reason");
    request.headers.add(std::string{name_header}, "otieno");
    request.headers.add(std::string{key_header}, key.value_or(""));
    EXPECT_EQ(store_.wait_for(router_.handle(request)).body,
              R"({"status":"ok","by":"reason","zone":"Africa/Nairobi","totals":[)"
              R"({"state":"failed","result_code":"1",)"
              R"("result_text":"There was not enough money in M-PESA.","deposits":1,)"
              R"("amount_minor":10000}],"next":""})");
}

TEST_F(CountedTotals, ByReasonTellWhyInWords) {
    for (int i = 0; i < 3; ++i) deposit(midnight_ + i * 1h, State::failed, 100, "1032");
    deposit(midnight_ + 4h, State::paid, 50, "0");
    deposit(midnight_ + 5h, State::created, 60, "");
    EXPECT_EQ(totals("by=reason"),
              R"({"status":"ok","by":"reason","zone":"Africa/Nairobi","totals":[)"
              R"({"state":"failed","result_code":"1032",)"
              R"("result_text":"You cancelled. Nothing was taken.","deposits":3,)"
              R"("amount_minor":30000},)"
              R"({"state":"open","result_code":"","result_text":"","deposits":1,)"
              R"("amount_minor":6000},)"
              R"({"state":"paid","result_code":"0","result_text":"","deposits":1,)"
              R"("amount_minor":5000}],"next":""})");
}

TEST_F(CountedTotals, SayWhatIsMalformed) {
    EXPECT_THAT(totals("by=week"), HasSubstr("by is not day or reason"));
    EXPECT_THAT(totals(""), HasSubstr("by is not day or reason"));
    EXPECT_THAT(totals("by=day&merchant=nobody"), HasSubstr("merchant is not"));
    EXPECT_THAT(totals("by=day&since=yesterday"), HasSubstr("since is not a time"));
    EXPECT_THAT(totals("by=day&from=1"), HasSubstr("from is not"));
}

// A slice is at most so many rows, wherever that leads within a day.
TEST_F(CountedTotals, AreCountedInSlicesThatLoseNothing) {
    store_.write([&](store::Tx& tx) {
        tx.run(
            "INSERT INTO deposits (id, merchant_id, custom_transaction_id, label, phone, amount, "
            "currency, state, events, tries, flags, created_at) "
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 45000) "
            "SELECT ?1 + i, 1 + i % 2, 'many-' || i, 'many', 254712345678, 100, 'KES', ?2, 1, 0, "
            "0, "
            "?3 FROM n",
            id_floor(midnight_ + 1h), State::paid, midnight_ + 1h);
    });
    Totals counted;
    const TotalsQuestion question{
        .by = By::day, .from = id_floor(midnight_), .before = id_floor(midnight_ + 20h)};
    std::optional<std::int64_t> next = question.from;
    int slices = 0;
    for (; next; ++slices) {
        next =
            store_.write([&](store::Tx& tx) { return count_slice(tx, question, *next, counted); });
    }
    EXPECT_EQ(slices, 3);
    EXPECT_EQ(counted.days.at("2026-11-29").paid.count, 45'000);
    EXPECT_THAT(totals("by=day&merchant=other"), HasSubstr(R"("paid":22500,)"));
}

TEST(Percent, HasOneDigitAndIsRoundedHalfUp) {
    EXPECT_EQ(percent(0, 0), "");
    EXPECT_EQ(percent(0, 7), "0.0");
    EXPECT_EQ(percent(7, 7), "100.0");
    EXPECT_EQ(percent(1, 3), "33.3");
    EXPECT_EQ(percent(2, 3), "66.7");
    EXPECT_EQ(percent(1, 2'000), "0.1");
}

}  // namespace
}  // namespace lango::backoffice::lists
