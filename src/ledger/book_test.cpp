#include <gmock/gmock.h>

#include "ledger/invariants/invariant.hpp"
#include "ledger/ledger_fixture.hpp"

namespace lango::ledger {
namespace {

using test::fees;
using test::merchant;
using test::minor;
using test::rail;
using test::suspense;
using testing::HasSubstr;
using testing::Pair;
using testing::ThrowsMessage;

class Booking : public testing::Test, protected test::Book {
  protected:
    // Rows of the ledger, to see that nothing was written.
    std::int64_t rows() {
        return number(
            "SELECT (SELECT COUNT(*) FROM ledger_transactions) + (SELECT COUNT(*) FROM postings) + "
            "(SELECT COUNT(*) FROM receipts) + (SELECT COUNT(*) FROM accounts)");
    }
};

TEST_F(Booking, CreditsTheMerchantWithWhatTheFeeLeaves) {
    EXPECT_EQ(pay(1, Money::kes(1000), minor(1550), "UKN1"), Booked::now);
    EXPECT_THAT(stands(rail), Pair(-100'000, 0));
    EXPECT_THAT(stands(merchant), Pair(98'450, 0));
    EXPECT_THAT(stands(fees), Pair(1'550, 0));
    EXPECT_THAT(stands(suspense), Pair(0, 0));
}

TEST_F(Booking, KeepsMerchantsAndCurrenciesApart) {
    const auto usd = *Currency::parse("USD");
    const AccountRef other{.kind = AccountKind::merchant, .owner = 2};
    AccountRef rail_usd = rail;
    AccountRef merchant_usd = merchant;
    rail_usd.currency = usd;
    merchant_usd.currency = usd;
    EXPECT_EQ(book(1, {{rail, minor(-100)}, {merchant, minor(100)}}), Booked::now);
    EXPECT_EQ(book(2, {{rail, minor(-30)}, {other, minor(30)}}), Booked::now);
    EXPECT_EQ(book(3, {{rail_usd, minor(-7, usd)}, {merchant_usd, minor(7, usd)}}), Booked::now);
    EXPECT_THAT(stands(merchant), Pair(100, 0));
    EXPECT_THAT(stands(other), Pair(30, 0));
    EXPECT_THAT(stands(merchant_usd), Pair(7, 0));
    EXPECT_THAT(stands(rail), Pair(-130, 0));
}

TEST_F(Booking, AddsUpTwoPostingsToOneAccount) {
    EXPECT_EQ(book(1, {{rail, minor(-100)}, {merchant, minor(60)}, {merchant, minor(40)}}),
              Booked::now);
    EXPECT_THAT(stands(merchant), Pair(100, 0));
}

TEST_F(Booking, HappensOncePerPaymentAndOutcome) {
    EXPECT_EQ(pay(1, Money::kes(10), minor(0), "UKN1"), Booked::now);
    const auto before = rows();
    EXPECT_EQ(pay(1, Money::kes(10), minor(0), "UKN1"), Booked::already);
    EXPECT_EQ(pay(1, Money::kes(20), minor(0), "UKN2"), Booked::already);
    EXPECT_EQ(rows(), before);
    EXPECT_THAT(stands(merchant), Pair(1'000, 0));
    // The receipt that came too late is free for the payment that it belongs to.
    EXPECT_EQ(pay(2, Money::kes(20), minor(0), "UKN2"), Booked::now);
}

TEST_F(Booking, HappensOncePerReceiptWhateverTheOutcome) {
    EXPECT_EQ(pay(1, Money::kes(10), minor(0), "UKN1"), Booked::now);
    const auto before = rows();
    EXPECT_EQ(pay(2, Money::kes(10), minor(0), "UKN1"), Booked::receipt_used);
    EXPECT_EQ(to_suspense(3, Money::kes(10), "UKN1"), Booked::receipt_used);
    EXPECT_EQ(to_suspense(1, Money::kes(10), "UKN1"), Booked::receipt_used);
    EXPECT_EQ(rows(), before);
    EXPECT_THAT(stands(merchant), Pair(1'000, 0));
    EXPECT_THAT(stands(suspense), Pair(0, 0));
}

TEST_F(Booking, SetsAsideMoneyThatMatchesNoPayment) {
    EXPECT_EQ(pay(1, Money::kes(10), minor(0), "UKN1"), Booked::now);
    EXPECT_EQ(to_suspense(9, Money::kes(10), "UKN2"), Booked::now);
    EXPECT_THAT(stands(merchant), Pair(1'000, 0));
    EXPECT_THAT(stands(suspense), Pair(1'000, 0));
    EXPECT_THAT(stands(rail), Pair(-2'000, 0));
}

TEST_F(Booking, LeavesNoTraceWhenItDoesNotBalance) {
    EXPECT_THAT([&] { book(0x2a, {{rail, minor(-100)}, {merchant, minor(99)}}); },
                ThrowsMessage<LawBroken>(
                    "PostingsBalance: postings of 000000000000002a do not sum to zero"));
    EXPECT_EQ(rows(), 0);
}

TEST_F(Booking, BalancesInEachCurrency) {
    const auto usd = *Currency::parse("USD");
    AccountRef merchant_usd = merchant;
    merchant_usd.currency = usd;
    EXPECT_THROW(book(1, {{rail, minor(-100)}, {merchant_usd, minor(100, usd)}}), LawBroken);
    EXPECT_EQ(rows(), 0);
}

TEST_F(Booking, TakesNoMoreThanIsFree) {
    pay(1, Money::kes(100), minor(0), "UKN1");
    ASSERT_TRUE(hold(2, Money::kes(60)));
    const auto before = rows();
    EXPECT_THAT([&] { book(3, {{merchant, minor(-4'001)}, {rail, minor(4'001)}}); },
                ThrowsMessage<LawBroken>(
                    "NothingBelowZero: payment 0000000000000003 takes more than is free"));
    EXPECT_EQ(rows(), before);
    EXPECT_THAT(stands(merchant), Pair(10'000, 6'000));
    EXPECT_EQ(book(3, {{merchant, minor(-4'000)}, {rail, minor(4'000)}}), Booked::now);
    EXPECT_EQ(balance(merchant).free().minor(), 0);
}

TEST_F(Booking, BooksWhatItsReceiptIsFor) {
    EXPECT_THAT(
        [&] {
            write([](store::Tx& tx) {
                static_cast<void>(
                    ledger::book(tx, {.subject_id = 7,
                                      .outcome = Outcome::deposit_paid,
                                      .booked_at = test::start,
                                      .postings = {{rail, minor(-100)}, {merchant, minor(100)}},
                                      .receipt = "UKN1",
                                      .amount = minor(90)}));
            });
        },
        ThrowsMessage<LawBroken>(
            "ReceiptBooksOnce: payment 0000000000000007 books another amount than its receipt's"));
    EXPECT_EQ(rows(), 0);
}

// A balance that nobody can read back would stop the gateway at every later look at it.
TEST_F(Booking, StopsBeforeABalancePassesWhatMoneyCanCount) {
    const auto most = minor(Money::limit);
    EXPECT_EQ(book(1, {{rail, -most}, {merchant, most}}), Booked::now);
    const auto before = rows();
    EXPECT_THAT([&] { book(2, {{rail, minor(-1)}, {merchant, minor(1)}}); },
                ThrowsMessage<LawBroken>(
                    HasSubstr("payment 0000000000000002 would take account 1 past what money can "
                              "count")));
    EXPECT_EQ(rows(), before);
    EXPECT_THAT(stands(merchant), Pair(Money::limit, 0));
    EXPECT_EQ(book(3, {{merchant, -most}, {rail, most}}), Booked::now);
    EXPECT_THAT(stands(rail), Pair(0, 0));
}

TEST_F(Booking, DiesOnATransactionWithOneSide) {
    EXPECT_DEATH(book(1, {{rail, minor(0)}}), "postings.size");
}

TEST(Names, AreThoseOfTheTables) {
    EXPECT_EQ(name(AccountKind::merchant), "merchant");
    EXPECT_EQ(name(Outcome::deposit_to_suspense), "deposit_to_suspense");
    EXPECT_EQ(name(static_cast<AccountKind>(99)), "?");
    EXPECT_EQ(name(static_cast<Outcome>(-1)), "?");
}

}  // namespace
}  // namespace lango::ledger
