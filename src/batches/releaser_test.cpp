#include "batches/releaser.hpp"

#include <random>

#include "batches/batches_fixture.hpp"

namespace lango::batches {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Releases : public test::Batches {};

TEST_F(Releases, MakeAWithdrawalOfEachRow) {
    const auto number = upload(sheet(25));
    EXPECT_EQ(let_go(number, "brian"), Released::yes);
    EXPECT_EQ(withdrawals(), 0) << "the job makes them";
    EXPECT_EQ(go_on_to_the_end(10), 3);
    const auto ended = batch(number);
    EXPECT_EQ(ended.state, State::done);
    EXPECT_EQ(ended.made, 25);
    EXPECT_EQ(ended.left(), 0);
    EXPECT_EQ(ended.ended_by, "brian");
    EXPECT_EQ(wakes_, 3);
    EXPECT_EQ(book_.number("SELECT COUNT(DISTINCT withdrawal_id) FROM withdrawals WHERE kind = 2 "
                           "AND created_by = 'brian' AND label = 'user'"),
              25);
    EXPECT_EQ(balance().held, Money::kes(2500));
    EXPECT_EQ(acts("batch released"), 1);
    EXPECT_EQ(acts("batch done"), 1);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Releases, AreForWhatWasSeenAndItsSum) {
    const auto number = upload(sheet(2));
    EXPECT_EQ(let_go(number, "brian", Money::kes(201)), Released::other_sum);
    const auto blind = [&](std::string_view seen, std::int64_t which) {
        return book_.write([&](store::Tx& tx) {
            return release(
                tx, {.number = which, .who = "brian", .seen = seen, .sum = Money::kes(200)}, now_);
        });
    };
    EXPECT_EQ(blind("0000000000000000", number), Released::changed);
    EXPECT_EQ(blind(code(batch(number)), 77), Released::unknown);
    EXPECT_EQ(batch(number).state, State::checked);
    EXPECT_EQ(let_go(number), Released::yes);
    EXPECT_EQ(let_go(number), Released::already);
    EXPECT_EQ(go_on_to_the_end(), 1);
    EXPECT_EQ(let_go(number), Released::nothing_left);
    EXPECT_EQ(acts("batch released"), 1);
}

TEST_F(Releases, KeepTheReasonOfARowThatIsRefusedAndGoOn) {
    const auto number = upload(sheet(6));
    EXPECT_EQ(let_go(number), Released::yes);
    // Taken by the merchant's program since it was looked at.
    ASSERT_TRUE(accept(77, "254712341002", "", "w-2"));
    ASSERT_TRUE(accept(100, "254712341004", "", "w-4"));
    EXPECT_EQ(go_on_to_the_end(2), 3);
    EXPECT_EQ(states(number), "made refused made there made made");
    EXPECT_EQ(all_rows(number)[1].reason, "withdrawal_id was used for another recipient or amount");
    const auto ended = batch(number);
    EXPECT_EQ(ended.state, State::done);
    EXPECT_EQ(ended.made, 4);
    EXPECT_EQ(ended.found, 1);
    EXPECT_EQ(ended.refused, 1);
    EXPECT_EQ(withdrawals(), 6);
}

TEST_F(Releases, GiveRowsThatWereRefusedAnotherTry) {
    const auto number = upload(sheet(4));
    EXPECT_EQ(let_go(number), Released::yes);
    merchant_.is_disabled = true;
    directory().replace({merchant_});
    EXPECT_EQ(go_on_to_the_end(3), 2);
    EXPECT_EQ(states(number), "refused refused refused refused");
    EXPECT_EQ(batch(number).refused, 4);
    EXPECT_EQ(withdrawals(), 0);
    merchant_.is_disabled = false;
    directory().replace({merchant_});
    EXPECT_EQ(let_go(number, "chebet"), Released::yes);
    EXPECT_EQ(go_on_to_the_end(3), 2);
    EXPECT_EQ(states(number), "made made made made");
    EXPECT_EQ(batch(number).refused, 0);
    EXPECT_EQ(batch(number).made, 4);
}

TEST_F(Releases, StopWhereMoneyIsShortAndGoOnFromThere) {
    const auto number = upload(test::header +
                               "a,254712345001,60000,u\nb,254712345002,60000,u\n"
                               "c,254712345003,10,u\n");
    EXPECT_EQ(let_go(number), Released::yes);
    EXPECT_EQ(go_on_to_the_end(), 1);
    EXPECT_EQ(batch(number).state, State::stopped);
    EXPECT_EQ(batch(number).why, "row 3: the balance does not cover it");
    EXPECT_EQ(states(number), "made open open");
    EXPECT_EQ(all_rows(number)[1].reason, "the balance does not cover it");
    EXPECT_FALSE(go_on()) << "a person releases it again";
    credit(30'000);
    EXPECT_EQ(let_go(number), Released::yes);
    EXPECT_EQ(go_on_to_the_end(), 1);
    EXPECT_EQ(states(number), "made made made");
    EXPECT_EQ(batch(number).why, "");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Releases, WaitForPeopleAsTheRulesSay) {
    rules({.from = Money::kes(200)});
    const auto number = upload(test::header + "a,254712345001,100,u\nb,254712345002,200,u\n");
    EXPECT_EQ(let_go(number), Released::yes);
    EXPECT_EQ(go_on_to_the_end(), 1);
    EXPECT_EQ(take(), 1U) << "the second one waits";
    const auto waiting =
        book_.write([&](store::Tx& tx) { return withdrawals::find(tx, test::shop, "b"); });
    EXPECT_EQ(People::approve(waiting->id, "amina"), withdrawals::Decided::own);
    EXPECT_EQ(People::approve(waiting->id, "brian"), withdrawals::Decided::queued);
}

TEST_F(Releases, DoNothingTwiceForAGroupThatWasSeenBefore) {
    const auto number = upload(sheet(4));
    EXPECT_EQ(let_go(number), Released::yes);
    const auto group = *book_.write([&](store::Tx& tx) { return next_group(tx, 3); });
    std::vector<Item> items;
    for (const auto& row : group.rows) {
        auto wanted = test::read_fields(fields_of(row), "amina");
        wanted->id = WithdrawalId{next_id()};
        items.push_back({.row = row, .wanted = *wanted});
    }
    const auto take_it = [&] {
        return book_.write(
            [&](store::Tx& tx) { return batches::take(tx, group.batch, items, merchant_, now_); });
    };
    EXPECT_EQ(take_it().made, 3U);
    EXPECT_FALSE(take_it().moved);
    EXPECT_EQ(withdrawals(), 3);
    now_ += 1s;
    EXPECT_EQ(book_.write([&](store::Tx& tx) { return cancel(tx, number, "brian", now_); }),
              Cancelled::yes);
    EXPECT_FALSE(go_on());
    EXPECT_EQ(states(number), "made made made open");
    EXPECT_EQ(let_go(number), Released::cancelled);
    EXPECT_EQ(book_.write([&](store::Tx& tx) { return cancel(tx, number, "brian", now_); }),
              Cancelled::over);
}

// A row on which the command itself breaks, as a hand in the database leaves it.
TEST_F(Releases, LeaveOutARowThatBreaksTheWholeGroup) {
    const auto number = upload(sheet(5));
    EXPECT_EQ(let_go(number), Released::yes);
    ASSERT_TRUE(accept(100, "254712341003", "", "w-3"));
    book_.write([](store::Tx& tx) {
        tx.run("UPDATE withdrawals SET phone = 5 WHERE withdrawal_id = 'w-3'");
    });
    static_cast<void>(go_on_to_the_end(5));
    EXPECT_EQ(states(number), "made made refused made made");
    EXPECT_THAT(troubles_, ElementsAre(HasSubstr("row 4")));
    EXPECT_EQ(batch(number).state, State::done);
}

TEST_F(Releases, StandStillWhileSomethingForbidsIt) {
    const auto number = upload(sheet(4));
    EXPECT_EQ(let_go(number), Released::yes);
    EXPECT_TRUE(go_on(2));
    stopped_ = "an older backup stands here";
    EXPECT_EQ(go_on_to_the_end(2), 1);
    EXPECT_EQ(batch(number).state, State::stopped);
    EXPECT_EQ(batch(number).why, "an older backup stands here");
    stopped_.reset();
    EXPECT_FALSE(go_on(2)) << "not by itself";
    EXPECT_EQ(withdrawals(), 2);
    EXPECT_EQ(let_go(number), Released::yes);
    static_cast<void>(go_on_to_the_end(2));
    EXPECT_EQ(states(number), "made made made made");
}

TEST_F(Releases, OfOneBatchComeAfterThoseOfTheOneBefore) {
    const auto first = upload(sheet(3, 100));
    const auto second = upload(test::header + "other,254712345001,10,u\n");
    EXPECT_EQ(let_go(second), Released::yes);
    now_ += 1s;
    EXPECT_EQ(let_go(first), Released::yes);
    EXPECT_TRUE(go_on(2));
    EXPECT_EQ(batch(second).state, State::done);
    EXPECT_EQ(withdrawals(), 1);
    EXPECT_EQ(go_on_to_the_end(2), 2);
    EXPECT_EQ(batch(first).state, State::done);
}

TEST_F(Releases, AreMadeByTheJobWhenItIsWoken) {
    const auto number = upload(sheet(7));
    Releaser releaser{parts(), {.rows_at_once = 2}};
    releaser.start();
    clock_.settle();
    EXPECT_EQ(let_go(number), Released::yes);
    releaser.wake();
    clock_.settle();
    EXPECT_EQ(batch(number).state, State::done);
    EXPECT_EQ(withdrawals(), 7);
    boost::asio::co_spawn(book_.context(), releaser.stop(), [](const std::exception_ptr&) {});
    clock_.settle();
    EXPECT_THAT(troubles_, IsEmpty());
}

TEST_F(Releases, ThatNobodyMadeAreForgottenAfterAWhile) {
    const auto old = upload(sheet(1));
    now_ += kept_unreleased;
    const auto young = upload(sheet(2));
    now_ += 1s;
    const auto left = [&] {
        return book_.write([&](store::Tx& tx) { return forgotten(tx, 10, now_); });
    };
    EXPECT_THAT(left(), ElementsAre(old));
    book_.write([&](store::Tx& tx) { cancel_forgotten(tx, 10, now_); });
    EXPECT_EQ(batch(old).state, State::cancelled);
    EXPECT_EQ(batch(young).state, State::checked);
    EXPECT_THAT(left(), IsEmpty());
}

// Whatever the sheet, the size of the groups, and wherever the job ends and begins anew: what can
// be made is made once, and the counts are those of the rows.
TEST_F(Releases, MakeEachRowOnceWhereverTheyAreInterrupted) {
    for (unsigned seed = 1; seed <= 30; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 chance{seed};
        const auto below = [&](unsigned end) { return chance() % end; };
        const std::string prefix = "s" + std::to_string(seed) + "-";
        const auto count = 1 + below(40);
        auto csv = test::header;
        for (unsigned i = 0; i < count; ++i) {
            csv += prefix + std::to_string(i) + ",2547123" + std::to_string(10'000 + below(9)) +
                   "," + std::to_string(10 + below(3)) + ",u\n";
        }
        const auto before = withdrawals();
        const auto number = upload(csv);
        EXPECT_EQ(let_go(number), Released::yes);
        std::int64_t others = 0;
        for (const auto& row : all_rows(number)) {
            if (below(10) != 0) continue;
            // The merchant's program was first: with the same recipient and amount, or another.
            const auto shillings = row.amount->whole() + (below(2) == 0 ? 0 : 5);
            ASSERT_TRUE(accept(shillings, row.phone->raw(), "", row.withdrawal_id));
            ++others;
        }
        while (go_on(1 + below(7))) {
            if (below(4) == 0) {
                stopped_ = "stopped";
                static_cast<void>(go_on());
                stopped_.reset();
                static_cast<void>(let_go(number));
            }
        }
        const auto ended = batch(number);
        EXPECT_EQ(ended.state, State::done);
        EXPECT_EQ(ended.left(), 0);
        EXPECT_EQ(ended.found + ended.refused, others);
        EXPECT_EQ(ended.made, static_cast<std::int64_t>(count) - others);
        EXPECT_EQ(withdrawals() - before, static_cast<std::int64_t>(count));
        std::int64_t made = 0;
        for (const auto& row : all_rows(number)) made += row.state == RowState::made ? 1 : 0;
        EXPECT_EQ(made, ended.made);
    }
    EXPECT_EQ(broken_laws(), "");
}

}  // namespace
}  // namespace lango::batches
