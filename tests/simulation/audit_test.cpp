// What an audit's findings do to the gateway that runs.
#include <gtest/gtest.h>

#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "tests/simulation/world.hpp"

namespace lango::simulation {
namespace {

using namespace std::chrono_literals;

class AnAudit : public testing::Test {
  protected:
    void edit(store::Sql sql) {
        EXPECT_TRUE(world_.command([&](store::Tx& tx, Instant) { tx.run(sql); }));
    }
    // The status of a create.
    int create() {
        const auto n = std::to_string(++number_);
        static_cast<void>(world_.create(100, "25471" + n + "777", "audit-" + n));
        return world_.last_answer.status;
    }
    int withdraw() {
        return world_
            .request_withdrawal(R"({"withdrawal_id":"w)" + std::to_string(++number_) +
                                R"(","account_number":"254720111777","sum":100,)"
                                R"("currency_code":"KES","wallet_type":"mpesa","label":"user",)"
                                R"("comment":""})")
            .status;
    }
    std::string acknowledge() {
        const auto key = world_.operator_key("amina");
        const auto seen =
            json::parse(world_.admin(http::Method::get, "/admin/verify/last"))->text_at("seen");
        std::string body;
        json::Writer{body}
            .begin_object()
            .member("as", "amina")
            .member("key", key)
            .member("seen", seen)
            .end_object();
        return json::parse(world_.admin(http::Method::post, "/admin/verify/acknowledge", body))
            ->text_at("acknowledged");
    }
    std::int64_t halts() {
        return world_.number("SELECT COUNT(*) FROM payout_halts WHERE ended_at IS NULL");
    }

    World world_{{.payouts = true}};
    int number_ = 10'000;
};

TEST_F(AnAudit, OfMoneyThatIsWrongStopsCreatesAndPayoutsUntilAPersonKnows) {
    EXPECT_EQ(world_.broken_laws(), "");
    world_.fund(2000);
    const auto order = world_.create(500, "254711222777", "under-way");
    const auto queued = *world_.withdraw(300, "254722000777", "under-way");
    edit("UPDATE accounts SET balance = balance + 1 WHERE kind = 2");
    EXPECT_NE(world_.broken_laws().find("BalancesEqualPostings: account "), std::string::npos);
    ASSERT_TRUE(world_.gateway().audit().stops());
    EXPECT_EQ(create(), 503);
    EXPECT_EQ(withdraw(), 503);
    EXPECT_NE(world_.last_answer.body.find("was not processed"), std::string::npos);
    EXPECT_EQ(halts(), 1);
    // What the rail tells is taken all the same.
    world_.let_time_pass(1min);
    EXPECT_EQ(world_.state_of(order), "paid");
    // So does a gateway that was started anew.
    world_.restart_gateway();
    EXPECT_EQ(create(), 503);
    EXPECT_EQ(acknowledge(), "1");
    EXPECT_EQ(create(), 200);
    EXPECT_EQ(withdraw(), 200);
    EXPECT_EQ(halts(), 0);
    world_.let_time_pass(5min);
    EXPECT_EQ(world_.withdrawal(queued).state, withdrawals::State::paid);
    // It is found again, and known.
    EXPECT_NE(world_.broken_laws(), "");
    EXPECT_EQ(create(), 200);
}

