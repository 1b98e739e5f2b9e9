#include "simulator/reversals_fixture.hpp"

namespace lango::simulator {
namespace {

class AReversal : public ReversalsTest {};

TEST_F(AReversal, GivesTheCustomerTheMoneyBack) {
    const auto receipt = paid(300);
    EXPECT_EQ(daraja_->ledger().balance(phone), 49'970'000);
    EXPECT_EQ(reverse(receipt, 300), "0");
    EXPECT_EQ(daraja_->ledger().balance(phone), 50'000'000);
    EXPECT_EQ(accounts(174379).working_minor, 0);
    const auto reply = json::parse(refused.body).value();
    const auto& told = callbacks_.at(0);
    EXPECT_EQ(told.url, "https://shop.example/reversal/1");
    EXPECT_EQ(told.result().text_at("ConversationID"), reply.text_at("ConversationID"));
    EXPECT_EQ(told.parameter("DebitAccountBalance"), "Working Account|KES|0.00|0.00|0.00|0.00");
    EXPECT_EQ(told.parameter("Amount"), "300.00");
    EXPECT_EQ(told.parameter("TransCompletedTime"), "20261123120002");
    EXPECT_EQ(told.parameter("OriginalTransactionID"), receipt);
    EXPECT_EQ(told.parameter("Charge"), "0.00");
    EXPECT_EQ(told.parameter("CreditPartyPublicName"), "254712345678 - SAMUEL CHEBET");
    EXPECT_EQ(told.parameter("DebitPartyPublicName"), "174379 - LANGO SANDBOX");
    const auto listed = get("reversals");
    const auto& rows = *listed.find("reversals")->array();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].text_at("seq"), "1");
    EXPECT_EQ(rows[0].text_at("receipt"), told.result().text_at("TransactionID"));
    EXPECT_EQ(rows[0].text_at("payment_receipt"), receipt);
    EXPECT_EQ(rows[0].text_at("amount_minor"), "30000");
    expect_balanced(1);
}

TEST_F(AReversal, HappensOnceWhole) {
    const auto receipt = paid(300);
    EXPECT_EQ(reverse(receipt, 299), "25");
    EXPECT_EQ(reverse(receipt, 301), "25");
    EXPECT_EQ(reverse(receipt, 300), "0");
    EXPECT_EQ(reverse(receipt, 300), "R000001");
    EXPECT_NE(callbacks_.at(0).result().find("ResultCode")->string(), nullptr);
    EXPECT_EQ(daraja_->ledger().reversals().size(), 1U);
    expect_balanced(1);
}

TEST_F(AReversal, IsOnlyForWhatCustomersPaidToThisShortcode) {
    const auto receipt = paid(300);
    EXPECT_EQ(reverse("UKN9999999", 300), "R000002");
    EXPECT_EQ(reverse(receipt, 300, {{"ReceiverParty", "600996"}}), "R000002");
    pay_out("w1", phone, 500);
    let_time_pass(10ms);
    const auto payout = daraja_->ledger().payouts().at(0).receipt;
    EXPECT_EQ(reverse(payout, 500, {{"ReceiverParty", "600996"}}), "R000002");
    EXPECT_TRUE(daraja_->ledger().reversals().empty());
}

TEST_F(AReversal, NeedsTheMoneyToBeThere) {
    const auto receipt = paid(300);
    post("transfers", R"({"from":"174379.working","to":"600996.utility","amount":1})");
    EXPECT_EQ(reverse(receipt, 300), "1");
    post("transfers", R"({"from":"bank","to":"174379.working","amount":1})");
    EXPECT_EQ(reverse(receipt, 300), "0");
    expect_balanced(1);
}

TEST_F(AReversal, ChecksTheInitiator) {
    const auto receipt = paid(300);
    EXPECT_EQ(reverse(receipt, 300, {{"SecurityCredential", credential("wrong")}}), "2001");
    EXPECT_EQ(reverse(receipt, 300), "0");
}

