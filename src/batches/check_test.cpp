#include "batches/check.hpp"

#include "batches/batches_fixture.hpp"

namespace lango::batches {
namespace {

using testing::ElementsAre;

class Checks : public test::Batches {};

TEST_F(Checks, SayWhatWouldBecomeOfEachRow) {
    ASSERT_TRUE(accept(100, "254712341001", "amina", "w-1"));
    auto rows = read(sheet(3) + "x,12,100,user\n");
    const auto found = look(rows);
    EXPECT_EQ(found.taken, 2);
    EXPECT_EQ(found.there, 1);
    EXPECT_EQ(found.wrong, 1);
    EXPECT_EQ(found.short_of, "");
    EXPECT_EQ(found.new_recipients, 3);
    EXPECT_THAT(test::lines_of(found.to_new), ElementsAre(2, 3, 4));
    EXPECT_EQ(withdrawals(), 1) << "nothing was made";
}

TEST_F(Checks, EndWhereTheMoneyEnds) {
    auto rows = read(test::header +
                     "a,254712345001,60000,u\nb,254712345002,60000,u\nc,254712345003,10,u\n");
    const auto found = look(rows);
    EXPECT_EQ(found.taken, 1);
    EXPECT_EQ(found.short_of, "row 3: the balance does not cover it");
    EXPECT_EQ(found.left, 2);
    EXPECT_EQ(found.wrong, 0);
}

TEST_F(Checks, KnowWhoWasPaidBefore) {
    const auto known = *accept(100, "254712341001", "amina", "before");
    paid(known, "SG632NMUAB");
    auto rows = read(sheet(2));
    const auto found = look(rows);
    EXPECT_EQ(found.new_recipients, 1);
    EXPECT_THAT(test::lines_of(found.to_new), ElementsAre(3));
}

TEST_F(Checks, ShowNoMoreThanAPersonReads) {
    auto csv = sheet(60);
    for (int i = 1; i <= 60; ++i) {
        csv += "t-" + std::to_string(i) + ",25471234" + std::to_string(1000 + i) + ",100,user\n";
    }
    auto rows = read(csv);
    const auto found = look(rows);
    EXPECT_EQ(found.new_recipients, 120);
    EXPECT_EQ(found.to_new.size(), shown_max);
    EXPECT_EQ(found.repeats, 60);
    EXPECT_EQ(found.repeated.size(), shown_max);
    EXPECT_EQ(found.largest.size(), 5U);
}

TEST_F(Checks, CompareWithTheBatchThatWasReleasedBefore) {
    const auto first =
        upload(test::header + "a,254712345001,10,u\nb,254712345002,20,u\nc,254712345003,30,u\n");
    auto rows = read(test::header +
                     "d,254712345001,10,u\ne,254712345002,25,u\nf,254712345004,10,u\n"
                     "g,254712345005,10,u\n");
    EXPECT_FALSE(look(rows).since_last) << "nobody has released it";
    EXPECT_EQ(let_go(first), Released::yes);
    const auto found = look(rows).since_last;
    ASSERT_TRUE(found);
    EXPECT_EQ(found->number, first);
    EXPECT_EQ(found->same, 1);
    EXPECT_EQ(found->other_amount, 1);
    EXPECT_EQ(found->added, 2);
    EXPECT_EQ(found->gone, 1);
    auto own = all_rows(first);
    EXPECT_FALSE(look(own, first).since_last) << "there is none before it";
}

TEST_F(Checks, OfWhatIsDoneFindAllOfItThere) {
    const auto number = upload(sheet(4));
    EXPECT_EQ(let_go(number), Released::yes);
    EXPECT_EQ(go_on_to_the_end(), 1);
    auto rows = all_rows(number);
    const auto found = look(rows, number);
    EXPECT_EQ(found.there, 4);
    EXPECT_EQ(found.taken, 0);
    EXPECT_EQ(rows[0].state, RowState::made) << "what was done is left as it is";
    book_.write([](store::Tx& tx) {
        tx.run("UPDATE withdrawals SET phone = -5");
        tx.run("UPDATE batch_rows SET phone = -5");
    });
    rows = all_rows(number);
    EXPECT_EQ(look(rows, number).there, 4) << "masked, and still there";
}

}  // namespace
}  // namespace lango::batches
