// is_test from the merchant's request to his postback: the whole course, without rail and ledger
// (decisions, Money).
#include <gtest/gtest.h>

#include <algorithm>

#include "base/json.hpp"
#include "tests/simulation/world.hpp"

namespace lango::simulation {
namespace {

using namespace std::chrono_literals;

class IsTest : public testing::Test {
  protected:
    World world{{.payouts = true, .float_poll = 1000h}};

    std::string request(const std::string& own_id, const std::string& phone) {
        return world
            .request_withdrawal(R"({"withdrawal_id":")" + own_id +
                                R"(","payment_system":"mpesa","amount":1000,"currency_code":"KES",)"
                                R"("label":"160496026","comment":"withdrawal","account_number":")" +
                                phone + R"(","is_test":true})")
            .body;
    }
    std::ptrdiff_t calls_of_the_rail() {
        return std::ranges::count_if(world.network().trace(), [](const std::string& line) {
            return line.find("/mpesa/b2c/") != std::string::npos;
        });
    }
    // Of the last postback.
    std::string told(std::string_view member) {
        const auto body = json::parse(world.postbacks().back());
        return (*body->find("additional_data")->array())[0].text_at(member);
    }
};

TEST_F(IsTest, IsToldAsPaidAndMovesNothing) {
    EXPECT_EQ(request("w-1", "254724653314"), R"({"status":"ok"})");
    world.let_time_pass(10s);
    ASSERT_EQ(world.postbacks().size(), 1U);
    EXPECT_EQ(told("withdrawal_id"), "w-1");
    EXPECT_EQ(told("withdrawal_status"), "1");
    EXPECT_EQ(told("account_number"), "254724653314");
    EXPECT_EQ(calls_of_the_rail(), 0);
    EXPECT_EQ(world.number("SELECT COUNT(*) FROM ledger_transactions"), 0);
    EXPECT_EQ(world.number("SELECT COUNT(*) FROM holds"), 0);
    EXPECT_EQ(world.broken_laws(), "");
    EXPECT_NE(request("w-1", "254724653314").find("already been taken"), std::string::npos);
}

TEST_F(IsTest, IsToldAsFailedWhenTheAccountEndsIn5) {
    EXPECT_EQ(request("w-2", "254724653315"), R"({"status":"ok"})");
    world.let_time_pass(10s);
    ASSERT_EQ(world.postbacks().size(), 1U);
    EXPECT_EQ(told("withdrawal_status"), "5");
    EXPECT_EQ(calls_of_the_rail(), 0);
    EXPECT_EQ(world.broken_laws(), "");
}

TEST_F(IsTest, GoesOnWhilePayoutsAreHalted) {
    world.fund(2000);
    ASSERT_TRUE(world.withdraw(1000, "254712345120", "wrong-password"));
    world.let_time_pass(10s);
    ASSERT_EQ(world.number("SELECT COUNT(*) FROM payout_halts WHERE ended_at IS NULL"), 1);
    const auto calls = calls_of_the_rail();
    EXPECT_EQ(request("w-3", "254724653314"), R"({"status":"ok"})");
    world.let_time_pass(10s);
    EXPECT_EQ(told("withdrawal_id"), "w-3");
    EXPECT_EQ(calls_of_the_rail(), calls);
}

}  // namespace
}  // namespace lango::simulation
