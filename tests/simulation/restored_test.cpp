// An older backup is put back: nothing is paid twice, no number is told for something else, and
// what was done since is in front of a person. Our ledger and the simulated Safaricom's agree.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "batches/release.hpp"
#include "tests/simulation/world.hpp"

namespace lango::simulation {
namespace {

using namespace std::chrono_literals;
using withdrawals::State;

class RestoredBackup : public testing::Test {
  protected:
    RestoredBackup() {
        world_.fund(10'000);
        world_.let_time_pass(2min);
        key_ = world_.operator_key("amina");
    }
    // As a shop does, by the API.
    bool request(const std::string& id, int shillings = 1000) {
        const auto answer = world_.request_withdrawal(
            R"({"withdrawal_id":")" + id +
            R"(","payment_system":"mpesa","currency_code":"KES","label":"160496026",)"
            R"("comment":"withdrawal","is_test":false,"account_number":"254712345678","amount":)" +
            std::to_string(shillings) + "}");
        const bool taken = answer.body.find(R"("ok")") != std::string::npos;
        EXPECT_TRUE(taken) << answer.body;
        return taken;
    }
    std::shared_ptr<const json::Value> shown() {
        shown_ = std::make_shared<json::Value>(
            *json::parse(world_.admin(http::Method::get, "/admin/restore")));
        return {shown_, shown_->find("restored")};
    }
    bool is_restored() { return !shown()->is_null(); }
    // A person has looked at the portal.
    std::string lift() {
        std::string body;
        json::Writer{body}
            .begin_object()
            .member("as", "amina")
            .member("key", key_)
            .member("seen", shown()->text_at("seen"))
            .end_object();
        return world_.admin(http::Method::post, "/admin/restore/lift", body);
    }
    std::size_t paid_out() { return world_.rail().ledger().payouts().size(); }
    std::string reference(const std::string& order) {
        return json::parse(world_.admin(http::Method::post, "/admin/paybill/references",
                                        R"({"order_id":")" + order + R"("})"))
            ->text_at("reference");
    }
    // "": a withdrawal's postback has none.
    static std::string stockpiling_id(const std::string& body) {
        const auto at = body.find("\"stockpiling_id\":") + 17;
        const auto id = body.substr(at, body.find_first_of(",}", at) - at);
        return id == "null" ? "" : id;
    }
    std::vector<std::string> stockpiling_ids() {
        std::vector<std::string> all;
        for (const auto& body : world_.postbacks()) {
            if (auto id = stockpiling_id(body); !id.empty()) all.push_back(std::move(id));
        }
        return all;
    }
    void expect_all_is_well() {
        EXPECT_EQ(world_.broken_laws(), "");
        EXPECT_EQ(world_.ledgers_differ(), "");
    }