TEST_F(AnAudit, OfMoneyThatIsWrongIsNotOverruledByResume) {
    EXPECT_EQ(world_.broken_laws(), "");
    world_.fund(2000);
    // Another halt stands before it.
    edit(
        "INSERT INTO payout_halts (number, began_at, withdrawal_id, code, description, ended_by, "
        "what) VALUES (1, 0, 0, '2001', '', '', 2)");
    const auto queued = *world_.withdraw(300, "254722000777", "under-way");
    edit("UPDATE accounts SET balance = balance + 1 WHERE kind = 2");
    EXPECT_NE(world_.broken_laws(), "");
    EXPECT_EQ(halts(), 2);
    const auto resume = [&] { return world_.resume_payouts(); };
    EXPECT_NE(resume().find("A law of money is broken"), std::string::npos);
    world_.let_time_pass(5min);
    EXPECT_EQ(world_.withdrawal(queued).state, withdrawals::State::queued);
    EXPECT_NE(world_.admin(http::Method::get, "/admin/payouts").find(R"("code":"broken law")"),
              std::string::npos);
    // Not even when a hand has lifted every halt.
    edit("UPDATE payout_halts SET ended_at = 1, lifted_at = 1, ended_by = 'a hand'");
    world_.let_time_pass(5min);
    EXPECT_EQ(world_.withdrawal(queued).state, withdrawals::State::queued);
    EXPECT_NE(resume().find("A law of money is broken"), std::string::npos);
    EXPECT_EQ(acknowledge(), "1");
    world_.let_time_pass(5min);
    EXPECT_EQ(world_.withdrawal(queued).state, withdrawals::State::paid);
}

TEST_F(AnAudit, ThatProvesItAgainLetsCreatesAndPayoutsGoOn) {
    EXPECT_EQ(world_.broken_laws(), "");
    edit("UPDATE accounts SET may_be_negative = 0");
    world_.fund(1000);
    edit("UPDATE accounts SET may_be_negative = 1 - may_be_negative");
    EXPECT_NE(world_.broken_laws(), "");
    EXPECT_EQ(create(), 503);
    edit("UPDATE accounts SET may_be_negative = CASE WHEN kind IN (1, 5) THEN 1 ELSE 0 END");
    EXPECT_EQ(world_.broken_laws(), "");
    EXPECT_EQ(create(), 200);
    EXPECT_EQ(halts(), 0);
}

TEST_F(AnAudit, ThatIsADatabasesFirstFindsWhatAnEarlierVersionLeftAndStopsNothing) {
    world_.fund(1000);
    edit("UPDATE accounts SET balance = balance + 1 WHERE kind = 2");
    EXPECT_NE(world_.broken_laws(), "");
    EXPECT_EQ(create(), 200);
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM breaches WHERE known_by = 'first audit'"), 1);
}

TEST_F(AnAudit, OfWhatIsNoMoneyIsToldAndStopsNothing) {
    EXPECT_EQ(world_.broken_laws(), "");
    world_.fund(1000);
    edit("UPDATE merchants SET fee_fixed = 100");
    EXPECT_NE(world_.broken_laws().find("SettingsAreAsSet: demo's fee-fixed is \"1\""),
              std::string::npos)
        << world_.broken_laws();
    EXPECT_EQ(create(), 200);
    EXPECT_FALSE(world_.gateway().audit().stops());
    const auto told = world_.admin(http::Method::get, "/admin/verify/last");
    EXPECT_NE(told.find("demo's fee-fixed"), std::string::npos) << told;
}

TEST(TheBackgroundAudit, BeginsAtTheStartAndComesAgain) {
    World world{{.audit = {.every = 1h}}};
    world.let_time_pass(1min);
    EXPECT_EQ(world.number("SELECT COUNT(*) FROM audits"), 1);
    world.let_time_pass(3h);
    EXPECT_EQ(world.number("SELECT COUNT(*) FROM audits"), 4);
    ASSERT_TRUE(world.gateway().audit().last());
    EXPECT_TRUE(world.gateway().audit().last()->holds());
}

TEST(TheBackgroundAudit, StopsWhatIsWrongWithoutBeingAsked) {
    World world{{.payouts = true, .audit = {.every = 1h}}};
    world.let_time_pass(1min);
    world.fund(1000);
    EXPECT_TRUE(world.command([](store::Tx& tx, Instant) {
        tx.run("UPDATE postings SET amount = amount + 1 WHERE line = 2");
    }));
    EXPECT_FALSE(world.gateway().audit().stops());
    world.let_time_pass(1h);
    EXPECT_TRUE(world.gateway().audit().stops());
}

}  // namespace
}  // namespace lango::simulation
