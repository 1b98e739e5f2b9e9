// What a hand has let go is seen before it goes out, by the texts that the audit has.
#include "laws/payout.hpp"

#include <gtest/gtest.h>

#include "laws/by_hand.hpp"
#include "laws/rich_day.hpp"
#include "store/conformance.hpp"
#include "store/migrations.hpp"
#include "store/sqlite/connection.hpp"

namespace lango::laws {
namespace {

using store::sqlite::Connection;

class PayoutFault : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        copy_ =
            new Connection{{.path = "file:/lango-payout?vfs=memdb", .vfs = "", .in_memory = true},
                           store::sqlite::Role::writer,
                           std::int64_t{64} * 1024 * 1024};
        test::RichDay{*copy_}.live();
    }
    static void TearDownTestSuite() { delete copy_; }
    void SetUp() override { copy_->script("SAVEPOINT edit"); }
    void TearDown() override { copy_->script("ROLLBACK TO edit; RELEASE edit"); }

    static std::vector<WithdrawalId> queued() {
        std::vector<WithdrawalId> found;
        copy_->each("SELECT id FROM withdrawals WHERE state = 2",
                    [&](const store::Row& row) { found.emplace_back(row.integer(0)); });
        return found;
    }
    static std::vector<WithdrawalId> all() {
        std::vector<WithdrawalId> found;
        copy_->each("SELECT id FROM withdrawals",
                    [&](const store::Row& row) { found.emplace_back(row.integer(0)); });
        return found;
    }
    // The payouts that an edit lets go, and of which nothing is wrong.
    static int let_go(const std::string& sql) {
        const auto before = queued().size();
        copy_->script(test::with_rows(sql));
        EXPECT_GT(queued().size(), before) << sql;
        int holds = 0;
        for (const auto id : queued()) holds += fault_of_payout(*copy_, id).empty() ? 1 : 0;
        return holds - static_cast<int>(before);
    }

    static inline Connection* copy_ = nullptr;
};

TEST_F(PayoutFault, IsNoneOnADayOnWhichAllWentRight) {
    EXPECT_GT(all().size(), 5U);
    for (const auto id : all()) EXPECT_EQ(fault_of_payout(*copy_, id), "") << hex16(id.value());
}

TEST_F(PayoutFault, IsFoundInWhatWaitedAndWasLetGoToAnotherPhone) {
    EXPECT_EQ(let_go("UPDATE withdrawals SET state = 2, phone = 254799999999, "
                     "due_at = created_at WHERE state = 1"),
              0);
}

TEST_F(PayoutFault, IsFoundInWhatWasLetGoByAnApprovalThatNobodyGave) {
    EXPECT_EQ(let_go("UPDATE withdrawals SET state = 2, flags = 0, events = 3, due_at = created_at "
                     "WHERE id = $half; INSERT INTO withdrawal_events SELECT withdrawal_id, 3, at, "
                     "2, 2, 'brian, 2 of 2' FROM withdrawal_events WHERE withdrawal_id = $half "
                     "AND number = 2"),
              0);
}

TEST_F(PayoutFault, IsFoundInWhatWasPaidAndIsQueuedAgain) {
    EXPECT_EQ(let_go("UPDATE withdrawals SET state = 2, due_at = created_at, closed_at = NULL "
                     "WHERE state = 6 AND kind = 1"),
              0);
}

TEST_F(PayoutFault, IsFoundInWhatIsHeldForLess) {
    EXPECT_EQ(let_go("UPDATE withdrawals SET state = 2, flags = 0, due_at = created_at "
                     "WHERE id = $waiting; UPDATE withdrawal_events SET state = 2 "
                     "WHERE withdrawal_id = $waiting; UPDATE withdrawals SET amount = amount * 10 "
                     "WHERE id = $waiting"),
              0);
}

// Of a database in a file, into which others can write.
class BeforePayout : public testing::Test {
  protected:
    BeforePayout() { test::RichDay{own_}.live(); }
    // Another one of $waiting's kind, queued; wrong: by what this process wrote itself.
    WithdrawalId make(bool wrong = false) {
        const auto id =
            own_.first("SELECT MAX(id) + 1 FROM withdrawals",
                       [](const store::Row& row) { return WithdrawalId{row.integer(0)}; });
        own_.run(
            "INSERT INTO withdrawals (id, merchant_id, withdrawal_id, label, phone, amount, fee, "
            "currency, comment, kind, state, events, sends, tries, not_found, flags, created_at) "
            "VALUES (?1, 1, hex(?1), 'u', 254712345678, ?2, 0, 'KES', '', 1, 2, 1, 0, 0, 0, 0, 1)",
            *id, wrong ? 0 : 1000);
        return *id;
    }
    bool is_looked_at(WithdrawalId id) { return !fault_before_payout(own_, id).empty(); }

    store::test::Folder folder_;
    Connection own_{{.path = folder_ / "db", .vfs = ""},
                    store::sqlite::Role::writer,
                    std::int64_t{64} * 1024 * 1024};
};

TEST_F(BeforePayout, IsNotLookedAtWhatWasMadeHereWhileNobodyElseWrote) {
    const auto before = make(true);
    EXPECT_TRUE(is_looked_at(before));
    const auto after = make(true);
    EXPECT_FALSE(is_looked_at(after));
    EXPECT_TRUE(is_looked_at(before)) << "it was there before anything was noted";
    for (int i = 0; i < 50; ++i) static_cast<void>(make());
    own_.checkpoint(false);
    EXPECT_FALSE(is_looked_at(after)) << "what we write ourselves is no hand";
}

TEST_F(BeforePayout, EverythingIsLookedAtOnceAnotherProgramWrote) {
    EXPECT_TRUE(is_looked_at(make(true)));
    const auto made = make(true);
    EXPECT_FALSE(is_looked_at(made));
    {
        Connection other{{.path = folder_ / "db", .vfs = ""},
                         store::sqlite::Role::writer,
                         std::int64_t{1024} * 1024};
        other.run("UPDATE withdrawals SET phone = 254799999999 WHERE id = ?1", made);
    }
    EXPECT_TRUE(is_looked_at(made));
    EXPECT_TRUE(is_looked_at(made)) << "not the first time alone";
    const auto later = make(true);
    EXPECT_FALSE(is_looked_at(later));
}

}  // namespace
}  // namespace lango::laws
