// A database of the version before and a rotated master key, each with payouts in every open state:
// none goes out under a second id, and what Safaricom tells afterwards still comes in.
#include <gtest/gtest.h>
#include <algorithm>

#include <map>
#include <set>

#include "base/json.hpp"
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
    }

    void fill_deposits() {
        // Paid; failed by the payer; nobody looks at the phone.
        for (const auto* phone : {"254712345678", "254712345032", "254712345037"}) {
            ASSERT_NE(world_.create(100, phone, std::string{"old-"} + phone), "");
        }
        world_.let_time_pass(5min);
        ASSERT_NE(world_.create(100, "254712345679", "under-way"), "");
        world_.let_time_pass(2s);
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
        open_.insert_or_assign("sending", *world_.withdraw(1006, "254712345679", "sending"));
        for (int i = 0; i < 100 && state_of("sending") != State::sending; ++i) {
            world_.let_time_pass(1ms);
        }
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
    }
    void expect_the_same_ids() {
        for (const auto& [name, id] : open_) {
            EXPECT_EQ(world_.withdrawal(id).payout_id, ids_.at(name)) << name;
        }
    }
    // Each goes out, or is asked about, to its end.
    void expect_all_paid_once() {
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
        EXPECT_EQ(world_.broken_laws(), "");
        EXPECT_EQ(world_.ledgers_differ(), "");
    }

    World world_{{.seed = 11, .payouts = true, .mark = true}};
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

// Ids with blanks and receipts in small letters, as that version took them.
TEST_F(Upgrade, TakesWhatThatVersionTook) {
    upgrade(
        "UPDATE deposits SET custom_transaction_id = custom_transaction_id || ' ' "
        "WHERE custom_transaction_id LIKE 'old-%' AND state <> 6");
    EXPECT_EQ(world_.broken_laws(), "");
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM deposits WHERE custom_transaction_id LIKE "
                            "'old-% '"),
              2);
    world_.let_time_pass(5min);
    EXPECT_EQ(world_.number("SELECT state FROM deposits WHERE custom_transaction_id = "
                            "'under-way'"),
              6);
    expect_all_paid_once();
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
    });
    world_.restart_gateway([&] { world_.rotate_master_key(); });
    EXPECT_EQ(id_of("w-1"), before);
}

}  // namespace
}  // namespace lango::upgrade
