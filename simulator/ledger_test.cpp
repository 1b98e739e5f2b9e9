#include "simulator/ledger.hpp"

#include <gtest/gtest.h>

namespace lango::simulator {
namespace {

Payment payment(std::string receipt, std::int64_t amount_minor) {
    return {.receipt = std::move(receipt),
            .shortcode = 174379,
            .phone = "254712345678",
            .amount_minor = amount_minor,
            .checkout_request_id = "ws_CO_1",
            .account_reference = "a",
            .completed_at = 1'000'000};
}

TEST(TheLedger, MovesMoneyAndMakesNone) {
    Ledger ledger{1000};
    EXPECT_EQ(ledger.balance("254712345678"), 1000);
    EXPECT_EQ(ledger.wallets_total(), 0);
    ledger.pay(payment("A", 300));
    ledger.pay(payment("B", 700));
    EXPECT_EQ(ledger.balance("254712345678"), 0);
    EXPECT_EQ(ledger.organisation(174379).working_minor, 1000);
    EXPECT_EQ(ledger.organisation(174379).payments, 2);
    EXPECT_EQ(ledger.payments()[1].seq, 2);
    EXPECT_TRUE(ledger.balanced());
}

TEST(TheLedger, DiesRatherThanPayTwiceOrFromNothing) {
    Ledger ledger{1000};
    ledger.pay(payment("A", 300));
    EXPECT_DEATH(ledger.pay(payment("A", 300)), "fresh");
    EXPECT_DEATH(ledger.pay(payment("B", 701)), "balance");
    EXPECT_DEATH(ledger.pay(payment("C", 0)), "amount_minor > 0");
}

TEST(TheLedger, ReplaysWhatHappenedEvenIfWalletsStartPoorerNow) {
    Ledger ledger{100};
    EXPECT_TRUE(ledger.replay(payment("A", 300)));
    EXPECT_FALSE(ledger.replay(payment("A", 300)));
    EXPECT_EQ(ledger.balance("254712345678"), -200);
    EXPECT_TRUE(ledger.balanced());
}

}  // namespace
}  // namespace lango::simulator
