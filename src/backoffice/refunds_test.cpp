// What operators do about refunds, as the command line asks for it.
#include <boost/asio/co_spawn.hpp>

#include "backoffice/operators_fixture.hpp"

namespace lango::backoffice {
namespace {

using testing::HasSubstr;
using testing::Not;

class AdminRefunds : public test::Operators {
  protected:
    std::string refund(Members members, const std::string& who = "amina") {
        members.emplace_back("reason", "not delivered");
        return as(who, "/admin/refunds", std::move(members));
    }
    static std::string id_in(const std::string& answer) {
        const auto tree = json::parse(answer);
        const auto* refund = tree->find("refund");
        EXPECT_NE(refund, nullptr) << answer;
        return refund == nullptr ? std::string{} : refund->text_at("refund_id");
    }
    std::int64_t held() { return store_.number("SELECT held FROM accounts WHERE kind = 2"); }
    std::int64_t refunds() { return store_.number("SELECT COUNT(*) FROM refunds"); }
};

TEST_F(AdminRefunds, OfAWholeOrderAreReversalsAndWakeTheWorker) {
    const auto id = paid("UKN1000001");
    const auto answer = refund({{"order_id", id}});
    EXPECT_THAT(answer, HasSubstr(R"("status":"ok","made_before":false)"));
    EXPECT_THAT(answer, HasSubstr(R"("receipt":"UKN1000001","amount":"1000","method":"reversal")"));
    EXPECT_THAT(answer, HasSubstr(R"("state":"queued","gone":"0","phone":"2547****0001")"));
    EXPECT_EQ(payout_wakes_, 1);
    EXPECT_EQ(held(), 100'000);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AdminRefunds, OfADisabledMerchantAreRefusedAndHisPayersAreBooked) {
    const auto before = paid("UKN1000001");
    const auto open = order();
    EXPECT_EQ(as("brian", "/admin/merchants/shop/disable"), R"({"status":"ok"})");
    EXPECT_THAT(refund({{"order_id", before}}), HasSubstr("This merchant is disabled"));
    EXPECT_THAT(refund({{"receipt", "UKN1000001"}}), HasSubstr("This merchant is disabled"));
    EXPECT_EQ(refunds(), 0);
    EXPECT_EQ(arrives(open, "UKN1000002", 1000), deposits::Observed::paid);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM postbacks"), 2);
    EXPECT_EQ(as("brian", "/admin/merchants/shop/enable"), R"({"status":"ok"})");
    EXPECT_THAT(refund({{"order_id", before}}), HasSubstr(R"("status":"ok")"));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AdminRefunds, StandInTheOperatorsTrail) {
    const auto made = id_in(refund({{"order_id", paid("UKN1000001")}, {"amount", "300"}}));
    const auto trail = show("/admin/users");
    EXPECT_THAT(trail, HasSubstr(R"("who":"amina","act":"refund created","subject":")" + made +
                                 R"(","detail":"300 KES of UKN1000001 by payout: not delivered")"));
}

TEST_F(AdminRefunds, AreShownWithTheirDepositAndByThemselves) {
    const auto order = paid("UKN1000001");
    const auto made = id_in(refund({{"order_id", order}, {"amount", "300"}}));
    EXPECT_THAT(show("/admin/deposits/" + order),
                HasSubstr(R"("refunded_minor":0,"refunds":[{"refund_id":")" + made));
    EXPECT_THAT(show("/admin/refunds/" + made), HasSubstr(R"("event":"created")"));
    EXPECT_EQ(show("/admin/refunds/00000000000000ff"),
              R"({"status":"fail","message":"There is no such refund."})");
    const auto second = id_in(refund({{"order_id", order}, {"amount", "200"}}));
    EXPECT_THAT(show("/admin/refunds", "limit=1"), HasSubstr(second));
    EXPECT_THAT(show("/admin/refunds", "limit=1"), Not(HasSubstr(made)));
    EXPECT_THAT(show("/admin/refunds", "limit=1&before=" + second), HasSubstr(made));
}

TEST_F(AdminRefunds, ToAnotherPhoneWaitForAnotherOperator) {
    const auto answer =
        refund({{"order_id", paid("UKN1000001")}, {"method", "payout"}, {"phone", "0799 999 999"}});
    EXPECT_THAT(answer, HasSubstr(R"("state":"waiting","gone":"0","phone":"254799999999")"));
    EXPECT_THAT(answer, HasSubstr(R"("needs_approval":true)"));
    const auto made = id_in(answer);
    EXPECT_EQ(approve("amina", made),
              R"({"status":"fail","message":"Nobody approves what he created."})");
    EXPECT_EQ(approve("brian", made),
              R"({"status":"ok","outcome":"queued","approvals":1,"needed":1})");
    EXPECT_THAT(show("/admin/refunds/" + made), HasSubstr(R"("approvals":[{"who":"brian")"));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AdminRefunds, AboveTheMerchantsAmountWaitForAsManyAsHeWants) {
    set("approval-from", "500");
    set("approvals-needed", "2");
    const auto made = id_in(refund({{"order_id", paid("UKN1000001")}}));
    EXPECT_THAT(approve("brian", made), HasSubstr(R"("outcome":"approved","approvals":1)"));
    EXPECT_THAT(approve("chebet", made), HasSubstr(R"("outcome":"queued","approvals":2)"));
}

TEST_F(AdminRefunds, AskedForAgainWithTheirKeyAreMadeOnce) {
    const Members wish{{"order_id", paid("UKN1000001")}, {"amount", "300"}, {"retry_key", "k"}};
    const auto first = refund(wish);
    const auto again = refund(wish);
    EXPECT_THAT(again, HasSubstr(R"("made_before":true)"));
    EXPECT_EQ(id_in(again), id_in(first));
    EXPECT_EQ(refunds(), 1);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'refund created'"), 1);
    EXPECT_EQ(refund(wish, "brian"),
              R"({"status":"fail","message":"This retry key made another refund, )" + id_in(first) +
                  R"(."})");
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(AdminRefunds, AreRefusedInWordsAndLeaveNothing) {
    const auto order = paid("UKN1000001");
    const auto said = [&](const Members& members) {
        return json::parse(refund(members))->text_at("message");
    };
    EXPECT_EQ(said({{"order_id", "12"}}), "An order has 16 hex digits.");
    EXPECT_EQ(said({{"order_id", order}, {"amount", "all"}}),
              "The amount is a number of shillings, such as 300.");
    EXPECT_EQ(said({{"order_id", order}, {"amount", "10,50"}}),
              "The amount can be read in two ways. Write it in digits only, such as 1050.");
    EXPECT_EQ(said({{"order_id", order}, {"method", "cash"}}), "The method is reversal or payout.");
    EXPECT_EQ(said({{"order_id", order}, {"phone", "12"}}),
              "The phone is a Kenyan number, such as 254712345678.");
    EXPECT_EQ(said({{"order_id", order}, {"amount", "1001"}}),
              "Of KES 1000 that came in, KES 1000 is left to refund.");
    EXPECT_EQ(said({}), "Name the order or the receipt.");
    EXPECT_EQ(json::parse(as("amina", "/admin/refunds", {{"order_id", order}}))->text_at("message"),
              "Give a reason of 1 to 200 characters.");
    EXPECT_EQ(json::parse(refund({{"order_id", order}}, "dedan"))->text_at("message"),
              "There is no person dedan with this key.");
    EXPECT_EQ(refunds(), 0);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'refund created'"), 0);
}

TEST_F(AdminRefunds, OfMoneyInSuspenseLeaveSuspense) {
    const auto order = paid("UKN1000001");
    EXPECT_EQ(arrives(order, "UKN1000002", 1000), deposits::Observed::second_receipt);
    const auto answer = refund({{"order_id", order}, {"receipt", "ukn-1000002"}});
    EXPECT_THAT(answer, HasSubstr(R"("receipt":"UKN1000002","amount":"1000","method":"reversal")"));
    EXPECT_EQ(held(), 0);
    EXPECT_EQ(store_.number("SELECT held FROM accounts WHERE kind = 4"), 100'000);
    EXPECT_EQ(broken_laws(), "");
}

// All under way at once through the endpoint: the writer lets ten of sixty-four through.
TEST_F(AdminRefunds, SixtyFourAtOnceSumToNoMoreThanTheDeposit) {
    const auto order = paid("UKN1000001");
    const auto body = object_of(
        signed_by("amina", {{"order_id", order}, {"amount", "100"}, {"reason", "not delivered"}}));
    const auto request = post("/admin/refunds", "", body);
    int made = 0;
    int refused = 0;
    for (int i = 0; i < 64; ++i) {
        http::asio::co_spawn(store_.context(), router_.handle(request),
                             [&](const std::exception_ptr& error, const http::Response& answer) {
                                 ASSERT_FALSE(error);
                                 ++(answer.body.starts_with(R"({"status":"ok")") ? made : refused);
                             });
    }
    while (made + refused < 64) clock_.settle();
    EXPECT_EQ(made, 10);
    EXPECT_EQ(refused, 54);
    EXPECT_EQ(refunds(), 10);
    EXPECT_EQ(held(), 100'000);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'refund created'"), 10);
    EXPECT_EQ(broken_laws(), "");
}

}  // namespace
}  // namespace lango::backoffice
