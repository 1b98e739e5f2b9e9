// What operators do about withdrawals, as the command line asks for it.
#include "backoffice/operators_fixture.hpp"

namespace lango::backoffice {
namespace {

using testing::HasSubstr;

class AdminWithdrawals : public test::Operators {
  protected:
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
};

TEST_F(AdminWithdrawals, AreMadeByHandAndWakeTheWorker) {
    const auto id = create();
    EXPECT_EQ(payout_wakes_, 1);
    const auto shown = show("/admin/withdrawals/" + id);
    EXPECT_THAT(shown,
                HasSubstr(R"("kind":"manual","state":"queued","account_number":"254712345678")"));
    EXPECT_THAT(shown, HasSubstr(R"("created_by":"amina")"));
    EXPECT_THAT(shown, HasSubstr(R"("time_zone":"Africa/Nairobi","ledger":[])")) << "not paid yet";
    EXPECT_THAT(show("/admin/withdrawals"), HasSubstr(id));
    EXPECT_THAT(show("/admin/users"), HasSubstr("withdrawal created"));
    EXPECT_EQ(broken_laws(), "");
}

// The merchant's rules ask nobody, and support may not approve.
TEST_F(AdminWithdrawals, OfWhoMayNotApproveWaitForWhoMay) {
    enrol("sam", "support");
    enrol("sue", "support");
    const Members wish{{"merchant", "shop"},
                       {"account_number", "0712 345 678"},
                       {"amount", "1000"},
                       {"label", "user"}};
    const auto made = json::parse(as("sam", "/admin/withdrawals", wish));
    EXPECT_EQ(made->text_at("state"), "waiting");
    const auto id = made->text_at("id");
    EXPECT_THAT(approve("sue", id), HasSubstr("not_permitted"));
    EXPECT_THAT(approve("brian", id), HasSubstr(R"("outcome":"queued")"));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AdminWithdrawals, OfADisabledMerchantAreRefusedAndTheOpenOnesGoOn) {
    set("approval-from", "500");
    const auto open = create();
    const std::string state{"/admin/merchants/shop/"};
    EXPECT_THAT(ask(state + "disable", {{"as", "amina"}, {"key", "wrong"}}),
                HasSubstr("There is no person amina with this key."));
    EXPECT_THAT(nobody(state + "disable", {}), HasSubstr("no_administrator"));
    EXPECT_EQ(as("brian", state + "disable", {{"reason", "fraud"}}), R"({"status":"ok"})");
    EXPECT_EQ(as("brian", state + "disable"),
              R"({"status":"fail","message":"shop is disabled already"})");
    EXPECT_EQ(as("brian", "/admin/merchants/nobody/disable"),
              R"({"status":"fail","message":"there is no merchant nobody"})");

    const Members wish{{"merchant", "shop"},
                       {"account_number", "0712 345 678"},
                       {"amount", "1000"},
                       {"label", "user"}};
    EXPECT_THAT(as("amina", "/admin/withdrawals", wish), HasSubstr("This merchant is disabled"));
    EXPECT_THAT(
        upload("amina", "withdrawal_id,account_number,amount,label\nw-1,254712345678,10,user\n"),
        HasSubstr(R"("reason":"This merchant is disabled)"));
    EXPECT_THAT(release("amina", "1", "10"), HasSubstr("1 of its rows are wrong"));
    make_rows();
    EXPECT_EQ(withdrawals(), 1);
    EXPECT_THAT(approve("chebet", open), HasSubstr(R"("outcome":"queued")"));

    EXPECT_THAT(show("/admin/merchants"), HasSubstr(R"("state":"disabled")"));
    EXPECT_THAT(show("/admin/merchants/shop"), HasSubstr(R"("state_by":"brian")"));
    EXPECT_THAT(show("/admin/users"),
                HasSubstr(R"("who":"brian","act":"merchant disabled","subject":"shop","detail":)"
                          R"("fraud")"));
    EXPECT_EQ(as("amina", state + "enable"), R"({"status":"ok"})");
    EXPECT_THAT(as("amina", "/admin/withdrawals", wish), HasSubstr("\"ok\""));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AdminWithdrawals, AskedForAgainUnderTheirIdAreMadeOnce) {
    const Members wish{{"merchant", "shop"},
                       {"account_number", "0712 345 678"},
                       {"amount", "1000"},
                       {"label", "user"},
                       {"withdrawal_id", "w-1"}};
    const auto first = as("amina", "/admin/withdrawals", wish);
    EXPECT_THAT(first, HasSubstr("\"ok\""));
    EXPECT_EQ(as("amina", "/admin/withdrawals", wish), first);
    EXPECT_EQ(withdrawals(), 1);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'withdrawal created'"),
              1);
    const auto taken =
        R"({"status":"fail","message":"withdrawal_id: The withdrawal id has already been taken."})";
    EXPECT_EQ(as("brian", "/admin/withdrawals", wish), taken);
    auto other = wish;
    other[2].second = "1001";
    EXPECT_EQ(as("amina", "/admin/withdrawals", other), taken);
    EXPECT_EQ(withdrawals(), 1);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AdminWithdrawals, AreRefusedToWhomNobodyKnows) {
    const Members fields{{"merchant", "shop"},
                         {"account_number", "254712345678"},
                         {"amount", "1000"},
                         {"label", "user"}};
    EXPECT_EQ(
        as("dedan", "/admin/withdrawals", fields),
        R"({"status":"fail","code":"wrong_key","message":"There is no person dedan with this key."})");
    auto wrong = fields;
    wrong.emplace_back("as", "amina");
    wrong.emplace_back("key", keys_[1].second);
    EXPECT_EQ(
        ask("/admin/withdrawals", wrong),
        R"({"status":"fail","code":"wrong_key","message":"There is no person amina with this key."})");
    EXPECT_THAT(nobody("/admin/withdrawals", fields), HasSubstr(R"("code":"no_administrator")"));
    EXPECT_EQ(withdrawals(), 0);
}

TEST_F(AdminWithdrawals, AreRefusedInOneLine) {
    EXPECT_EQ(
        as("amina", "/admin/withdrawals",
           {{"merchant", "shop"}, {"account_number", "12"}, {"amount", "ten"}, {"label", "u"}}),
        R"({"status":"fail","message":"amount: The amount must be an integer. account_number: The account number format is invalid."})");
    EXPECT_EQ(as("amina", "/admin/withdrawals",
                 {{"merchant", "nobody"}, {"account_number", "254712345678"}, {"amount", "10"}}),
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

TEST_F(AdminWithdrawals, AreFoundByTheirIdInAnyCaseWithAnyDash) {
    const auto id = create();
    auto typed = id.substr(0, 8) + "%E2%80%93" + id.substr(8);
    std::ranges::transform(typed, typed.begin(), [](char c) { return std::toupper(c); });
    EXPECT_EQ(show("/admin/withdrawals/" + typed), show("/admin/withdrawals/" + id));
}

}  // namespace
}  // namespace lango::backoffice
