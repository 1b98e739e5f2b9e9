// A simulated afternoon in which payers use prompts and the paybill, type what they like, and the
// rail's confirmations are lost, late and doubled. The rail's list finds the rest: every law holds
// and both ledgers agree.
#include <gtest/gtest.h>

#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "tests/simulation/world.hpp"

namespace lango::simulation {
namespace {

using namespace std::chrono_literals;

class Afternoon : public testing::TestWithParam<std::uint64_t> {
  protected:
    std::string reference(const std::string& order) {
        const auto told = json::parse(world_.admin(http::Method::post, "/admin/paybill/references",
                                                   R"({"order_id":")" + order + R"("})"));
        return told ? told->text_at("reference") : std::string{};
    }
    void pay(const std::string& phone, const std::string& account, std::int64_t amount) {
        std::string body;
        json::Writer{body}
            .begin_object()
            .member("paybill", "174379")
            .member("account", account)
            .member("amount", amount)
            .member("pin", "1234")
            .end_object();
        world_.at_rail("/simulator/phones/" + phone + "/pay", body);
    }
    // By one payer in five ways: right, in small letters, mistyped, too little, too much.
    void pay_order(const std::string& phone, const std::string& order, std::int64_t amount) {
        auto typed = reference(order);
        const auto way = choices_.below(5);
        if (way == 1) typed.back() = static_cast<char>(typed.back() - 'A' + 'a');
        if (way == 2) typed.pop_back();
        if (way == 3) amount -= 5;
        if (way == 4) amount += 7;
        pay(phone, typed, amount);
        if (choices_.below(8) == 0) pay(phone, typed, amount);
    }

    SeededRandom choices_{GetParam() + 23};
    World world_{
        {.seed = GetParam(),
         .to_rail = {.reply_lost_percent = 3},
         .to_gateway = {.request_lost_percent = 30, .doubled_percent = 20, .late_percent = 10},
         .sweep = 15min}};
};

TEST_P(Afternoon, WithPaybillMoneyKeepsEveryLawAndAgreesWithTheRail) {
    std::string registered;
    for (int i = 0; i < 10 && registered.find("\"ok\"") == std::string::npos; ++i) {
        registered = world_.admin(http::Method::post, "/admin/paybill/register");
    }
    ASSERT_NE(registered.find("\"ok\""), std::string::npos) << registered;
    world_.at_rail("/simulator/settings", R"({"c2b_validation":false,"confirm_pushes":true})");
    int paid_by_paybill = 0;
    for (int i = 0; i < 60; ++i) {
        // 073: nobody answers the prompt, and the payer goes to the menu instead.
        const bool by_menu = i % 2 == 0;
        const auto phone = "254712" + std::to_string(100 + i) + (by_menu ? "073" : "555");
        const auto amount = 100 + static_cast<std::int64_t>(choices_.below(900));
        const auto order = world_.create(amount, phone, "order-" + std::to_string(i));
        if (order.empty()) {
            world_.let_time_pass(5s);
            continue;
        }
        world_.let_time_pass(std::chrono::seconds{1 + choices_.below(90)});
        if (by_menu) {
            pay_order(phone, order, amount);
            ++paid_by_paybill;
        }
        if (i == 30) world_.restart_gateway();
    }
    world_.let_time_pass(3h);
    EXPECT_GT(paid_by_paybill, 20);
    EXPECT_EQ(world_.broken_laws(), "");
    EXPECT_EQ(world_.ledgers_differ(), "");
    const auto waiting =
        json::parse(world_.admin(http::Method::get, "/admin/paybill/unmatched?limit=1000"));
    EXPECT_FALSE(waiting->find("items")->array()->empty());
}
INSTANTIATE_TEST_SUITE_P(Seeds, Afternoon, testing::Values(1, 2, 3));

}  // namespace
}  // namespace lango::simulation
