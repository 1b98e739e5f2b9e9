#include <gmock/gmock.h>

#include "base/check.hpp"
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
    bool is_used(std::string_view receipt) {
        return write([&](store::Tx& tx) { return ledger::is_used(tx, receipt); });
    }
    // Books 1.00 whose first posting is the rail's, for a receipt of `receipt_minor`.
    void book_against(Outcome outcome, std::int64_t rail_minor, std::int64_t receipt_minor) {
        write([=](store::Tx& tx) {
            static_cast<void>(ledger::book(
                tx, {.subject_id = 7,
                     .outcome = outcome,
                     .booked_at = test::start,
                     .postings = {{rail, minor(rail_minor)}, {merchant, minor(-rail_minor)}},
                     .receipt = "UKN7",
                     .amount = minor(receipt_minor)}));
        });
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
    EXPECT_FALSE(is_used("UKN2"));
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
    EXPECT_TRUE(is_used("UKN1"));
    EXPECT_FALSE(is_used("ukn1"));
    EXPECT_FALSE(is_used(""));
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

TEST_F(Booking, MovesMoneyTheWayItsOutcomeSays) {
    pay(1, Money::kes(100), minor(0), "UKN1");
    const auto before = rows();
    const auto words =
        "ReceiptBooksOnce: payment 0000000000000007 books another amount than its receipt's";
    for (const auto outcome : {Outcome::deposit_paid, Outcome::deposit_to_suspense}) {
        EXPECT_THAT([&] { book_against(outcome, 100, 100); }, ThrowsMessage<LawBroken>(words));
    }
    for (const auto outcome : {Outcome::withdrawal_paid, Outcome::withdrawal_paid_uncovered}) {
        EXPECT_THAT([&] { book_against(outcome, -100, 100); }, ThrowsMessage<LawBroken>(words));
    }
    EXPECT_EQ(rows(), before);
    book_against(Outcome::withdrawal_paid_uncovered, 100, 100);
    EXPECT_THAT(stands(merchant), Pair(9'900, 0));
}

// A merchant who was paid twice owes: the one account beside the rail's that may be below zero.
TEST_F(Booking, LetsOnlyWhatMirrorsOthersMoneyFallBelowZero) {
    const AccountRef receivable{.kind = AccountKind::receivable, .owner = 1};
    EXPECT_EQ(book(1, {{receivable, minor(-100)}, {rail, minor(100)}}), Booked::now);
    EXPECT_THAT(stands(receivable), Pair(-100, 0));
    EXPECT_THAT(stands(rail), Pair(100, 0));
    for (const auto& account : {merchant, fees, suspense}) {
        EXPECT_THROW(book(2, {{account, minor(-1)}, {rail, minor(1)}}), LawBroken);
    }
    EXPECT_EQ(broken_laws().find("NothingBelowZero"), std::string::npos);
}

// In 64 bits these postings sum to zero.
TEST_F(Booking, AddsUpInMoreThanSixtyFourBits) {
    std::vector<Posting> postings;
    for (std::int64_t owner = 1; owner <= 18; ++owner) {
        postings.push_back({{.kind = AccountKind::merchant, .owner = owner}, minor(Money::limit)});
    }
    postings.push_back(
        {{.kind = AccountKind::merchant, .owner = 19}, minor(446'744'073'709'551'616)});
    EXPECT_THAT([&] { book(1, postings); },
                ThrowsMessage<LawBroken>(HasSubstr("do not sum to zero")));
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
    const AccountRef receivable{.kind = AccountKind::receivable, .owner = 1};
    EXPECT_THAT([&] { book(2, {{merchant, minor(1)}, {receivable, minor(-1)}}); },
                ThrowsMessage<LawBroken>(HasSubstr("would take account 2 past")));
    EXPECT_EQ(rows(), before);
    EXPECT_EQ(book(3, {{merchant, -most}, {rail, most}}), Booked::now);
    EXPECT_THAT(stands(rail), Pair(0, 0));
}

TEST_F(Booking, RefusesATransactionWithOneSide) {
    const auto before = rows();
    EXPECT_THROW(book(1, {{rail, minor(0)}}), CheckFailed);
    EXPECT_EQ(rows(), before);
}

TEST(Names, AreThoseOfTheTables) {
    EXPECT_EQ(name(AccountKind::merchant), "merchant");
    EXPECT_EQ(name(Outcome::deposit_to_suspense), "deposit_to_suspense");
    EXPECT_EQ(name(static_cast<AccountKind>(99)), "?");
    EXPECT_EQ(name(static_cast<Outcome>(-1)), "?");
}

}  // namespace
}  // namespace lango::ledger
