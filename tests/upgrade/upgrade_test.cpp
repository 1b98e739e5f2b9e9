// A database of the version before and a rotated master key, each with deposits and payouts in
// every state: no payout goes out under a second id, no prompt twice, and what Safaricom tells
// afterwards still comes in.
#include <gtest/gtest.h>
#include <algorithm>

#include <map>
#include <set>

#include "base/json.hpp"
#include "deposits/create.hpp"
#include "tests/simulation/world.hpp"
#include "tests/upgrade/old_database.hpp"
#include "withdrawals/create.hpp"

namespace lango::upgrade {
namespace {

using namespace std::chrono_literals;
using simulation::World;
using withdrawals::State;

class Change : public testing::Test {
  protected:
    Change() {
        world_.fund(60'000);
        world_.let_time_pass(2min);
        fill_deposits();
        fill_payouts();
        sending();
    }

    void deposit(deposits::State state, std::int64_t shillings, const std::string& phone) {
        const auto order =
            world_.create(shillings, phone, "old-" + std::string{deposits::name(state)});
        ASSERT_NE(order, "");
        orders_.insert_or_assign(state, order);
    }
    std::string deposit_in(deposits::State state) { return world_.state_of(orders_.at(state)); }
    void fill_deposits() {
        using enum deposits::State;
        deposit(paid, 100, "254712345678");
        deposit(failed, 100, "254712345032");   // by the payer
        deposit(expired, 100, "254712345067");  // the rail takes it never
        world_.let_time_pass(12min);
        // Who asks hears for now that it is being processed, and the list is not there.
        world_.at_rail("/simulator/settings",
                       R"({"processing_ms":3600000,"pull_needs_registration":true})");
        deposit(verifying, 6000, "254712347678");
        deposit(unknown, 100, "254712346062");  // paid; neither reply nor callback comes
    }
    // Those that stay so for a short while.
    void sending() {
        using enum deposits::State;
        deposit(prompted, 100, "254712348073");
        world_.let_time_pass(1s);
        const auto later = world_.fresh_deposit();
        static_cast<void>(world_.command([&](store::Tx& tx, Instant now) {
            ASSERT_TRUE(deposits::create(tx,
                                         {.id = later,
                                          .merchant = MerchantId{1},
                                          .custom_transaction_id = "old-created",
                                          .label = "user",
                                          .phone = *Msisdn::parse("254712349678"),
                                          .amount = Money::kes(100)},
                                         {}, now));
            tx.run("UPDATE deposits SET due_at = ?2 WHERE id = ?1", later, now + 5min);
        }));
        orders_.insert_or_assign(created, hex16(later.value()));
        open_.insert_or_assign("sending", *world_.withdraw(1006, "254712345679", "sending"));
        deposit(pushing, 100, "254712340678");
        for (int i = 0; i < 100 && (state_of("sending") != State::sending ||
                                    deposit_in(pushing) != deposits::name(pushing));
             ++i) {
            world_.let_time_pass(1ms);
        }
        ids_["sending"] = world_.withdrawal(open_.at("sending")).payout_id;
    }
    void fill_payouts() {
        // No result; reply lost and no result; a result three minutes late.
        open_.insert_or_assign("unknown", *world_.withdraw(1001, "254712345162", "unknown"));
        open_.insert_or_assign("sent without result",
                               *world_.withdraw(1002, "254712345150", "no-result"));
        world_.let_time_pass(2min);
        open_.insert_or_assign("sent", *world_.withdraw(1003, "254712345153", "late"));
        world_.let_time_pass(2s);
        open_.insert_or_assign("waiting", waiting());
        open_.insert_or_assign("queued", queued());
        for (const auto& [name, id] : open_) ids_[name] = world_.withdrawal(id).payout_id;
    }
    // In its row, and due in an hour.
    WithdrawalId queued() {
        const auto id = world_.fresh_withdrawal();
        static_cast<void>(world_.command([&](store::Tx& tx, Instant now) {
            ASSERT_TRUE(withdrawals::create(tx,
                                            {.id = id,
                                             .merchant = MerchantId{1},
                                             .withdrawal_id = "queued ",
                                             .label = "user",
                                             .phone = *Msisdn::parse("254712345678"),
                                             .amount = Money::kes(1005),
                                             .fee = Money::zero(),
                                             .comment = {}},
                                            now));
            tx.run("UPDATE withdrawals SET due_at = ?2 WHERE id = ?1", id, now + 1h);
        }));
        return id;
    }
    WithdrawalId waiting() {
        const auto id = world_.fresh_withdrawal();
        static_cast<void>(world_.command([&](store::Tx& tx, Instant now) {
            ASSERT_TRUE(withdrawals::create(tx,
                                            {.id = id,
                                             .merchant = MerchantId{1},
                                             .withdrawal_id = " waiting",
                                             .label = "user",
                                             .phone = *Msisdn::parse("254712345677"),
                                             .amount = Money::kes(1004),
                                             .fee = Money::zero(),
                                             .comment = {},
                                             .needs_approval = true},
                                            now));
        }));
        return id;
    }
    State state_of(const std::string& name) { return world_.withdrawal(open_.at(name)).state; }

    void expect_every_open_state() {
        std::set<State> states;
        for (const auto& [name, id] : open_) states.insert(world_.withdrawal(id).state);
        for (const auto state :
             {State::waiting, State::queued, State::sending, State::sent, State::unknown}) {
            EXPECT_TRUE(states.contains(state)) << withdrawals::name(state);
        }
        for (const auto& [state, order] : orders_) {
            EXPECT_EQ(deposit_in(state), deposits::name(state));
        }
        EXPECT_EQ(orders_.size(), 8U);
    }
    void expect_the_same_ids() {
        for (const auto& [name, id] : open_) {
            EXPECT_EQ(world_.withdrawal(id).payout_id, ids_.at(name)) << name;
        }
    }
    // Each goes out, or is asked about, to its end.
    void expect_all_paid_once() {
        world_.at_rail("/simulator/settings",
                       R"({"processing_ms":0,"pull_needs_registration":false})");
        EXPECT_EQ(world_.person_approves(open_.at("waiting"), "amina"),
                  withdrawals::Decided::queued);
        world_.let_time_pass(3h);
        std::map<std::string, int> times;
        for (const auto& payout : world_.rail().ledger().payouts()) {
            ++times[payout.originator_conversation_id];
        }
        for (const auto& [name, id] : open_) {
            EXPECT_EQ(world_.withdrawal(id).state, State::paid) << name;
            EXPECT_EQ(times[ids_.at(name)], 1) << name;
        }
        EXPECT_EQ(times.size(), open_.size()) << "under another id";
        expect_deposits_finished();
        EXPECT_EQ(world_.broken_laws(), "");
        EXPECT_EQ(world_.ledgers_differ(), "");
    }

    // What was paid is, once, though a reply or its callback was lost; the others are over.
    void expect_deposits_finished() {
        using enum deposits::State;
        for (const auto& [was, is] : {std::pair{created, paid},
                                      {pushing, paid},
                                      {prompted, failed},
                                      {unknown, paid},
                                      {verifying, paid},
                                      {paid, paid},
                                      {failed, failed},
                                      {expired, expired}}) {
            EXPECT_EQ(deposit_in(was), deposits::name(is))
                << deposits::name(was) << " when the version changed";
        }
        EXPECT_EQ(static_cast<std::int64_t>(world_.rail().ledger().payments().size()),
                  world_.number("SELECT (SELECT COUNT(*) FROM deposits WHERE state = 6) + "
                                "(SELECT COUNT(*) FROM suspense_items)"))
            << "one each";
    }

    World world_{{.seed = 11,
                  .confirm_above = Money::kes(5000),
                  .payouts = true,
                  .sweep = 15min,
                  .mark = true}};
    std::map<deposits::State, std::string> orders_;
    std::map<std::string, WithdrawalId> open_;
    std::map<std::string, std::string> ids_;
};

class Upgrade : public Change {
  protected:
    // That version made no mark.
    void upgrade(const std::string& statements = "") {
        world_.forget_mark();
        world_.restart_gateway([&] {
            make_old(world_.database(), world_.master());
            if (!statements.empty()) run(world_.database(), statements);
        });
    }
};

TEST_F(Upgrade, KeepsTheIdOfEveryOpenPayoutAndFinishesIt) {
    expect_every_open_state();
    upgrade();
    for (const auto& [name, id] : open_) {
        EXPECT_EQ(world_.withdrawal(id).payout_id, "lango-" + hex16(id.value())) << name;
    }
    expect_the_same_ids();
    expect_all_paid_once();
}

TEST_F(Upgrade, IsNoOlderBackup) {
    upgrade();
    EXPECT_NE(world_.admin(http::Method::get, "/admin/restore").find(R"("restored":null)"),
              std::string::npos);
}

TEST_F(Upgrade, OpensKeysThatWereSealedBeforeAndMovesNoneOfThemAfterwards) {
    upgrade();
    EXPECT_NE(world_.create(100, "254712345670", "after"), "");
    world_.let_time_pass(1min);
    EXPECT_TRUE(std::ranges::any_of(world_.postbacks(), [](const std::string& body) {
        return body.find("\"after\"") != std::string::npos;
    }));
    const auto sealed = world_.text("SELECT private_key FROM merchants WHERE id = 1");
    EXPECT_FALSE(world_.master().open_unnamed(sealed));
    EXPECT_TRUE(world_.master().open("merchants/1/private_key", sealed));
    EXPECT_FALSE(world_.master().open("merchants/1/webhook_secret", sealed));
}

// Ids with blanks and receipts in small letters, as that version took them. The rail's list tells
// the payment again, in its own letters: it is no money that nobody knew of.
TEST_F(Upgrade, TakesWhatThatVersionTook) {
    ASSERT_NE(world_.admin(http::Method::post, "/admin/paybill/register").find("\"ok\""),
              std::string::npos);
    world_.at_rail("/simulator/settings", R"({"c2b_validation":false})");
    world_.at_rail("/simulator/phones/254712345111/pay",
                   R"({"paybill":"174379","account":"chips","amount":300,"pin":"1234"})");
    world_.let_time_pass(1min);
    ASSERT_EQ(world_.number("SELECT COUNT(*) FROM suspense_items"), 1);
    const auto open = world_.number("SELECT COUNT(*) FROM deposits WHERE closed_at IS NULL");
    ASSERT_GT(open, 0);
    upgrade(
        "UPDATE deposits SET custom_transaction_id = custom_transaction_id || ' ' "
        "WHERE closed_at IS NULL;"
        "UPDATE receipts SET receipt = lower(receipt) || ' ' WHERE receipt IN "
        "(SELECT receipt FROM suspense_items);"
        "UPDATE suspense_items SET receipt = lower(receipt) || ' '");
    EXPECT_EQ(world_.broken_laws(), "");
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM odd_receipts WHERE receipt GLOB 'u* '"), 1);
    expect_all_paid_once();
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM suspense_items"), 1);
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM deposits WHERE custom_transaction_id LIKE "
                            "'old-% '"),
              open);
}

// People keep their keys, whoever was removed lately is missed, and what waits needs as many as
// then.
TEST_F(Upgrade, CarriesPeopleAndWhatWaitsForThem) {
    const auto key = world_.operator_key("amina");
    upgrade(
        "UPDATE merchants SET approvals_needed = 2;"
        "INSERT INTO operators (name, key_hash, added_at, removed_at) VALUES ('gone', x'00', 1, 2);"
        "INSERT INTO operator_acts SELECT MAX(number) + 1, 1, 'root', 'operator added', 'gone', '' "
        "FROM operator_acts;"
        "INSERT INTO operator_acts SELECT MAX(number) + 1, 2, 'root', 'operator removed', 'gone', "
        "'' FROM operator_acts");
    EXPECT_EQ(world_.number("SELECT key_is_own FROM operators WHERE name = 'amina'"), 1);
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM former_people WHERE name = 'gone' AND "
                            "removed_at = 2"),
              1);
    EXPECT_EQ(world_.number("SELECT withdrawal_id FROM approvals_asked WHERE needed = 2"),
              open_.at("waiting").value());
    EXPECT_NE(
        world_
            .admin(http::Method::post, "/admin/own-key", R"({"as":"amina","key":")" + key + R"("})")
            .find("\"ok\""),
        std::string::npos);
}