    World world_{{.seed = 7, .payouts = true, .sweep = 15min, .mark = true}};
    std::string key_;
    std::shared_ptr<json::Value> shown_;
};

TEST_F(RestoredBackup, ThatWasNotPutBackIsNone) {
    world_.let_time_pass(5min);
    world_.restart_gateway();
    EXPECT_FALSE(is_restored());
}

TEST_F(RestoredBackup, DoesNotPayWhatTheShopAsksForAgain) {
    world_.back_up();
    ASSERT_TRUE(request("w-1"));
    world_.let_time_pass(1min);
    ASSERT_EQ(paid_out(), 1U);
    world_.put_back();
    ASSERT_TRUE(is_restored());
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM withdrawals"), 0);
    ASSERT_TRUE(request("w-1")) << "the shop knows nothing of an end";
    world_.let_time_pass(10min);
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM withdrawals WHERE state = 2"), 1) << "halted";
    EXPECT_NE(lift().find("\"ok\""), std::string::npos);
    world_.let_time_pass(10min);
    EXPECT_EQ(paid_out(), 1U);
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM withdrawals WHERE state = 6"), 1)
        << "and the shop is told that it was paid";
    expect_all_is_well();
}

// What it lacks of a batch was paid: a person who knows that says its sum anew, and nobody else.
TEST_F(RestoredBackup, MakesNothingOfABatchByItself) {
    static_cast<void>(world_.admin(http::Method::post, "/admin/batches?merchant=demo",
                                   "withdrawal_id,account_number,amount,label\nb-1,254712001777,"
                                   "100,u\nb-2,254712002777,100,u\n"));
    const auto release = [&] {
        ASSERT_TRUE(world_.command([](store::Tx& tx, Instant now) {
            EXPECT_EQ(batches::release(tx,
                                       {.number = 1,
                                        .who = "amina",
                                        .seen = batches::code(*batches::find(tx, 1)),
                                        .sum = Money::kes(200)},
                                       now),
                      batches::Released::yes);
        }));
    };
    release();
    world_.back_up();
    world_.restart_gateway();
    world_.let_time_pass(1min);
    ASSERT_EQ(paid_out(), 2U);
    world_.put_back();
    ASSERT_TRUE(is_restored());
    world_.let_time_pass(1min);
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM batches WHERE state = 4"), 1);
    EXPECT_NE(world_.text("SELECT why FROM batches").find("an older backup stands here"),
              std::string::npos);
    EXPECT_NE(lift().find("\"ok\""), std::string::npos);
    world_.let_time_pass(10min);
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM withdrawals"), 0) << "not by itself";
    release();
    world_.restart_gateway();
    world_.let_time_pass(30min);
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM withdrawals WHERE state = 6"), 2);
    EXPECT_EQ(paid_out(), 2U) << "each is the payout that it was";
    expect_all_is_well();
}

// Not put back by anybody: the log was lost with what was paid since the last checkpoint.
TEST_F(RestoredBackup, OrAFileWithoutItsLogIsFoundOut) {
    world_.restart_gateway();  // all of it is in the file now
    ASSERT_TRUE(request("w-1"));
    const auto order = world_.create(500, "254712345678", "order-1");
    const auto lost = reference(order);
    world_.let_time_pass(2min);
    ASSERT_EQ(paid_out(), 1U);
    ASSERT_EQ(world_.state_of(order), "paid");
    world_.lose_log();
    ASSERT_TRUE(is_restored());
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM withdrawals"), 0);
    ASSERT_TRUE(request("w-1"));
    const auto again = world_.create(600, "254712345670", "order-2");
    EXPECT_NE(reference(again), lost) << "a reference never names two orders";
    EXPECT_NE(lift().find("\"ok\""), std::string::npos);
    world_.let_time_pass(1h);
    EXPECT_EQ(paid_out(), 1U);
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM suspense_items"), 1)
        << "the order is gone; its money, told by the rail's list, is in front of a person";
    // One may be told again of the same payment, whose delivery stood in the log.
    std::map<std::string, std::string> bodies;
    for (const auto& body : world_.postbacks()) {
        const auto id = stockpiling_id(body);
        if (!id.empty()) EXPECT_EQ(bodies.try_emplace(id, body).first->second, body);
    }
    expect_all_is_well();
}

// Asked again for another amount: the rail had something else under this id.
TEST_F(RestoredBackup, CallsAPersonForARepeatWithAnotherAmount) {
    world_.back_up();
    ASSERT_TRUE(request("w-1", 1000));
    world_.let_time_pass(1min);
    world_.put_back();
    ASSERT_TRUE(request("w-1", 900));
    static_cast<void>(lift());
    world_.let_time_pass(10min);
    EXPECT_EQ(paid_out(), 1U);
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM withdrawals WHERE state = 5 AND flags & 1"), 1);
}

TEST_F(RestoredBackup, AsksAboutWhatStoodQueuedBeforeItGoesOut) {
    const auto halt = [&](bool on) {
        static_cast<void>(world_.command([on](store::Tx& tx, Instant now) {
            if (on) {
                tx.run(
                    "INSERT INTO payout_halts (number, began_at, withdrawal_id, code, "
                    "description, ended_by, what) VALUES (99, ?1, 0, '1', '', '', 1)",
                    now);
            } else {
                tx.run("DELETE FROM payout_halts");
            }
        }));
    };
    halt(true);
    ASSERT_TRUE(request("paid-since"));
    ASSERT_TRUE(request("never-sent"));
    world_.let_time_pass(1min);
    world_.back_up();
    world_.command([](store::Tx& tx, Instant) {
        tx.run("UPDATE withdrawals SET due_at = NULL WHERE withdrawal_id = 'never-sent'");
    });
    halt(false);
    world_.let_time_pass(5min);
    ASSERT_EQ(paid_out(), 1U);
    world_.let_time_pass(72h);
    world_.put_back();
    halt(false);
    ASSERT_TRUE(is_restored());
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM withdrawals WHERE state = 2"), 0) << "asked";
    world_.let_time_pass(1h);
    EXPECT_EQ(world_.text("SELECT withdrawal_id FROM withdrawals WHERE state = 6"), "paid-since");
    EXPECT_EQ(world_.text("SELECT withdrawal_id FROM withdrawals WHERE state = 2"), "never-sent");
    EXPECT_EQ(paid_out(), 1U);
    EXPECT_NE(lift().find("\"ok\""), std::string::npos);
    world_.let_time_pass(10min);
    EXPECT_EQ(paid_out(), 2U);
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM withdrawals WHERE state = 6"), 2);
    expect_all_is_well();
}

// They waited for a person when the backup was made; the newer database let one of them go, and the
// rail may have forgotten its id by now.
TEST_F(RestoredBackup, AsksAboutWhatWaitedForApprovalBeforeItGoesOut) {
    EXPECT_NE(world_
                  .admin(http::Method::post, "/admin/merchants/demo/settings",
                         R"({"approval-from":"1","approvals-needed":"1"})")
                  .find("\"ok\""),
              std::string::npos);
    ASSERT_TRUE(request("paid-since"));
    ASSERT_TRUE(request("never-sent"));
    const WithdrawalId since{
        world_.number("SELECT id FROM withdrawals WHERE withdrawal_id = 'paid-since'")};
    const WithdrawalId never{
        world_.number("SELECT id FROM withdrawals WHERE withdrawal_id = 'never-sent'")};
    world_.let_time_pass(1min);
    world_.back_up();
    EXPECT_EQ(world_.person_approves(since, "brian"), withdrawals::Decided::queued);
    world_.let_time_pass(10min);
    ASSERT_EQ(paid_out(), 1U);
    ASSERT_EQ(world_.withdrawal(since).state, State::paid);
    world_.let_time_pass(26h);
    world_.put_back();
    ASSERT_TRUE(is_restored());
    EXPECT_EQ(shown()->text_at("payouts_waiting"), "2");
    EXPECT_EQ(shown()->text_at("payouts_asked_about"), "0");
    world_.let_time_pass(10min);
    EXPECT_NE(lift().find("\"ok\""), std::string::npos);
    for (const auto id : {since, never}) {
        ASSERT_EQ(world_.withdrawal(id).state, State::waiting);
        EXPECT_EQ(world_.person_approves(id, "brian"), withdrawals::Decided::queued);
    }
    world_.let_time_pass(1h);
    EXPECT_EQ(world_.withdrawal(since).state, State::paid);
    EXPECT_EQ(world_.withdrawal(since).sends, 0) << "paid by what the rail says of its id";
    EXPECT_EQ(world_.withdrawal(never).state, State::paid);
    EXPECT_EQ(paid_out(), 2U) << "each of them once";
    expect_all_is_well();
}

TEST_F(RestoredBackup, IsNotLiftedWhilePayoutsAreBeingAskedAbout) {
    ASSERT_TRUE(request("w-1"));
    world_.back_up();
    world_.let_time_pass(2min);
    world_.put_back();
    if (shown()->text_at("payouts_asked_about") != "0") {
        EXPECT_NE(lift().find("still being asked"), std::string::npos);
    }
    world_.let_time_pass(30min);
    EXPECT_NE(lift().find("\"ok\""), std::string::npos);
    world_.let_time_pass(10min);
    EXPECT_EQ(paid_out(), 1U);
    expect_all_is_well();
}

TEST_F(RestoredBackup, LiftsForWhoWasShownWhatStandsHere) {
    world_.back_up();
    world_.let_time_pass(2min);
    world_.put_back();
    EXPECT_NE(world_
                  .admin(http::Method::post, "/admin/restore/lift",
                         R"({"as":"amina","key":")" + key_ + R"(","seen":"12345678"})")
                  .find("Say what you were shown"),
              std::string::npos);
    EXPECT_NE(world_
                  .admin(http::Method::post, "/admin/restore/lift",
                         R"({"as":"nobody","key":"x","seen":"12345678"})")
                  .find("There is no person"),
              std::string::npos);
    EXPECT_TRUE(is_restored());
    EXPECT_NE(lift().find("\"ok\""), std::string::npos);
    EXPECT_FALSE(is_restored());
    world_.restart_gateway();
    EXPECT_FALSE(is_restored()) << "once and for all";
}

// Case a: the rail does not repeat a callback; what it tells of an order that is gone is money.
TEST_F(RestoredBackup, PutsTheMoneyOfALostOrderBeforeAPerson) {
    world_.back_up();
    ASSERT_NE(world_.create(700, "254712000601", "lost-1"), "");
    world_.let_time_pass(2s);
    world_.put_back();
    world_.let_time_pass(1min);
    EXPECT_TRUE(is_restored());
    const auto list = world_.admin(http::Method::get, "/admin/paybill/unmatched");
    EXPECT_NE(list.find("lost_order"), std::string::npos) << list;
    EXPECT_NE(list.find("70000"), std::string::npos) << list;
    expect_all_is_well();
}

// The same, found by the rail's own list where the callback had come before the restore.
TEST_F(RestoredBackup, ReadsTheRailsListAsFarAsItReaches) {
    world_.back_up();
    ASSERT_NE(world_.create(700, "254712000601", "lost-1"), "");
    world_.let_time_pass(20h);
    world_.put_back();
    world_.let_time_pass(5min);
    EXPECT_FALSE(shown()->text_at("pulled_to").empty());
    EXPECT_NE(world_.admin(http::Method::get, "/admin/paybill/unmatched").find("70000"),
              std::string::npos);
    expect_all_is_well();
}

TEST_F(RestoredBackup, TellsNoReferenceForAnotherOrder) {
    world_.back_up();
    const auto lost = reference(world_.create(700, "254712000601", "lost-1"));
    world_.let_time_pass(1min);
    world_.put_back();
    const auto given = reference(world_.create(600, "254712000602", "new-1"));
    EXPECT_NE(given, lost);
    EXPECT_EQ(given.size(), lost.size());
}

TEST_F(RestoredBackup, TellsNoStockpilingIdForAnotherPayment) {
    world_.back_up();
    for (const auto* phone : {"254712000601", "254712000602"}) {
        ASSERT_NE(world_.create(100, phone, std::string{"lost"} + phone), "");
    }
    world_.let_time_pass(2min);
    world_.put_back();
    ASSERT_NE(world_.create(100, "254712000603", "new-1"), "");
    world_.let_time_pass(2min);
    const auto ids = stockpiling_ids();
    EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), ids.size());
    for (const auto& id : ids) EXPECT_LT(std::stoll(id), std::int64_t{1} << 31U);
}