TEST_F(AReversal, MayNameItsReceiverAsAShortcode) {
    const auto receipt = paid(300);
    EXPECT_EQ(reverse(receipt, 300, {{"RecieverIdentifierType", "\"4\""}}), "0");
}

TEST_F(AReversal, IsToldInTextsAsTheRailsSampleHasThem) {
    const auto receipt = paid(300);
    EXPECT_EQ(reverse(receipt, 300), "0");
    const auto& result = callbacks_.at(0).result();
    for (const auto* member : {"ResultType", "ResultCode"}) {
        ASSERT_NE(result.find(member)->string(), nullptr) << member;
        EXPECT_EQ(*result.find(member)->string(), "0");
    }
    int texts = 0;
    for (const auto& item : *result.find("ResultParameters")->find("ResultParameter")->array()) {
        const auto key = item.text_at("Key");
        if (key != "Amount" && key != "Charge") continue;
        ++texts;
        EXPECT_NE(item.find("Value")->string(), nullptr) << key;
    }
    EXPECT_EQ(texts, 2);
}

TEST_F(AReversal, NamesTheFirstFieldThatIsWrong) {
    for (const auto& [name, value] : Changes{{"Initiator", ""},
                                             {"SecurityCredential", ""},
                                             {"CommandID", "\"TransactionStatusQuery\""},
                                             {"TransactionID", ""},
                                             {"Amount", "1.5"},
                                             {"ReceiverParty", "\"x\""},
                                             {"ReceiverParty", "600000"},
                                             {"RecieverIdentifierType", "\"1\""},
                                             {"Remarks", "\"x\""},
                                             {"QueueTimeOutURL", "\"x\""},
                                             {"ResultURL", "\"x\""},
                                             {"Occasion", '"' + std::string(101, 'x') + '"'}}) {
        EXPECT_EQ(said(send_reversal(reversal_body("UKN9999999", 300, {{name, value}}))),
                  "400 400.002.02 Bad Request - Invalid " + name);
    }
    bearer_ = "Bearer stranger";
    EXPECT_EQ(said(send_reversal("{}")), "404 404.001.03 Invalid Access Token");
}

TEST_F(AReversal, SurvivesTheDeathOfTheProcess) {
    const auto receipt = paid(300);
    EXPECT_EQ(reverse(receipt, 300), "0");
    const auto before = daraja_->ledger().reversals().at(0);
    restart_with({});
    const auto& after = daraja_->ledger().reversals().at(0);
    EXPECT_EQ(after.receipt, before.receipt);
    EXPECT_EQ(after.conversation_id, before.conversation_id);
    EXPECT_EQ(after.payment_receipt, receipt);
    EXPECT_EQ(daraja_->ledger().balance(phone), 50'000'000);
    EXPECT_EQ(reverse(receipt, 300), "R000001");
    expect_balanced(1);
}

TEST_F(AReversal, CanBeAskedAboutWhenItsResultIsLost) {
    const auto receipt = paid(300);
    post("settings", R"({"query_results_lost":true})");
    EXPECT_EQ(reverse(receipt, 300), "");
    const auto id = json::parse(refused.body)->text_at("OriginatorConversationID");
    post("settings", R"({"query_results_lost":false})");
    const auto body = body_of({{"Initiator", "\"testapi\""},
                               {"SecurityCredential", right_credential()},
                               {"CommandID", "\"TransactionStatusQuery\""},
                               {"OriginalConversationID", '"' + id + '"'},
                               {"PartyA", "174379"},
                               {"IdentifierType", "4"},
                               {"Remarks", "\"Status\""},
                               {"QueueTimeOutURL", "\"https://shop.example/timeout/2\""},
                               {"ResultURL", "\"https://shop.example/status/1\""}},
                              {});
    EXPECT_EQ(post_rail("/mpesa/transactionstatus/v1/query", body).status, 200);
    let_time_pass(5ms);
    EXPECT_EQ(callbacks_.at(0).parameter("TransactionStatus"), "Completed");
    EXPECT_EQ(callbacks_.at(0).parameter("Amount"), "300.00");
}

}  // namespace
}  // namespace lango::simulator
