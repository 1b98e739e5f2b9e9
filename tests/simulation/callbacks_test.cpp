// What the rail may tell, in any order, and what must come of it.
#include <gtest/gtest.h>

#include "base/json.hpp"
#include "tests/simulation/world.hpp"

namespace lango::simulation {
namespace {

using namespace std::chrono_literals;

// A phone whose last three digits choose the simulator's scenario.
std::string phone(const char* ending = "999") { return std::string{"254712345"} + ending; }

class Callback : public testing::Test {
  protected:
    World world{{.seed = 7}};

    void expect_sound(std::size_t payments) {
        EXPECT_EQ(world.broken_laws(), "");
        EXPECT_EQ(world.ledgers_differ(), "");
        EXPECT_EQ(world.rail().ledger().payments().size(), payments);
    }
    http::Response forge(const std::string& order, const std::string& token,
                         const std::string& body) {
        return world.call(http::Method::post, "/rail/stk/" + order + "/" + token, body);
    }
};

TEST_F(Callback, OfSuccessPaysAndIsPostedBackOnce) {
    const auto order = world.create(1000, phone(), "a");
    world.let_time_pass(30s);
    EXPECT_EQ(world.state_of(order), "paid");
    ASSERT_EQ(world.postbacks().size(), 1U);
    const auto body = json::parse(world.postbacks()[0]);
    EXPECT_EQ(body->text_at("amount"), "1000");
    EXPECT_EQ((*body->find("additional_data")->array())[0].text_at("plugin_custom_order_id"), "a");
    expect_sound(1);
}

TEST_F(Callback, ThatIsDuplicatedCreditsOnce) {
    const auto order = world.create(1000, phone("052"), "a");
    world.let_time_pass(30s);
    EXPECT_EQ(world.state_of(order), "paid");
    EXPECT_EQ(world.postbacks().size(), 1U);
    expect_sound(1);
}

TEST_F(Callback, ThatIsForgedChangesNothing) {
    const auto order = world.create(1000, phone("073"), "a");
    world.let_time_pass(5s);
    const auto answer = forge(
        order, std::string(32, '0'),
        R"({"Body":{"stkCallback":{"CheckoutRequestID":"x","ResultCode":0,"CallbackMetadata":{"Item":[{"Name":"Amount","Value":1000},{"Name":"MpesaReceiptNumber","Value":"UKN1234567"}]}}}})");
    EXPECT_EQ(answer.status, 404);
    EXPECT_NE(world.state_of(order), "paid");
    world.let_time_pass(2min);
    EXPECT_EQ(world.state_of(order), "failed");
    expect_sound(0);
}

TEST_F(Callback, ThatComesBeforeTheReplyToThePushIsTaken) {
    const auto order = world.create(1000, phone("054"), "a");
    world.let_time_pass(60s);
    EXPECT_EQ(world.state_of(order), "paid");
    expect_sound(1);
}

TEST_F(Callback, ThatComesLateIsCreditedAndTheQueryBeforeItIsNotBelievedToFail) {
    const auto order = world.create(1000, phone("057"), "a");
    world.let_time_pass(2min);
    EXPECT_EQ(world.state_of(order), "failed");  // the query said so
    world.let_time_pass(5min);
    EXPECT_EQ(world.state_of(order), "paid");
    EXPECT_NE(world.last_answer.body.find("\"late\":true"), std::string::npos);
    expect_sound(1);
}

TEST_F(Callback, WithAWrongAmountIsNotBelievedAndTheRailIsAsked) {
    const auto order = world.create(1000, phone("059"), "a");
    world.let_time_pass(10min);
    EXPECT_EQ(world.state_of(order), "paid");  // 1000, as the rail's own list says
    EXPECT_NE(world.last_answer.body.find("amount_differs"), std::string::npos);
    const auto body = json::parse(world.postbacks().at(0));
    EXPECT_EQ(body->text_at("amount"), "1000");
    expect_sound(1);
}

TEST_F(Callback, WithAnUnknownCodeStaysOpenAndIsAskedAbout) {
    const auto order = world.create(1000, phone("042"), "a");
    world.let_time_pass(60s);
    EXPECT_EQ(world.state_of(order), "prompted");
    EXPECT_NE(world.last_answer.body.find("unknown_code"), std::string::npos);
    world.let_time_pass(1h);
    EXPECT_EQ(world.state_of(order), "expired");
    expect_sound(0);
}

TEST_F(Callback, OfFailureAfterASuccessIsIgnored) {
    const auto order = world.create(1000, phone("055"), "a");
    world.let_time_pass(30s);
    EXPECT_EQ(world.state_of(order), "paid");
    expect_sound(1);
}

TEST_F(Callback, OfSuccessAfterACancellationIsCreditedLate) {
    const auto order = world.create(1000, phone("056"), "a");
    world.let_time_pass(10s);
    EXPECT_EQ(world.state_of(order), "failed");
    world.let_time_pass(30s);
    EXPECT_EQ(world.state_of(order), "paid");
    EXPECT_NE(world.last_answer.body.find("\"late\":true"), std::string::npos);
    expect_sound(1);
}

TEST_F(Callback, ThatNeverComesIsFoundByQueryAndTheRailsList) {
    const auto order = world.create(1000, phone("050"), "a");
    world.let_time_pass(5min);
    EXPECT_EQ(world.state_of(order), "paid");
    expect_sound(1);
}

TEST_F(Callback, ThatNeverComesForAPushWhoseReplyWasLostIsFoundByTheRailsList) {
    const auto order = world.create(1000, phone("062"), "a");
    world.let_time_pass(5min);
    EXPECT_EQ(world.state_of(order), "paid");
    expect_sound(1);
}

TEST_F(Callback, ThatCannotBeReadIsKeptAndThePaymentStaysOpen) {
    const auto order = world.create(1000, phone(), "a");
    world.let_time_pass(2s);
    for (const auto* body : {"<html>busy</html>", R"({"Body":{"stkCallback":{}}})"}) {
        const auto answer = world.call(http::Method::post, world.callback_path(order), body);
        EXPECT_EQ(answer.status, 200) << body;  // thanked: the same again would help nobody
    }
    EXPECT_EQ(world.state_of(order), "prompted");
    EXPECT_EQ(world.number("SELECT COUNT(*) FROM rail_messages"), 2);
    expect_sound(0);
    world.let_time_pass(30s);  // the one that can be read
    EXPECT_EQ(world.state_of(order), "paid");
    expect_sound(1);
}

TEST(ConfirmedCallback, IsCreditedOnlyAfterTheQueryAgrees) {
    World world{{.seed = 8, .confirm_above = Money::kes(500)}};
    const auto order = world.create(1000, phone(), "a");
    world.let_time_pass(30s);
    EXPECT_EQ(world.state_of(order), "paid");
    EXPECT_NE(world.last_answer.body.find("claimed_paid"), std::string::npos);
    EXPECT_EQ(world.broken_laws(), "");
    EXPECT_EQ(world.ledgers_differ(), "");
}

// Every row of daraja.md 3.5 that ends a payment.
struct Ending {
    const char* phone;
    const char* code;
};
class FinalCode : public testing::TestWithParam<Ending> {};
TEST_P(FinalCode, FailsThePaymentAndBooksNothing) {
    World world{{.seed = 9}};
    const auto order = world.create(1000, phone(GetParam().phone), "a");
    world.let_time_pass(90s);
    EXPECT_EQ(world.state_of(order), "failed");
    EXPECT_NE(world.last_answer.body.find(R"("detail":")" + std::string{GetParam().code} + '"'),
              std::string::npos)
        << world.last_answer.body;
    EXPECT_EQ(world.broken_laws(), "");
    EXPECT_EQ(world.ledgers_differ(), "");
    EXPECT_TRUE(world.postbacks().empty());
}
INSTANTIATE_TEST_SUITE_P(
    Table, FinalCode,
    testing::Values(Ending{"001", "1"}, Ending{"002", "2"}, Ending{"003", "3"}, Ending{"004", "4"},
                    Ending{"008", "8"}, Ending{"017", "17"}, Ending{"026", "26"},
                    Ending{"031", "1001"}, Ending{"019", "1019"}, Ending{"025", "1025"},
                    Ending{"032", "1032"}, Ending{"036", "1036"}, Ending{"037", "1037"},
                    Ending{"021", "2001"}, Ending{"028", "2028"}, Ending{"086", "8006"},
                    Ending{"099", "9999"}, Ending{"040", "SFC_IC0003"}, Ending{"041", "E3008"}));

// Replies that leave it open whether the push was received: never a second push, never a failure
// that may be a payment.
class UnclearReply : public testing::TestWithParam<const char*> {};
TEST_P(UnclearReply, EndsWithoutASecondPush) {
    World world{{.seed = 10}};
    const auto order = world.create(1000, phone(GetParam()), "a");
    world.let_time_pass(20min);
    const auto state = world.state_of(order);
    EXPECT_TRUE(state == "expired" || state == "paid") << state;
    EXPECT_EQ(world.pushes(), 1);
    EXPECT_EQ(world.broken_laws(), "");
    EXPECT_EQ(world.ledgers_differ(), "");
}
INSTANTIATE_TEST_SUITE_P(Table, UnclearReply,
                         testing::Values("060", "061", "062", "063", "064", "065", "066"));

// Replies that say that the push was not taken: it is tried again, more and more seldom, until ten
// minutes are over.
struct Refusal {
    const char* phone;
    const char* scenario;
    const char* code;
};
class NotTaken : public testing::TestWithParam<Refusal> {};
TEST_P(NotTaken, OnceIsPushedAgainAndPaidOnce) {
    World world{{.seed = 11}};
    world.rail_will(GetParam().scenario);
    const auto order = world.create(1000, phone(), "a");
    world.let_time_pass(2min);
    EXPECT_EQ(world.state_of(order), "paid");
    EXPECT_EQ(world.pushes(), 2);
    EXPECT_EQ(world.postbacks().size(), 1U);
    EXPECT_EQ(world.rail().ledger().payments().size(), 1U);
    EXPECT_EQ(world.broken_laws(), "");
    EXPECT_EQ(world.ledgers_differ(), "");
}
TEST_P(NotTaken, AgainAndAgainIsGivenUpAfterTenMinutes) {
    World world{{.seed = 12}};
    const auto order = world.create(1000, phone(GetParam().phone), "a");
    world.let_time_pass(9min);
    EXPECT_EQ(world.state_of(order), "created");
    world.let_time_pass(3min);
    EXPECT_EQ(world.state_of(order), "expired");
    EXPECT_NE(world.last_answer.body.find(R"("detail":")" + std::string{GetParam().code} + '"'),
              std::string::npos)
        << world.last_answer.body;
    EXPECT_GT(world.pushes(), 5);
    EXPECT_LT(world.pushes(), 30);
    EXPECT_TRUE(world.postbacks().empty());
    EXPECT_EQ(world.broken_laws(), "");
    EXPECT_EQ(world.ledgers_differ(), "");
}
INSTANTIATE_TEST_SUITE_P(Table, NotTaken,
                         testing::Values(Refusal{"067", "rate_limited",
                                                 "policies.ratelimit.SpikeArrestViolation"},
                                         Refusal{"068", "system_busy", "500.003.02"},
                                         Refusal{"069", "quota", "500.003.03"},
                                         Refusal{"070", "token_refused", "404.001.03"}));

}  // namespace
}  // namespace lango::simulation