// New orders go on; the merchant of an old one may have been told since.
TEST_F(RestoredBackup, HoldsThePostbacksOfItsOwnPaymentsUntilItIsLifted) {
    ASSERT_NE(world_.create(700, "254712000601", "old-1"), "");
    world_.back_up();
    world_.let_time_pass(2min);
    world_.put_back();
    world_.let_time_pass(30min);
    const auto told = [&](const std::string& id) {
        return std::ranges::count_if(world_.postbacks(), [&](const std::string& body) {
            return body.find(id) != std::string::npos;
        });
    };
    EXPECT_EQ(told("old-1"), 1) << "as it was before the restore";
    EXPECT_EQ(world_.number("SELECT COUNT(*) FROM deposits WHERE custom_transaction_id = 'old-1' "
                            "AND state = 6"),
              1)
        << "asked about, and paid";
    ASSERT_NE(world_.create(700, "254712000602", "new-1"), "");
    world_.let_time_pass(2min);
    EXPECT_EQ(told("new-1"), 1);
    EXPECT_NE(lift().find("\"ok\""), std::string::npos);
    world_.let_time_pass(2min);
    EXPECT_EQ(told("old-1"), 2);
    expect_all_is_well();
}

// Money has left, and its row is gone: whose it was is for a person to say.
TEST_F(RestoredBackup, KeepsTheResultOfALostPayoutForAPerson) {
    world_.back_up();
    const auto lost = world_.withdraw(1000, "254712345153", "");
    ASSERT_TRUE(lost);
    world_.let_time_pass(1s);
    world_.put_back();
    world_.let_time_pass(5min);
    ASSERT_EQ(paid_out(), 1U);
    EXPECT_TRUE(is_restored());
    const auto receipt = world_.text("SELECT receipt FROM lost_payouts");
    ASSERT_EQ(receipt, world_.rail().ledger().payouts().front().receipt);
    EXPECT_NE(world_.admin(http::Method::get, "/admin/restore").find(receipt), std::string::npos);
    EXPECT_NE(world_
                  .admin(http::Method::post, "/admin/restore/lost/" + receipt,
                         R"({"as":"amina","key":")" + key_ + R"(","merchant":"demo"})")
                  .find("\"ok\""),
              std::string::npos);
    expect_all_is_well();
    EXPECT_EQ(world_.number("SELECT -balance FROM accounts WHERE kind = 5"), 100'000);
}

}  // namespace
}  // namespace lango::simulation