class Rotation : public Change {};

TEST_F(Rotation, OfTheMasterKeyKeepsTheIdOfEveryOpenPayoutAndFinishesIt) {
    expect_every_open_state();
    const auto before = world_.text("SELECT hex(sealed) FROM installation_secrets");
    world_.restart_gateway([&] { world_.rotate_master_key(); });
    EXPECT_NE(world_.text("SELECT hex(sealed) FROM installation_secrets"), before);
    expect_the_same_ids();
    expect_all_paid_once();
}

TEST_F(Rotation, OfTheMasterKeyKeepsPayoutIdsOfRequestsToCome) {
    const auto id_of = [&](const std::string& own) {
        EXPECT_NE(
            world_
                .request_withdrawal(R"({"withdrawal_id":")" + own +
                                    R"(","payment_system":"mpesa","currency_code":"KES",)"
                                    R"("label":"160496026","comment":"withdrawal","is_test":false,)"
                                    R"("account_number":"254712345678","amount":500})")
                .body.find("ok"),
            std::string::npos);
        return world_.text("SELECT payout_id FROM withdrawals WHERE withdrawal_id = 'w-1'");
    };
    const auto before = id_of("w-1");
    world_.command([](store::Tx& tx, Instant) {
        tx.run(
            "UPDATE withdrawals SET withdrawal_id = 'w-0', payout_id = 'lango-0', "
            "signature = NULL, signed_form = 0 "
            "WHERE withdrawal_id = 'w-1'");
        tx.run("UPDATE withdrawal_keys SET withdrawal_id = 'w-0' WHERE withdrawal_id = 'w-1'");
        tx.run("DELETE FROM withdrawal_signatures");
    });
    world_.restart_gateway([&] { world_.rotate_master_key(); });
    EXPECT_EQ(id_of("w-1"), before);
}

}  // namespace
}  // namespace lango::upgrade
