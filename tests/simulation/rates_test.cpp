// A new table of exchange rates, and what the merchant is told from then on.
#include <gtest/gtest.h>

#include "base/json.hpp"
#include "tests/simulation/world.hpp"

namespace lango::simulation {
namespace {

using namespace std::chrono_literals;

class Rates : public testing::Test {
  protected:
    World world{{.seed = 13}};

    void import(const std::string& table) {
        const auto answer =
            json::parse(world.admin(http::Method::post, "/admin/rates?source=test", table));
        ASSERT_TRUE(answer);
        ASSERT_EQ(answer->text_at("status"), "ok") << answer->text_at("message");
    }
    void pay(const std::string& id, const std::string& phone) {
        ASSERT_NE(world.create(3000, phone, id), "") << world.last_answer.body;
        world.let_time_pass(30s);
    }
    // What the last postback says that the payment is worth.
    std::string worth(std::string_view currency) {
        const auto body = json::parse(world.postbacks().back());
        return body->find("converted_amount")->text_at(currency);
    }
};

TEST_F(Rates, ThatAreImportedConvertWhatIsPaidFromThenOn) {
    pay("a", "254712345999");
    EXPECT_EQ(worth("USD"), "20.34");  // the page's own sample
    EXPECT_EQ(worth("EUR"), "19.24");
    import(R"({"base":"USD","rates":{"USD":1,"KES":100,"EUR":0.5,"JPY":150.25}})");
    pay("b", "254712345998");
    EXPECT_EQ(world.postbacks().size(), 2U);
    EXPECT_EQ(worth("USD"), "30");
    EXPECT_EQ(worth("EUR"), "15");
    EXPECT_EQ(worth("JPY"), "4507.5");
    EXPECT_EQ(worth("KES"), "3000");
    world.restart_gateway();
    pay("c", "254712345997");
    EXPECT_EQ(worth("EUR"), "15");
    EXPECT_EQ(world.broken_laws(), "");
}

// What is signed is sent again as it was signed.
TEST_F(Rates, ThatAreImportedChangeNoPostbackThatWaits) {
    world.merchant_answer.status = 500;
    pay("a", "254712345999");
    ASSERT_FALSE(world.postbacks().empty());
    const auto first = world.postbacks().front();
    import(R"({"base":"USD","rates":{"USD":1,"KES":100}})");
    world.restart_gateway();
    world.merchant_answer.status = 200;
    const auto before = world.postbacks().size();
    world.let_time_pass(10min);
    ASSERT_EQ(world.postbacks().size(), before + 1);
    EXPECT_EQ(world.postbacks().back(), first);
    EXPECT_EQ(worth("USD"), "20.34");
}

TEST_F(Rates, ThatAreRefusedChangeNothing) {
    const auto answer = json::parse(
        world.admin(http::Method::post, "/admin/rates", R"({"base":"EUR","rates":{"KES":100}})"));
    EXPECT_EQ(answer->text_at("status"), "fail");
    pay("a", "254712345999");
    EXPECT_EQ(worth("USD"), "20.34");
}

}  // namespace
}  // namespace lango::simulation
