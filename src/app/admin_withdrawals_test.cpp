// What operators do about withdrawals, as the command line asks for it.
#include <gmock/gmock.h>

#include "api/withdrawal_fixture.hpp"
#include "app/admin.hpp"
#include "base/json_writer.hpp"

namespace lango::app {
namespace {

using testing::HasSubstr;

class AdminWithdrawals : public api::test::WithdrawalEndpoints {
  protected:
    AdminWithdrawals() {
        const auto made = store_.write([&](store::Tx& tx) {
            return merchants::create(tx, master_, random_, api::test::start, "shop", "", "test");
        });
        EXPECT_EQ(made->merchant.id, MerchantId{1});
        refresh();
        for (const auto* name : {"amina", "brian", "chebet"}) {
            const auto answer = ask("/admin/operators", {{"name", name}});
            keys_.emplace_back(name, json::parse(answer)->text_at("key"));
        }
    }
    void refresh() {
        directory_.replace(
            store_.write([&](store::Tx& tx) { return merchants::list(tx, master_); }));
    }
    void set(std::string_view setting, std::string_view value) {
        EXPECT_TRUE(store_.write([&](store::Tx& tx) {
            return merchants::set(tx, api::test::start, "shop", setting, value, "test");
        }));
        refresh();
    }
    using Members = std::vector<std::pair<std::string, std::string>>;
    // The answer's body.
    std::string ask(const std::string& target, const Members& members) {
        std::string body;
        json::Writer writer{body};
        writer.begin_object();
        for (const auto& [name, value] : members) writer.member(name, value);
        writer.end_object();
        return store_.wait_for(router_.handle(post(target, "", body))).body;
    }
    std::string show(const std::string& target) {
        return store_.wait_for(router_.handle(get(target, ""))).body;
    }
    std::string as(const std::string& who, const std::string& target, Members members = {}) {
        members.emplace_back("as", who);
        for (const auto& [name, key] : keys_) {
            if (name == who) members.emplace_back("key", key);
        }
        return ask(target, members);
    }
    // Made by amina; its id.
    std::string create(const std::string& amount = "1000") {
        const auto answer = as("amina", "/admin/withdrawals",
                               {{"merchant", "shop"},
                                {"account_number", "0712 345 678"},
                                {"amount", amount},
                                {"label", "user"}});
        EXPECT_THAT(answer, HasSubstr("\"ok\""));
        return json::parse(answer)->text_at("id");
    }
    std::string code_of(const std::string& id) {
        return json::parse(show("/admin/withdrawals/" + id))
            ->find("withdrawal")
            ->text_at("approval_code");
    }
    std::string approve(const std::string& who, const std::string& id) {
        return as(who, "/admin/withdrawals/" + id + "/approve", {{"seen", code_of(id)}});
    }
    std::string batch(const std::string& rows, bool dry_run) {
        std::string body = R"({"as":"amina","key":")" + keys_[0].second +
                           R"(","merchant":"shop","dry_run":)" + (dry_run ? "true" : "false") +
                           R"(,"rows":)" + rows + "}";
        return store_.wait_for(router_.handle(post("/admin/withdrawals/batch", "", body))).body;
    }

    Members keys_;
    http::Router router_ = admin_routes({.store = store_.store(),
                                         .clock = clock_,
                                         .random = random_,
                                         .master = master_,
                                         .ids = ids_,
                                         .refresh = {},
                                         .wake_postbacks = {},
                                         .settle = {},
                                         .withdrawals = &payouts_});
};

TEST_F(AdminWithdrawals, AreMadeByHandAndWakeTheWorker) {
    const auto id = create();
    EXPECT_EQ(payout_wakes_, 1);
    const auto shown = show("/admin/withdrawals/" + id);
    EXPECT_THAT(shown,
                HasSubstr(R"("kind":"manual","state":"queued","account_number":"254712345678")"));
    EXPECT_THAT(shown, HasSubstr(R"("created_by":"amina")"));
    EXPECT_THAT(show("/admin/withdrawals"), HasSubstr(id));
    EXPECT_THAT(show("/admin/operators"), HasSubstr("withdrawal created"));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AdminWithdrawals, AreRefusedToWhomNobodyKnows) {
    const Members fields{{"merchant", "shop"},
                         {"account_number", "254712345678"},
                         {"amount", "1000"},
                         {"label", "user"}};
    EXPECT_EQ(as("dedan", "/admin/withdrawals", fields),
              R"({"status":"fail","message":"There is no operator dedan with this key."})");
    auto wrong = fields;
    wrong.emplace_back("as", "amina");
    wrong.emplace_back("key", keys_[1].second);
    EXPECT_EQ(ask("/admin/withdrawals", wrong),
              R"({"status":"fail","message":"There is no operator amina with this key."})");
    EXPECT_EQ(ask("/admin/withdrawals", fields),
              R"({"status":"fail","message":"Say who decides: --as NAME."})");
    EXPECT_EQ(withdrawals(), 0);
}

