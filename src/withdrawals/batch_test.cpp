#include "withdrawals/batch.hpp"

#include "withdrawals/approvals_fixture.hpp"
#include "withdrawals/payout_float.hpp"

namespace lango::withdrawals::test {
namespace {

class Batches : public People {
  protected:
    Wanted wanted(const std::string& own_id, std::int64_t shillings,
                  const std::string& phone = "254712345678") {
        return {.id = WithdrawalId{next_id()},
                .withdrawal_id = own_id,
                .label = "user",
                .phone = *Msisdn::parse(phone),
                .amount = Money::kes(shillings),
                .comment = "",
                .kind = Kind::manual,
                .created_by = "amina",
                .made_by_approver = approves_};
    }
    // "taken there wrong ..."
    std::string take_rows(const std::vector<Wanted>& rows, bool dry_run = false) {
        results_ = book_.write(
            [&](store::Tx& tx) { return take_batch(tx, rows, merchant_, dry_run, now_); });
        std::string line;
        for (const auto& result : results_) {
            line += (line.empty() ? "" : " ") + std::string{name(result.outcome)};
        }
        return line;
    }
    std::int64_t rows() { return book_.number("SELECT COUNT(*) FROM withdrawals"); }
    void read_float(std::int64_t shillings) {
        book_.write([&](store::Tx& tx) {
            tx.run(
                "INSERT INTO payout_float (shortcode, read_at, utility, working, charges) "
                "VALUES (?1, ?2, ?3, 0, 0)",
                shortcode, now_, shillings * 100);
        });
    }
    std::vector<RowResult> results_;
};

TEST_F(Batches, AreTakenRowByRow) {
    EXPECT_EQ(take_rows({wanted("a", 100), wanted("b", 200), wanted("c", 300)}),
              "taken taken taken");
    EXPECT_EQ(rows(), 3);
    EXPECT_EQ(balance().held, Money::kes(600));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Batches, WriteNothingInADryRun) {
    EXPECT_EQ(take_rows({wanted("a", 60'000), wanted("b", 40'001)}, true), "taken short_of");
    EXPECT_EQ(rows(), 0);
    EXPECT_EQ(balance().held, Money::zero());
}

TEST_F(Batches, MayBeGivenAgain) {
    EXPECT_EQ(take_rows({wanted("a", 100), wanted("b", 200)}), "taken taken");
    EXPECT_EQ(take_rows({wanted("a", 100), wanted("b", 200), wanted("c", 300)}),
              "there there taken");
    EXPECT_EQ(rows(), 3);
    EXPECT_EQ(balance().held, Money::kes(600));
}

TEST_F(Batches, RefuseARowThatWasAnotherBefore) {
    EXPECT_EQ(take_rows({wanted("a", 100)}), "taken");
    EXPECT_EQ(take_rows({wanted("a", 101), wanted("a", 100), wanted("b", 100), wanted("b", 100)}),
              "wrong wrong taken wrong");
    EXPECT_EQ(results_[0].text, "withdrawal_id was used for another recipient or amount");
    EXPECT_EQ(results_[1].text, "withdrawal_id stands in another row, too");
    EXPECT_EQ(rows(), 2);
}

TEST_F(Batches, StopWhereTheBalanceEnds) {
    EXPECT_EQ(take_rows({wanted("a", 60'000), wanted("b", 60'000), wanted("c", 10)}),
              "taken short_of left");
    EXPECT_EQ(results_[1].text, "the balance does not cover it");
    EXPECT_EQ(rows(), 1);
    credit(30'000);
    EXPECT_EQ(take_rows({wanted("a", 60'000), wanted("b", 60'000), wanted("c", 10)}),
              "there taken taken");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Batches, StopWhereTheFloatEnds) {
    read_float(1000);
    static_cast<void>(create(300));  // under way: its part of the float is gone
    EXPECT_EQ(take_rows({wanted("a", 500), wanted("b", 201), wanted("c", 10)}),
              "taken short_of left");
    EXPECT_EQ(results_[1].text, "the rail's float does not cover it");
}

TEST_F(Batches, CountWhatWasPaidSinceTheFloatWasRead) {
    read_float(1000);
    see(sent(300), PayoutFate::paid, PayoutSource::result, "SG632NMUAB");
    const auto after_all = sent(200);
    see(after_all, PayoutFate::failed, PayoutSource::result, "", "2040");
    see(after_all, PayoutFate::paid, PayoutSource::result, "SG632NMUAC");
    EXPECT_EQ(take_rows({wanted("a", 501)}, true), "short_of");
    EXPECT_EQ(take_rows({wanted("a", 500)}, true), "taken");
    book_.write(
        [&](store::Tx& tx) { save_float(tx, shortcode, {.utility = Money::kes(600)}, now_ + 1s); });
    EXPECT_EQ(take_rows({wanted("a", 600)}, true), "taken");
}

TEST_F(Batches, WaitForPeopleAsTheRulesSay) {
    rules({.from = Money::kes(200)});
    EXPECT_EQ(take_rows({wanted("a", 100), wanted("b", 200)}), "taken taken");
    EXPECT_EQ(take(), 1U);
    const auto waiting = book_.write([&](store::Tx& tx) { return find(tx, shop, "b"); });
    EXPECT_EQ(approve(waiting->id, "amina"), Decided::own);
    EXPECT_EQ(approve(waiting->id, "brian"), Decided::queued);
}

}  // namespace
}  // namespace lango::withdrawals::test
