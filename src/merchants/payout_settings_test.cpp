// What a merchant's withdrawals may be and cost, and the edges of every setting that is a number.
#include <gmock/gmock.h>

#include "merchants/merchants_fixture.hpp"

namespace lango::merchants {
namespace {

class PayoutSettings : public test::Shops {
  protected:
    PayoutSettings() { static_cast<void>(create("shop")); }
};

TEST_F(PayoutSettings, OfANewMerchantAreWhatCreationSays) {
    const auto made = create("other");
    ASSERT_TRUE(made);
    const auto stored = the("other");
    EXPECT_EQ(stored.withdrawal_min, Money::kes(10));
    EXPECT_EQ(stored.withdrawal_max, Money::kes(250'000));
    EXPECT_EQ(stored.payout_fee_percent.text(), "0");
    EXPECT_TRUE(stored.payout_fee_fixed.is_zero());
    EXPECT_EQ(made->merchant.withdrawal_min, stored.withdrawal_min);
    EXPECT_EQ(made->merchant.withdrawal_max, stored.withdrawal_max);
}

TEST_F(PayoutSettings, AreStoredAndAuditedApartFromThoseOfDeposits) {
    EXPECT_EQ(set("withdrawal-min", "20"), "");
    EXPECT_EQ(set("withdrawal-max", "70000.00"), "");
    EXPECT_EQ(set("payout-fee-percent", "0.50"), "");
    EXPECT_EQ(set("payout-fee-fixed", "33.5"), "");
    const auto shop = the();
    EXPECT_EQ(shop.withdrawal_min, Money::kes(20));
    EXPECT_EQ(shop.withdrawal_max, Money::kes(70'000));
    EXPECT_EQ(shop.payout_fee_percent.text(), "0.5");
    EXPECT_EQ(shop.payout_fee_fixed.minor(), 3'350);
    EXPECT_EQ(shop.deposit_min, Money::kes(10));
    EXPECT_EQ(shop.deposit_max, Money::kes(250'000));
    EXPECT_EQ(shop.fee_percent.text(), "0");
    EXPECT_TRUE(shop.fee_fixed.is_zero());
    EXPECT_EQ(trail(),
              "1 created:  -> shop by test\n"
              "2 withdrawal-min: 10 -> 20 by test\n"
              "3 withdrawal-max: 250000 -> 70000 by test\n"
              "4 payout-fee-percent: 0 -> 0.5 by test\n"
              "5 payout-fee-fixed: 0 -> 33.5 by test\n");
}

TEST_F(PayoutSettings, AreRefusedWithWhatIsExpected) {
    const auto limit = "a limit is a whole number of shillings from 1 to 250000";
    const auto percent = "payout-fee-percent is a number from 0 to 100 with at most 6 decimals";
    const auto fixed = "payout-fee-fixed is an amount in shillings up to 250000, such as 2.50";
    for (const auto* value : {"", "0", "-1", "10.50", "250001", "ten"}) {
        EXPECT_EQ(set("withdrawal-min", value), limit) << value;
        EXPECT_EQ(set("withdrawal-max", value), limit) << value;
    }
    for (const auto* value : {"", "-1", "100.000001", "1.0000001", "1%"}) {
        EXPECT_EQ(set("payout-fee-percent", value), percent) << value;
    }
    for (const auto* value : {"", "-0.01", "2.505", "free", "250000.01"}) {
        EXPECT_EQ(set("payout-fee-fixed", value), fixed) << value;
    }
    EXPECT_EQ(trail(), "1 created:  -> shop by test\n");
}

TEST_F(PayoutSettings, KeepTheLeastBelowTheLargest) {
    ASSERT_EQ(set("withdrawal-max", "100"), "");
    EXPECT_EQ(set("withdrawal-min", "101"), "withdrawal-min is above withdrawal-max");
    EXPECT_EQ(set("withdrawal-min", "100"), "");
    EXPECT_EQ(set("withdrawal-max", "99"), "withdrawal-min is above withdrawal-max");
    // A deposit may be larger than what may be withdrawn at once.
    EXPECT_EQ(set("deposit-min", "101"), "");
    EXPECT_EQ(the().withdrawal_max, Money::kes(100));
}

TEST_F(PayoutSettings, AndThoseOfDepositsReachToTheirEdges) {
    for (const std::string kind : {"deposit", "withdrawal"}) {
        EXPECT_EQ(set(kind + "-min", "1"), "");
        EXPECT_EQ(set(kind + "-max", "1"), "");
        EXPECT_EQ(set(kind + "-max", "250000"), "");
        EXPECT_EQ(set(kind + "-min", "250000"), "");
    }
    for (const std::string fee : {"fee", "payout-fee"}) {
        for (const auto* percent : {"0", "0.000001", "99.999999", "100"}) {
            EXPECT_EQ(set(fee + "-percent", percent), "") << percent;
        }
        for (const auto* fixed : {"0", "0.01", "250000"}) {
            EXPECT_EQ(set(fee + "-fixed", fixed), "") << fixed;
        }
    }
    EXPECT_EQ(the().fee_percent, the().payout_fee_percent);
    EXPECT_EQ(the().payout_fee_fixed, Money::kes(250'000));
}

TEST_F(PayoutSettings, SayWhoMustApprove) {
    EXPECT_FALSE(the().payout_rules.any());
    EXPECT_TRUE(the().balance_check);
    EXPECT_EQ(set("approval-from", "50000"), "");
    EXPECT_EQ(set("approval-day-total", "1000000"), "");
    EXPECT_EQ(set("approval-new-recipient", "on"), "");
    EXPECT_EQ(set("approvals-needed", "2"), "");
    EXPECT_EQ(set("balance-check", "off"), "");
    const auto shop = the();
    EXPECT_EQ(shop.payout_rules.from, Money::kes(50'000));
    EXPECT_EQ(shop.payout_rules.day_total, Money::kes(1'000'000));
    EXPECT_TRUE(shop.payout_rules.new_recipient);
    EXPECT_EQ(shop.payout_rules.needed, 2);
    EXPECT_TRUE(shop.payout_rules.any());
    EXPECT_FALSE(shop.balance_check);
    EXPECT_EQ(set("approval-from", "-1"),
              "approval-from is a whole number of shillings; 0 is no rule");
    EXPECT_EQ(set("approval-new-recipient", "yes"), "approval-new-recipient is on or off");
    for (const auto* value : {"", "0", "10", "x"}) {
        EXPECT_EQ(set("approvals-needed", value),
                  "approvals-needed is a number of people from 1 to 9");
    }
}

TEST_F(PayoutSettings, OfADomainThatIsTakenAreRefused) {
    ASSERT_TRUE(create("other"));
    EXPECT_EQ(set("domain", "pay.example"), "");
    EXPECT_EQ(set("domain", "pay.example", "other"),
              "the domain pay.example is another merchant's");
    EXPECT_EQ(set("domain", "pay.example"), "");
    for (const auto* value : {"Pay.example", "pay..example", ".pay", "pay.", "a b", "x.localhost",
                              "localhost", "pay.example:80", "http://pay.example"}) {
        EXPECT_EQ(
            set("domain", value, "other"),
            "domain is a host name in lower case such as pay.example.com, without api. before it")
            << value;
    }
    EXPECT_EQ(set("domain", ""), "");
    EXPECT_EQ(set("domain", "pay.example", "other"), "");
}

TEST_F(PayoutSettings, OfOneMerchantAreNotThoseOfAnother) {
    ASSERT_TRUE(create("other"));
    ASSERT_EQ(set("payout-fee-fixed", "33"), "");
    EXPECT_TRUE(the("other").payout_fee_fixed.is_zero());
    ASSERT_EQ(set("payout-fee-fixed", "7", "other"), "");
    // Each merchant's changes are numbered from 1.
    EXPECT_EQ(trail(),
              "1 created:  -> shop by test\n"
              "2 payout-fee-fixed: 0 -> 33 by test\n"
              "1 created:  -> other by test\n"
              "2 payout-fee-fixed: 0 -> 7 by test\n");
}

TEST_F(PayoutSettings, SurviveTheRotationOfTheKeys) {
    ASSERT_EQ(set("payout-fee-fixed", "33"), "");
    static_cast<void>(store_.write([&](store::Tx& tx) {
        return merchants::rotate_keys(tx, master_, random_, test::start, "shop", "test");
    }));
    EXPECT_EQ(the().payout_fee_fixed, Money::kes(33));
}

using TimeZone = PayoutSettings;
TEST_F(TimeZone, IsANameOfTheTableAndNeverAPath) {
    for (const auto* zone : {"../../../etc/passwd", "/etc/localtime", "zone.tab", "Africa/"}) {
        EXPECT_EQ(set("time-zone", zone), "time-zone is an IANA name such as Africa/Nairobi")
            << zone;
    }
}

}  // namespace
}  // namespace lango::merchants
