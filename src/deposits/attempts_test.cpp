// Several attempts at one order of the payment window.
#include <gtest/gtest.h>

#include "deposits/deposits_fixture.hpp"

namespace lango::deposits {
namespace {

class Attempts : public test::Deposits {
  protected:
    std::optional<DepositId> attempt(int number, const std::string& phone) {
        const DepositId id{ids_.next(now_)};
        const auto made = write([&](store::Tx& tx) {
            return deposits::create(tx,
                                    {.id = id,
                                     .merchant = MerchantId{1},
                                     .custom_transaction_id = "order",
                                     .label = "user",
                                     .phone = *Msisdn::parse(phone),
                                     .amount = Money::kes(1000),
                                     .attempt = number},
                                    spacing(test::capabilities), now_);
        });
        if (!made) return std::nullopt;
        EXPECT_EQ(take().size(), 1U);
        record(id, accepted());
        return id;
    }
    std::vector<Deposit> all() {
        return write([](store::Tx& tx) { return deposits::attempts(tx, MerchantId{1}, "order"); });
    }
};

TEST_F(Attempts, ShareTheOrdersName) {
    const auto first = *attempt(1, "254712345601");
    observe(first, failure("1032"));
    const auto second = *attempt(2, "254712345602");
    const auto found = all();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].id, first);
    EXPECT_TRUE(found[0].has(Flag::tried_again));
    EXPECT_EQ(found[1].id, second);
    EXPECT_EQ(found[1].attempt, 2);
    EXPECT_FALSE(found[1].has(Flag::tried_again));
}

TEST_F(Attempts, OfOneNumberExistOnce) {
    ASSERT_TRUE(attempt(1, "254712345601"));
    EXPECT_FALSE(attempt(1, "254712345602"));
}

TEST_F(Attempts, ThatArePaidBothCreditTheOrderOnce) {
    const auto first = *attempt(1, "254712345601");
    observe(first, failure("1032", true));
    const auto second = *attempt(2, "254712345602");
    EXPECT_EQ(observe(second, success("UKN0000002")), Observed::paid);
    EXPECT_EQ(observe(first, success("UKN0000001")), Observed::second_receipt);
    EXPECT_EQ(state_of(first), State::failed);
    EXPECT_TRUE(the(first).has(Flag::attention));
    EXPECT_EQ(credited(), Money::kes(1000));
    EXPECT_EQ(in_suspense(), Money::kes(1000));
    EXPECT_EQ(postbacks_, 1);
    EXPECT_EQ(observe(first, success("UKN0000001")), Observed::duplicate);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(Attempts, ThatFailedAndWereChargedAfterAllPayTheOrder) {
    const auto first = *attempt(1, "254712345601");
    observe(first, failure("1032", true));
    const auto second = *attempt(2, "254712345602");
    EXPECT_EQ(observe(first, success("UKN0000001")), Observed::paid_late);
    EXPECT_EQ(observe(second, success("UKN0000002")), Observed::second_receipt);
    EXPECT_EQ(state_of(second), State::failed);
    EXPECT_EQ(credited(), Money::kes(1000));
    EXPECT_EQ(in_suspense(), Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

}  // namespace
}  // namespace lango::deposits
