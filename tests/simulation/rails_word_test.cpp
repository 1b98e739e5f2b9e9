// What the rail says, or somebody in its name: believed as far as it is proved, on the account that
// it is about.
#include <gmock/gmock.h>

#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "tests/simulation/world.hpp"

namespace lango::simulation {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class RailsWord : public testing::Test {
  protected:
    static std::string success(const std::string& receipt, const std::string& amount = "1000") {
        const auto item =
            amount.empty() ? std::string{} : R"({"Name":"Amount","Value":)" + amount + "},";
        return R"({"Body":{"stkCallback":{"ResultCode":0,"CallbackMetadata":{"Item":[)" + item +
               R"({"Name":"MpesaReceiptNumber","Value":")" + receipt + R"("}]}}}})";
    }
    // Through the address that the gateway itself gave the rail.
    static void tell(World& world, const std::string& order, std::string body) {
        const std::string names = R"("stkCallback":{)";
        body.insert(body.find(names) + names.size(),
                    R"("CheckoutRequestID":")" +
                        world.text("SELECT checkout_request_id FROM deposits") + R"(",)");
        EXPECT_EQ(world.call(http::Method::post, world.callback_path(order), body).status, 200);
    }
    static std::int64_t in_suspense(World& world) {
        return world.number("SELECT COALESCE(SUM(balance), 0) FROM accounts WHERE kind = 4");
    }
};

// An order of 70,000 is paid and confirmed; then somebody claims a second payment of it.
TEST_F(RailsWord, OfASecondPaymentBooksNothingAndRefundsNothingWhereProofIsDemanded) {
    World world{{.confirm_above = Money::zero()}};
    const auto order = world.create(70'000, "254712345999", "a");
    world.let_time_pass(5min);
    ASSERT_EQ(world.state_of(order), "paid");
    tell(world, order, success("PHANTOM002", ""));
    tell(world, order, success("PHANTOM003", "70000"));
    world.let_time_pass(2h);
    EXPECT_EQ(in_suspense(world), 0) << "the rail's list has no such payment";
    const auto listed = world.admin(http::Method::get, "/admin/paybill/unmatched");
    EXPECT_THAT(listed, HasSubstr(R"("receipt":"PHANTOM002","amount_minor":0)"));
    EXPECT_THAT(listed, HasSubstr(R"("receipt":"PHANTOM003","amount_minor":7000000)"));
    EXPECT_THAT(world.admin(http::Method::get, "/admin/deposits/attention"), HasSubstr(order));
    EXPECT_EQ(world.broken_laws(), "");
    EXPECT_EQ(world.ledgers_differ(), "");
}

// One payment, told in small letters, in capitals and by the list.
TEST_F(RailsWord, OfOnePaymentInSeveralSpellingsBringsItsMoneyOnce) {
    World world{{.auto_pay = std::nullopt}};
    const auto order = world.create(1000, "254712345999", "a");
    world.let_time_pass(5s);
    tell(world, order, success("ukt000aa08"));
    for (const auto* again : {"UKT000AA08", "UKT000AA08 ", "uKt000aA08"})
        tell(world, order, success(again));
    EXPECT_EQ(world.state_of(order), "paid");
    EXPECT_EQ(in_suspense(world), 0);
    EXPECT_EQ(world.number("SELECT COUNT(*) FROM receipts WHERE receipt = 'UKT000AA08'"), 1);
    EXPECT_EQ(world.broken_laws(), "");
}

// ResultCode 0 and the receipt of what moved no money.
TEST_F(RailsWord, OfAPaymentWithThePlaceholderPaysNothing) {
    World world{{.auto_pay = std::nullopt}};
    const auto order = world.create(1000, "254712345999", "a");
    world.let_time_pass(5s);
    tell(world, order, success("UKT0000000"));
    world.let_time_pass(1h);
    EXPECT_EQ(world.state_of(order), "verifying");
    EXPECT_EQ(world.postbacks().size(), 0U);
    EXPECT_THAT(world.admin(http::Method::get, "/admin/deposits/attention"), HasSubstr(order));
}

// The prompt went out under one shortcode; the gateway comes back with another before it is paid.
TEST_F(RailsWord, AfterAChangeOfShortcodeIsBookedWhereTheMoneyIs) {
    World world{{}};
    ASSERT_THAT(world.admin(http::Method::post, "/admin/paybill/register"), HasSubstr("\"ok\""));
    const auto order = world.create(1000, "254712345999", "a");
    world.let_time_pass(3s);
    world.restart_gateway_as(600'999);
    world.let_time_pass(1min);
    EXPECT_EQ(world.state_of(order), "paid");
    EXPECT_EQ(world.number("SELECT balance FROM accounts WHERE kind = 1 AND owner = 174379"),
              -100'000);
    world.at_rail("/simulator/settings", R"({"c2b_validation":false})");
    world.at_rail("/simulator/phones/254712345111/pay",
                  R"({"paybill":"174379","account":"chips","amount":300,"pin":"1234"})");
    world.let_time_pass(1min);
    EXPECT_EQ(in_suspense(world), 30'000);
    EXPECT_EQ(world.number("SELECT balance FROM accounts WHERE kind = 1 AND owner = 174379"),
              -130'000);
    EXPECT_EQ(world.number("SELECT COUNT(*) FROM accounts WHERE kind = 1"), 1);
    EXPECT_EQ(world.broken_laws(), "");
}

// The commission is that of the order's day, not of its payment's.
TEST_F(RailsWord, OfPaymentTakesTheCommissionThatWasFixedAtCreate) {
    World world{{.auto_pay = std::nullopt}};
    const auto order = world.create(1000, "254712345999", "a");
    world.let_time_pass(5s);
    EXPECT_THAT(world.admin(http::Method::post, "/admin/merchants/demo/settings",
                            R"({"fee-percent":"50"})"),
                HasSubstr("\"ok\""));
    tell(world, order, success("UKT000AA08"));
    EXPECT_EQ(world.state_of(order), "paid");
    EXPECT_EQ(world.number("SELECT balance FROM accounts WHERE kind = 2"), 100'000);
    EXPECT_EQ(world.broken_laws(), "");
}

}  // namespace
}  // namespace lango::simulation