TEST_F(AdminWithdrawals, AreRefusedInOneLine) {
    EXPECT_EQ(
        as("amina", "/admin/withdrawals",
           {{"merchant", "shop"}, {"account_number", "12"}, {"amount", "1,000"}, {"label", "u"}}),
        R"({"status":"fail","message":"amount: The amount must be an integer. account_number: The account number format is invalid."})");
    EXPECT_EQ(as("amina", "/admin/withdrawals", {{"merchant", "nobody"}}),
              R"({"status":"fail","message":"there is no merchant nobody"})");
}

TEST_F(AdminWithdrawals, AreApprovedByOthersAndByEnough) {
    set("approval-from", "1");
    set("approvals-needed", "2");
    const auto id = create();
    EXPECT_EQ(approve("amina", id),
              R"({"status":"fail","message":"Nobody approves what he created."})");
    EXPECT_EQ(approve("brian", id),
              R"({"status":"ok","outcome":"approved","approvals":1,"needed":2})");
    EXPECT_EQ(approve("brian", id),
              R"({"status":"fail","message":"You have approved it already."})");
    EXPECT_EQ(as("chebet", "/admin/withdrawals/" + id + "/approve", {{"seen", "other"}}),
              R"({"status":"fail","message":"It is not what you saw: look at it again."})");
    EXPECT_EQ(approve("chebet", id),
              R"({"status":"ok","outcome":"queued","approvals":2,"needed":2})");
    EXPECT_THAT(show("/admin/withdrawals/" + id), HasSubstr("chebet, 2 of 2"));
}

TEST_F(AdminWithdrawals, AreRejectedWithAReason) {
    set("approval-from", "1");
    const auto id = create();
    EXPECT_THAT(as("brian", "/admin/withdrawals/" + id + "/reject", {{"reason", "no such user"}}),
                HasSubstr("rejected"));
    EXPECT_THAT(show("/admin/withdrawals/" + id), HasSubstr("brian: no such user"));
    EXPECT_EQ(store_.number("SELECT held FROM accounts WHERE kind = 2"), 0);
    EXPECT_EQ(
        approve("chebet", id),
        R"({"status":"fail","message":"It waits for nobody any more: it has gone to the rail, )"
        R"(or has ended."})");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AdminWithdrawals, AreNotSettledBeforeTheyWereSent) {
    const auto id = create();
    EXPECT_EQ(
        as("brian", "/admin/withdrawals/" + id + "/settle", {{"verdict", "failed"}}),
        R"({"status":"fail","message":"There is nothing to settle: it was not sent, or its end is known."})");
    EXPECT_EQ(as("brian", "/admin/withdrawals/0000000000000007/settle", {{"verdict", "failed"}}),
              R"({"status":"fail","message":"There is no such withdrawal."})");
}

TEST_F(AdminWithdrawals, ComeInBatchesThatMayBeGivenAgain) {
    const std::string rows =
        R"([{"withdrawal_id":"a","account_number":"0712345678","amount":"100","label":"u"},)"
        R"({"withdrawal_id":"","account_number":"12","amount":"100","label":""},)"
        R"({"withdrawal_id":"b","account_number":"254712345679","amount":"200","label":"u"}])";
    const std::string said =
        R"({"status":"ok","rows":[{"outcome":"taken","text":""},)"
        R"({"outcome":"wrong","text":"label: The label field is required. account_number: The account number format is invalid."},)"
        R"({"outcome":"taken","text":""}]})";
    EXPECT_EQ(batch(rows, true), said);
    EXPECT_EQ(withdrawals(), 0);
    EXPECT_EQ(batch(rows, false), said);
    EXPECT_EQ(withdrawals(), 2);
    EXPECT_THAT(batch(rows, false), HasSubstr(R"({"outcome":"there","text":"queued"})"));
    EXPECT_EQ(withdrawals(), 2);
    EXPECT_EQ(payout_wakes_, 1);
}

}  // namespace
}  // namespace lango::app
