// Each law holds on a healthy book, and a hand in the database is told by the law it breaks and by
// no other, in words that say where to look.
#include <functional>

#include "ledger/ledger_fixture.hpp"

namespace lango::ledger {
namespace {

using test::minor;

// Payments of the healthy book.
constexpr std::int64_t paid = 0x10;
constexpr std::int64_t failed = 0x11;
constexpr std::int64_t in_suspense = 0x20;
constexpr std::int64_t held = 0x30;
constexpr std::int64_t released = 0x31;

// Accounts 1 to 4: rail, merchant, fees, suspense.
void fill(test::Book& book) {
    book.write([](store::Tx& tx) {
        test::insert_rates(tx);
        test::insert_deposit(tx, paid, Money::kes(1000), "UKN1");
        test::insert_deposit(tx, failed, Money::kes(70), std::nullopt);
    });
    ASSERT_EQ(book.pay(paid, Money::kes(1000), Money::kes(15), "UKN1"), Booked::now);
    ASSERT_EQ(book.to_suspense(in_suspense, Money::kes(500), "UKN2"), Booked::now);
    ASSERT_TRUE(book.hold(held, Money::kes(300)));
    ASSERT_TRUE(book.hold(released, Money::kes(200)));
    book.release(released);
}

TEST(Laws, HoldOnAnEmptyBook) {
    test::Book book;
    EXPECT_EQ(book.broken_laws(), "");
}

TEST(Laws, HoldOnAHealthyBookAndSayWhatTheyLookedAt) {
    test::Book book;
    fill(book);
    EXPECT_EQ(book.broken_laws(), "");
    std::string looked;
    for (const auto& proof : book.prove()) {
        looked += proof.law + " " + std::to_string(proof.checked) + " " + proof.what + "\n";
    }
    EXPECT_EQ(looked,
              "PostingsBalance 2 ledger transactions\n"
              "BalancesEqualPostings 4 accounts\n"
              "NothingBelowZero 3 accounts\n"
              "ReceiptBooksOnce 2 receipts\n"
              "OneBookingPerOutcome 2 deposits\n"
              "PaidOutAtMostHeld 0 payouts\n"
              "RefundedAtMostCaptured 0 refunds\n"
              "HeldEqualsHolds 2 holds\n"
              "EventsHaveNoGaps 4 events\n"
              "ConversionRecorded 1 postbacks\n"
              "WithdrawalsSettled 0 withdrawals\n"
              "SuspenseExplained 1 items\n"
              "MaskedSaySo 0 masked payments\n");
}

struct Damage {
    const char* name;
    std::function<void(store::Tx&)> hand;
    std::string told;
};

// What a command that changes a payment after the damage is refused with: the text of the first law
// that it breaks; "" when the law is not one of a single payment.
std::string refusal(test::Book& book, std::int64_t payment) {
    try {
        book.write([&](store::Tx& tx) { check_payment(tx, payment); });
    } catch (const LawBroken& broken) {
        return broken.what();
    }
    return "";
}

class BrokenLaw : public testing::TestWithParam<Damage> {};
TEST_P(BrokenLaw, IsToldAloneAndInWords) {
    test::Book book;
    fill(book);
    book.write(GetParam().hand);
    EXPECT_EQ(book.broken_laws(), GetParam().told + "\n");
}

// Laws of one payment say it of the payment, and stop the next command that changes it.
TEST_P(BrokenLaw, IsToldByTheChangeThatMeetsIt) {
    test::Book book;
    fill(book);
    EXPECT_EQ(refusal(book, paid) + refusal(book, failed), "");
    book.write(GetParam().hand);
    const auto& told = GetParam().told;
    const bool of_one_payment = told.starts_with("OneBookingPerOutcome: deposit") ||
                                told.starts_with("EventsHaveNoGaps: deposit") ||
                                told.starts_with("ConversionRecorded: postback") ||
                                told.find(" gave ") != std::string::npos;
    const bool is_gone = told.find("which does not exist") != std::string::npos;
    EXPECT_EQ(refusal(book, paid) + refusal(book, failed),
              of_one_payment && !is_gone ? told.substr(0, told.find('\n')) : "");
}

// One law broken without another: balances move with the postings that are tampered with.
INSTANTIATE_TEST_SUITE_P(
    ByHand, BrokenLaw,
    testing::Values(
        Damage{
            "APostingWasChanged",
            [](store::Tx& tx) {
                tx.run(
                    "UPDATE postings SET amount = amount + 1 WHERE subject_id = 16 AND line = 2");
                tx.run("UPDATE accounts SET balance = balance + 1 WHERE id = 2");
            },
            "PostingsBalance: payment 0000000000000010, deposit_paid: postings in KES sum to 1"},
        Damage{"TwoCurrenciesMakeUpForEachOther",
               [](store::Tx& tx) { tx.run("UPDATE accounts SET currency = 'USD' WHERE id = 4"); },
               "PostingsBalance: payment 0000000000000020, deposit_to_suspense: postings in KES "
               "sum to -50000\n"
               "PostingsBalance: payment 0000000000000020, deposit_to_suspense: postings in USD "
               "sum to 50000"},
        Damage{"ATransactionLostItsPostings",
               [](store::Tx& tx) {
                   tx.run(
                       "INSERT INTO ledger_transactions (subject_id, outcome, booked_at) "
                       "VALUES (153, 9, 0)");
               },
               "PostingsBalance: payment 0000000000000099, ?: has no postings"},
        Damage{"PostingsLostTheirTransaction",
               [](store::Tx& tx) {
                   tx.run(
                       "INSERT INTO postings (subject_id, outcome, line, account_id, amount) "
                       "VALUES (153, 1, 1, 1, -100), (153, 1, 2, 2, 100)");
                   tx.run("UPDATE accounts SET balance = balance - 100 WHERE id = 1");
                   tx.run("UPDATE accounts SET balance = balance + 100 WHERE id = 2");
               },
               "PostingsBalance: payment 0000000000000099, deposit_paid: postings without a ledger "
               "transaction"},
        Damage{
            "ABalanceWasSet",
            [](store::Tx& tx) { tx.run("UPDATE accounts SET balance = 98600 WHERE id = 2"); },
            "BalancesEqualPostings: account 2 (merchant 1, KES): its balance is 100 more than its "
            "postings sum to"},
        Damage{"AnAccountIsUnknown",
               [](store::Tx& tx) {
                   tx.run(
                       "INSERT INTO postings (subject_id, outcome, line, account_id, amount) "
                       "VALUES (16, 1, 9, 77, 0)");
               },
               "BalancesEqualPostings: postings to account 77, which does not exist"},
        Damage{"MoreIsHeldThanThere",
               [](store::Tx& tx) {
                   tx.run("UPDATE holds SET amount = 120000 WHERE subject_id = 48");
                   tx.run("UPDATE accounts SET held = 120000 WHERE id = 2");
               },
               "NothingBelowZero: account 2 (merchant 1, KES): more is held of it than stands on "
               "it"},
        Damage{"AnAccountSaysThatItMayBeNegative",
               [](store::Tx& tx) {
                   tx.run("UPDATE holds SET amount = 120000 WHERE subject_id = 48");
                   tx.run("UPDATE accounts SET held = 120000, may_be_negative = 1 WHERE id = 2");
               },
               "NothingBelowZero: account 2 (merchant 1, KES): more is held of it than stands on "
               "it"},
        Damage{"AReceiptWasChanged",
               [](store::Tx& tx) {
                   tx.run("UPDATE receipts SET amount = 49900 WHERE receipt = 'UKN2'");
               },
               "ReceiptBooksOnce: receipt UKN2 of 49900: booked was 50000"},
        Damage{"AReceiptIsBookedTheWrongWayRound",
               [](store::Tx& tx) {
                   tx.run("UPDATE postings SET amount = -amount WHERE subject_id = 32");
                   tx.run("UPDATE postings SET account_id = 3 WHERE subject_id = 32 AND line = 2");
                   tx.run(
                       "INSERT INTO ledger_transactions (subject_id, outcome, booked_at) "
                       "VALUES (33, 9, 0)");
                   tx.run(
                       "INSERT INTO postings (subject_id, outcome, line, account_id, amount) "
                       "VALUES (33, 9, 1, 1, -50000), (33, 9, 2, 3, 50000)");
                   tx.run("UPDATE accounts SET balance = -100000 WHERE id = 1");
                   tx.run("UPDATE accounts SET balance = 0 WHERE id = 4");
                   tx.run("DELETE FROM suspense_items WHERE id = 32");
               },
               "ReceiptBooksOnce: receipt UKN2 of 50000: booked was -50000"},
        Damage{"MoneyInSuspenseLostItsItem",
               [](store::Tx& tx) { tx.run("DELETE FROM suspense_items WHERE id = 32"); },
               "SuspenseExplained: payment 0000000000000020, deposit_to_suspense: no item says "
               "what it is\n"
               "SuspenseExplained: the account holds 50000 more than its items say"},
        Damage{
            "AnItemIsOfAnotherAmount",
            [](store::Tx& tx) { tx.run("UPDATE suspense_items SET amount = 40000 WHERE id = 32"); },
            "SuspenseExplained: item 0000000000000020 of receipt UKN2 says 40000, booked was "
            "50000\n"
            "SuspenseExplained: the account holds 10000 more than its items say"},
        Damage{
            "AnItemGaveToADepositThatHasNothingOfIt",
            [](store::Tx& tx) {
                tx.run(
                    "UPDATE suspense_items SET allocated = 7000, credited_id = 16 WHERE id = 32");
            },
            "SuspenseExplained: item 0000000000000020 of receipt UKN2 gave 7000, which no "
            "deposit has\n"
            "SuspenseExplained: the account holds 7000 more than its items say"},
        Damage{"AReceiptBooksNothing",
               [](store::Tx& tx) {
                   tx.run(
                       "INSERT INTO receipts (receipt, subject_id, outcome, amount) "
                       "VALUES ('UKN9', 153, 1, 700)");
               },
               "ReceiptBooksOnce: receipt UKN9 of 700 is not booked"},
        Damage{"ADepositLostItsReceipt",
               [](store::Tx& tx) { tx.run("DELETE FROM receipts WHERE receipt = 'UKN1'"); },
               "ReceiptBooksOnce: deposit 0000000000000010 of 100000 is paid by receipt UKN1, "
               "which books nothing"},
        Damage{"ADepositTookAnotherReceipt",
               [](store::Tx& tx) { tx.run("UPDATE deposits SET receipt = 'UKN2' WHERE id = 16"); },
               "ReceiptBooksOnce: deposit 0000000000000010 of 100000 is paid by receipt UKN2, "
               "which belongs to payment 0000000000000020"},
        Damage{"ADepositForgotItsReceipt",
               [](store::Tx& tx) { tx.run("UPDATE deposits SET receipt = NULL WHERE id = 16"); },
               "ReceiptBooksOnce: deposit 0000000000000010 of 100000 is paid by receipt (none), "
               "which books nothing"},
        Damage{"ADepositIsOfAnotherAmount",
               [](store::Tx& tx) {
                   tx.run("UPDATE deposits SET amount = 90000 WHERE id = 16");
                   tx.run("UPDATE postbacks SET amount = 90000 WHERE subject_id = 16");
               },
               "ReceiptBooksOnce: deposit 0000000000000010 of 90000 is paid by receipt UKN1 of "
               "100000"},
        Damage{"MoneyInSuspenseLostItsReceipt",
               [](store::Tx& tx) { tx.run("DELETE FROM receipts WHERE receipt = 'UKN2'"); },
               "ReceiptBooksOnce: payment 0000000000000020, deposit_to_suspense: is booked without "
               "a receipt"},
        Damage{"MoneyThatNobodyCoversHasNoReceipt",
               [](store::Tx& tx) {
                   tx.run(
                       "INSERT INTO ledger_transactions (subject_id, outcome, booked_at) "
                       "VALUES (153, 4, 0)");
                   tx.run(
                       "INSERT INTO postings (subject_id, outcome, line, account_id, amount) "
                       "VALUES (153, 4, 1, 1, 7000), (153, 4, 2, 2, -7000)");
                   tx.run("UPDATE accounts SET balance = balance + 7000 WHERE id = 1");
                   tx.run("UPDATE accounts SET balance = balance - 7000 WHERE id = 2");
               },
               "ReceiptBooksOnce: payment 0000000000000099, " +
                   std::string{name(Outcome::withdrawal_paid_uncovered)} +
                   ": is booked without a receipt"},
        Damage{"ABookedWithdrawalIsUnknown",
               [](store::Tx& tx) {
                   tx.run(
                       "INSERT INTO ledger_transactions (subject_id, outcome, booked_at) "
                       "VALUES (153, 3, 0)");
                   tx.run(
                       "INSERT INTO postings (subject_id, outcome, line, account_id, amount) "
                       "VALUES (153, 3, 1, 1, 7000), (153, 3, 2, 2, -7000)");
                   tx.run(
                       "INSERT INTO holds (subject_id, account_id, amount, state) "
                       "VALUES (153, 2, 7000, 2)");
                   tx.run("UPDATE accounts SET balance = balance + 7000 WHERE id = 1");
                   tx.run("UPDATE accounts SET balance = balance - 7000 WHERE id = 2");
               },
               "WithdrawalsSettled: payment 0000000000000099 is booked as a withdrawal, and there "
               "is no such withdrawal"},
        Damage{"EventsLostTheirWithdrawal",
               [](store::Tx& tx) {
                   tx.run(
                       "INSERT INTO withdrawal_events (withdrawal_id, number, at, state, kind, "
                       "detail) VALUES (153, 1, 0, 1, 1, '')");
               },
               "WithdrawalsSettled: events of withdrawal 0000000000000099, which does not exist"},
        Damage{"APaidDepositIsNotBooked",
               [](store::Tx& tx) {
                   tx.run("DELETE FROM receipts WHERE receipt = 'UKN1'");
                   tx.run("DELETE FROM ledger_transactions WHERE subject_id = 16");
                   tx.run("DELETE FROM postings WHERE subject_id = 16");
                   tx.run("UPDATE accounts SET balance = -50000 WHERE id = 1");
                   tx.run("UPDATE accounts SET balance = 0, held = 0 WHERE id = 2");
                   tx.run("UPDATE accounts SET balance = 0 WHERE id = 3");
                   tx.run("DELETE FROM holds");
               },
               "OneBookingPerOutcome: deposit 0000000000000010 is paid and not booked"},
        Damage{"AFailedDepositIsBooked",
               [](store::Tx& tx) {
                   tx.run(
                       "INSERT INTO ledger_transactions (subject_id, outcome, booked_at) "
                       "VALUES (17, 1, 0)");
                   tx.run(
                       "INSERT INTO postings (subject_id, outcome, line, account_id, amount) "
                       "VALUES (17, 1, 1, 1, -7000), (17, 1, 2, 2, 7000)");
                   tx.run("UPDATE accounts SET balance = balance - 7000 WHERE id = 1");
                   tx.run("UPDATE accounts SET balance = balance + 7000 WHERE id = 2");
               },
               "OneBookingPerOutcome: deposit 0000000000000011 is booked and not paid"},
        Damage{"ABookedDepositIsUnknown",
               [](store::Tx& tx) {
                   tx.run(
                       "INSERT INTO ledger_transactions (subject_id, outcome, booked_at) "
                       "VALUES (153, 1, 0)");
                   tx.run(
                       "INSERT INTO postings (subject_id, outcome, line, account_id, amount) "
                       "VALUES (153, 1, 1, 1, -7000), (153, 1, 2, 2, 7000)");
                   tx.run("UPDATE accounts SET balance = balance - 7000 WHERE id = 1");
                   tx.run("UPDATE accounts SET balance = balance + 7000 WHERE id = 2");
               },
               "OneBookingPerOutcome: payment 0000000000000099 is booked as a deposit, and there "
               "is no such deposit"},
        Damage{
            "WhatIsHeldWasSet",
            [](store::Tx& tx) { tx.run("UPDATE accounts SET held = 0 WHERE id = 2"); },
            "HeldEqualsHolds: account 2 (merchant 1, KES): it holds 30000 less than its open holds "
            "sum to"},
        Damage{
            "AHoldWasOpenedAgain",
            [](store::Tx& tx) { tx.run("UPDATE holds SET state = 1 WHERE subject_id = 49"); },
            "HeldEqualsHolds: account 2 (merchant 1, KES): it holds 20000 less than its open holds "
            "sum to"},
        Damage{
            "AHoldIsOnNoAccount",
            [](store::Tx& tx) { tx.run("UPDATE holds SET account_id = 77 WHERE subject_id = 49"); },
            "HeldEqualsHolds: payment 0000000000000031 holds 20000 of account 77, which does "
            "not exist"},
        Damage{"AnEventWasDeleted",
               [](store::Tx& tx) {
                   tx.run("DELETE FROM deposit_events WHERE deposit_id = 17 AND number = 1");
               },
               "EventsHaveNoGaps: deposit 0000000000000011: its events are not 1, 2, 3, ...: "
               "1 less than it counts, the first is 2, the last 0 more"},
        Damage{"AnEventIsNumberedBeforeTheFirst",
               [](store::Tx& tx) {
                   tx.run(
                       "UPDATE deposit_events SET number = 0 WHERE deposit_id = 17 AND number = 1");
               },
               "EventsHaveNoGaps: deposit 0000000000000011: its events are not 1, 2, 3, ...: "
               "0 more than it counts, the first is 0, the last 0 more"},
        Damage{"AnEventInTheMiddleWasDeleted",
               [](store::Tx& tx) {
                   tx.run(
                       "UPDATE deposit_events SET number = 3 WHERE deposit_id = 17 AND number = 2");
                   tx.run("UPDATE deposits SET events = 3 WHERE id = 17");
               },
               "EventsHaveNoGaps: deposit 0000000000000011: its events are not 1, 2, 3, ...: "
               "1 less than it counts, the first is 1, the last 0 more"},
        Damage{"AnEventWasNumberedAhead",
               [](store::Tx& tx) {
                   tx.run(
                       "UPDATE deposit_events SET number = 3 WHERE deposit_id = 17 AND number = 2");
               },
               "EventsHaveNoGaps: deposit 0000000000000011: its events are not 1, 2, 3, ...: "
               "0 more than it counts, the first is 1, the last 1 more"},
        Damage{"AnEventWasInvented",
               [](store::Tx& tx) {
                   tx.run(
                       "INSERT INTO deposit_events (deposit_id, number, at, state, kind, detail) "
                       "VALUES (17, 3, 0, 7, 1, '')");
               },
               "EventsHaveNoGaps: deposit 0000000000000011: its events are not 1, 2, 3, ...: "
               "1 more than it counts, the first is 1, the last 1 more"},
        Damage{"EventsLostTheirDeposit",
               [](store::Tx& tx) {
                   tx.run(
                       "INSERT INTO deposit_events (deposit_id, number, at, state, kind, detail) "
                       "VALUES (153, 1, 0, 1, 1, '')");
               },
               "EventsHaveNoGaps: events of deposit 0000000000000099, which does not exist"},
        Damage{"AStateWasSet",
               [](store::Tx& tx) { tx.run("UPDATE deposits SET state = 8 WHERE id = 17"); },
               "EventsHaveNoGaps: deposit 0000000000000011 is in a state that its last event does "
               "not tell"},
        Damage{"APostbackWasDeleted", [](store::Tx& tx) { tx.run("DELETE FROM postbacks"); },
               "EventsHaveNoGaps: deposit 0000000000000010 is paid and has no postback"},
        Damage{"AFailureIsPostedBack",
               [](store::Tx& tx) {
                   tx.run(
                       "INSERT INTO postbacks (number, id, subject_id, merchant_id, state, "
                       "attempts, created_at, rates_id, amount, currency, head, tail, digest) "
                       "SELECT 2, 5, 17, 1, 1, 0, 0, 1, 7000, 'KES', '', '', digest "
                       "FROM postbacks");
               },
               "EventsHaveNoGaps: deposit 0000000000000011 is not paid and has a postback"},
        Damage{"RatesAreGone", [](store::Tx& tx) { tx.run("DELETE FROM rate_tables"); },
               "ConversionRecorded: postback 00000000000003f8 is converted with rates 1, which are "
               "not stored"},
        Damage{"APostbackTellsAnotherAmount",
               [](store::Tx& tx) { tx.run("UPDATE postbacks SET amount = 1"); },
               "ConversionRecorded: postback 00000000000003f8 tells another amount than payment "
               "0000000000000010 has"},
        Damage{"APostbackTellsAnotherCurrency",
               [](store::Tx& tx) { tx.run("UPDATE postbacks SET currency = 'USD'"); },
               "ConversionRecorded: postback 00000000000003f8 tells another amount than payment "
               "0000000000000010 has"},
        Damage{"APostbackLostItsDigest",
               [](store::Tx& tx) { tx.run("UPDATE postbacks SET digest = x'00'"); },
               "ConversionRecorded: postback 00000000000003f8 has no digest of its bytes"},
        Damage{"APostbackTellsOfNoPayment",
               [](store::Tx& tx) {
                   tx.run(
                       "INSERT INTO postbacks (number, id, subject_id, merchant_id, state, "
                       "attempts, created_at, rates_id, amount, currency, head, tail, digest) "
                       "SELECT 2, 5, 153, 1, 1, 0, 0, 1, 7000, 'KES', '', '', digest "
                       "FROM postbacks");
               },
               "ConversionRecorded: postback 0000000000000005 tells of payment 0000000000000099, "
               "which does not exist"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Laws, AreStillProvedWhenOneCannotBeAddedUp) {
    test::Book book;
    fill(book);
    book.write([](store::Tx& tx) {
        tx.run("UPDATE postings SET amount = 9223372036854775807 WHERE line = 2");
        tx.run("UPDATE postings SET account_id = 2 WHERE line = 2");
    });
    const auto broken = book.broken_laws();
    EXPECT_NE(broken.find("BalancesEqualPostings: cannot be proved: "), std::string::npos)
        << broken;
    EXPECT_NE(broken.find("PostingsBalance: payment 0000000000000010"), std::string::npos)
        << broken;
}

TEST(Laws, TellAtMostAHundredFindingsEach) {
    test::Book book;
    book.write([](store::Tx& tx) {
        for (int i = 1; i <= 150; ++i) {
            tx.run(
                "INSERT INTO receipts (receipt, subject_id, outcome, amount) "
                "VALUES (?1, ?2, 1, 100)",
                "R" + std::to_string(i), i);
        }
    });
    for (const auto& proof : book.prove()) {
        EXPECT_EQ(proof.findings.size(), proof.law == "ReceiptBooksOnce" ? 100U : 0U) << proof.law;
    }
}

}  // namespace
}  // namespace lango::ledger
