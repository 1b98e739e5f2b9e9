#include "batches/upload.hpp"

#include "batches/batches_fixture.hpp"

namespace lango::batches {
namespace {

class Uploads : public test::Batches {};

TEST_F(Uploads, AreStoredWithTheirRowsAndPayNothing) {
    const auto number = upload(test::header + "a,0712 345 678,100,x\nb,254712345679,\"1,000\",y\n");
    const auto stored = batch(number);
    EXPECT_EQ(stored.state, State::checked);
    EXPECT_EQ(stored.rows, 2);
    EXPECT_EQ(stored.total, Money::kes(1100));
    EXPECT_EQ(stored.uploaded_by, "amina");
    EXPECT_EQ(stored.left(), 2);
    const auto rows = all_rows(number);
    EXPECT_EQ(rows[0].line, 2);
    EXPECT_EQ(rows[0].phone->raw(), "254712345678");
    EXPECT_EQ(rows[1].amount, Money::kes(1000));
    EXPECT_EQ(rows[1].label, "y");
    EXPECT_EQ(withdrawals(), 0);
    EXPECT_EQ(acts("batch uploaded"), 1);
    EXPECT_FALSE(go_on()) << "nobody has released it";
}

TEST_F(Uploads, OfTheSameFileAreTheSameBatch) {
    const auto csv = sheet(3);
    const auto number = upload(csv);
    EXPECT_EQ(upload(csv), number);
    EXPECT_EQ(acts("batch uploaded"), 1);
    EXPECT_NE(upload(sheet(3, 101)), number) << "another file";
    EXPECT_EQ(upload(csv, true), number) << "nobody has released it";
    EXPECT_EQ(let_go(number), Released::yes);
    EXPECT_EQ(upload(csv), number);
    const auto another = upload(csv, true);
    EXPECT_NE(another, number);
    EXPECT_EQ(batch(another).edition, 2);
    EXPECT_EQ(upload(csv), another) << "the latest counts";
}

TEST_F(Uploads, ThatWereCutOffAreEndedByTheSameFile) {
    const auto csv = sheet(5);
    auto rows = read(csv);
    const auto begun =
        book_.write([&](store::Tx& tx) { return begin(tx, file_of(csv), false, "amina", now_); });
    EXPECT_TRUE(book_.write(
        [&](store::Tx& tx) { return store_rows(tx, begun.number, std::span{rows}.first(2)); }));
    EXPECT_FALSE(end_upload(begun.number, rows));
    EXPECT_EQ(batch(begun.number).state, State::reading);
    EXPECT_EQ(let_go(begun.number), Released::not_whole);
    EXPECT_EQ(upload(csv), begun.number);
    EXPECT_EQ(batch(begun.number).rows, 5);
    EXPECT_EQ(let_go(begun.number), Released::yes);
}

TEST_F(Uploads, KeepWhatIsWrongWithARowAndNothingElseOfIt) {
    const auto number = upload(test::header + "a,12,100,x\nb,254712345679,50,y\n");
    EXPECT_EQ(states(number), "wrong open");
    const auto rows = all_rows(number);
    EXPECT_EQ(rows[0].reason, "account_number: invalid");
    EXPECT_EQ(rows[0].withdrawal_id, "");
    EXPECT_EQ(rows[0].phone, std::nullopt);
    EXPECT_EQ(batch(number).total, Money::kes(150)) << "as the sheet adds up";
    EXPECT_EQ(batch(number).wrong, 1);
    EXPECT_EQ(let_go(number), Released::wrong_rows);
}

TEST_F(Uploads, AreLookedAtAnewAsLongAsNobodyReleasedThem) {
    const auto csv = test::header + "taken,254712345679,50,y\nb,254712345679,60,y\n";
    ASSERT_TRUE(accept(70, "254712345679", "brian", "taken"));
    const auto number = upload(csv);
    EXPECT_EQ(states(number), "wrong open");
    EXPECT_EQ(all_rows(number)[0].reason, "withdrawal_id was used for another recipient or amount");
    book_.write([](store::Tx& tx) { tx.run("UPDATE withdrawals SET amount = 5000"); });
    EXPECT_EQ(upload(csv), number);
    EXPECT_EQ(states(number), "open open");
    EXPECT_EQ(batch(number).wrong, 0);
    EXPECT_EQ(let_go(number), Released::yes);
}

TEST_F(Uploads, ChangeNothingOfWhatWasReleased) {
    const auto csv = sheet(2);
    const auto number = upload(csv);
    EXPECT_EQ(let_go(number), Released::yes);
    auto rows = read(csv);
    EXPECT_FALSE(book_.write([&](store::Tx& tx) { return store_rows(tx, number, rows); }));
    EXPECT_FALSE(end_upload(number, rows));
    EXPECT_EQ(batch(number).state, State::releasing);
}

TEST_F(Uploads, AreListedLatestFirstAPageAtATime) {
    for (std::size_t rows = 1; rows <= 5; ++rows) static_cast<void>(upload(sheet(rows)));
    const auto numbers = [&](Search search) {
        std::vector<std::int64_t> all;
        for (const auto& one : book_.write([&](store::Tx& tx) { return list(tx, search); })) {
            all.push_back(one.number);
        }
        return all;
    };
    EXPECT_THAT(numbers({.limit = 2}), testing::ElementsAre(5, 4));
    EXPECT_THAT(numbers({.before = 4, .limit = 2}), testing::ElementsAre(3, 2));
    EXPECT_THAT(numbers({.digest = file_of(sheet(3)).digest}), testing::ElementsAre(3));
    EXPECT_THAT(numbers({.merchant = MerchantId{2}}), testing::IsEmpty());
}

}  // namespace
}  // namespace lango::batches
