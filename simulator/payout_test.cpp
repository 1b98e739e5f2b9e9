#include <regex>

#include "simulator/payouts_fixture.hpp"

namespace lango::simulator {
namespace {

class APayout : public PayoutsTest {
  protected:
    std::string sent(const Changes& changes, int version = 3) {
        return said(send_payout(payout_body("sent", phone, 1000, changes), version));
    }
};

TEST_F(APayout, IsAcceptedWithIdsOfTheRealShape) {
    const auto answer = send_payout(payout_body("withdrawal-1", phone, 1000));
    ASSERT_EQ(answer.status, 200);
    const auto body = json::parse(answer.body).value();
    EXPECT_TRUE(std::regex_match(body.text_at("ConversationID"),
                                 std::regex{"AG_20261123_2010[0-9a-f]{16}"}));
    EXPECT_EQ(body.text_at("OriginatorConversationID"), "withdrawal-1");
    ASSERT_NE(body.find("ResponseCode")->string(), nullptr);
    EXPECT_EQ(body.text_at("ResponseCode"), "0");
    EXPECT_EQ(body.text_at("ResponseDescription"), "Accept the service request successfully.");
    EXPECT_TRUE(callbacks_.empty());
    expect_paid_out(0);
}

TEST_F(APayout, MovesTheMoneyAndTellsTheDocumentedResult) {
    const auto conversation = pay_out("withdrawal-1", phone, 1000);
    let_time_pass(5ms);
    ASSERT_EQ(callbacks_.size(), 1U);
    const auto& told = callbacks_[0];
    EXPECT_EQ(told.url, "https://shop.example/result/1");
    EXPECT_EQ(told.at, 5ms);
    const auto receipt = daraja_->ledger().payouts().at(0).receipt;
    EXPECT_EQ(
        told.text,
        R"({"Result":{"ResultType":0,"ResultCode":0,)"
        R"("ResultDesc":"The service request is processed successfully.",)"
        R"("OriginatorConversationID":"withdrawal-1","ConversationID":")" +
            conversation + R"(","TransactionID":")" + receipt +
            R"(","ResultParameters":{"ResultParameter":[{"Key":"TransactionAmount","Value":1000},)"
            R"({"Key":"TransactionReceipt","Value":")" +
            receipt +
            R"("},{"Key":"ReceiverPartyPublicName","Value":"254712345678 - SAMUEL CHEBET"},)"
            R"({"Key":"TransactionCompletedDateTime","Value":"23.11.2026 12:00:00"},)"
            R"({"Key":"B2CUtilityAccountAvailableFunds","Value":99999000.00},)"
            R"({"Key":"B2CWorkingAccountAvailableFunds","Value":0.00},)"
            R"({"Key":"B2CRecipientIsRegisteredCustomer","Value":"Y"},)"
            R"({"Key":"B2CChargesPaidAccountAvailableFunds","Value":-5.00}]},)"
            R"("ReferenceData":{"ReferenceItem":{"Key":"QueueTimeoutURL","Value":)"
            R"("https://internalsandbox.safaricom.co.ke/mpesa/b2cresults/v1/submit"}}}})");
    EXPECT_EQ(accounts().utility_minor, utility_start - 100'000);
    EXPECT_EQ(accounts().charges_minor, -500);
    EXPECT_EQ(daraja_->ledger().fees(), 500);
    EXPECT_EQ(daraja_->ledger().balance(phone), 50'100'000);
    expect_paid_out(1);
    let_time_pass(10min);
    EXPECT_EQ(callbacks_.size(), 1U);
}

TEST_F(APayout, ThatFailsHasNoParametersAndNoReceipt) {
    pay_out("withdrawal-1", ending_with("124"));
    let_time_pass(10ms);
    const auto& told = callbacks_.at(0);
    EXPECT_EQ(told.code(), "2040");
    EXPECT_NE(told.result().find("ResultCode")->number(), nullptr);
    EXPECT_EQ(told.parameter("TransactionReceipt"), "no parameters");
    EXPECT_EQ(told.result().text_at("TransactionID"), "UKN0000000");
    EXPECT_EQ(told.result().find("ReferenceData")->find("ReferenceItem")->text_at("Key"),
              "QueueTimeoutURL");
    expect_paid_out(0);
}

TEST_F(APayout, WithAnIdThatWasTakenIsRefusedWhateverBecameOfTheFirst) {
    pay_out("one");
    EXPECT_EQ(pay_out("one"), "");
    EXPECT_EQ(said(refused), "500 500.002.1001 Duplicate OriginatorConversationID.");
    pay_out("two", ending_with("124"));
    let_time_pass(1min);
    EXPECT_EQ(pay_out("two", phone, 50), "");
    EXPECT_EQ(said(refused), "500 500.002.1001 Duplicate OriginatorConversationID.");
    expect_paid_out(1);
}

TEST_F(APayout, OfVersionOneHasAnIdOfDarajasOwnAndNoIdempotency) {
    const auto body = payout_body("ignored", phone, 1000);
    const auto first = json::parse(send_payout(body, 1).body)->text_at("OriginatorConversationID");
    const auto second = json::parse(send_payout(body, 1).body)->text_at("OriginatorConversationID");
    EXPECT_NE(first, "ignored");
    EXPECT_NE(first, second);
    EXPECT_EQ(sent({{"OriginatorConversationID", ""}}, 1).substr(0, 3), "200");
    let_time_pass(10ms);
    expect_paid_out(3);
    EXPECT_EQ(callbacks_[0].result().text_at("OriginatorConversationID"), first);
}

TEST_F(APayout, NamesTheFirstFieldThatIsWrong) {
    const auto long_text = '"' + std::string(101, 'x') + '"';
    const std::vector<std::pair<std::string, std::vector<std::string>>> wrong{
        {"InitiatorName", {"", "\"\""}},
        {"SecurityCredential", {"", "\"\""}},
        {"OriginatorConversationID", {"", "\"\""}},
        {"CommandID", {"", "\"BusinessPayBill\""}},
        {"Amount", {"", "10.50", "-1", "\"ten\"", "99999999999"}},
        {"PartyA", {"", "\"12\"", "\"x\"", "600000"}},
        {"PartyB", {"", "\"0712345678\"", "\"+254712345678\""}},
        {"Remarks", {"", "\"x\"", long_text}},
        {"QueueTimeOutURL", {"", "\"ftp://shop.example\""}},
        {"ResultURL", {"", "\"ftp://shop.example\""}},
        {"Occassion", {long_text}}};
    for (const auto& [name, values] : wrong) {
        for (const auto& value : values) {
            EXPECT_EQ(sent({{name, value}}), "400 400.002.02 Bad Request - Invalid " + name)
                << value;
        }
    }
    EXPECT_EQ(sent({{"Occassion", ""}}).substr(0, 3), "200");
    let_time_pass(10ms);
    expect_paid_out(1);
}

TEST_F(APayout, TakesAnyAddressUnlessTheRuleOfC2bIsSwitchedOn) {
    const Changes told{{"ResultURL", "\"https://shop.example/mpesa/result\""},
                       {"QueueTimeOutURL", "\"https://shop.example/mpesa/timeout\""}};
    EXPECT_EQ(sent(told).substr(0, 3), "200");
    post("settings", R"({"strict_urls":true})");
    EXPECT_EQ(sent(told), "400 400.002.02 Bad Request - Invalid QueueTimeOutURL");
    let_time_pass(10ms);
    expect_paid_out(1);
}

TEST_F(APayout, TakesTextsForNumbersAndEveryCommand) {
    int i = 0;
    for (const auto* command :
         {"SalaryPayment", "BusinessPayment", "PromotionPayment", "BusinessPayToPochi"}) {
        const Changes changes{{"CommandID", '"' + std::string{command} + '"'},
                              {"Amount", "\"10.00\""},
                              {"PartyA", "\"600996\""},
                              {"PartyB", phone}};
        EXPECT_NE(pay_out("c" + std::to_string(++i), phone, 10, changes), "") << command;
    }
    let_time_pass(10ms);
    expect_paid_out(4);
}

TEST_F(APayout, IsNotReadWithoutTokenOrContentTypeNorUnderstoodWhenItIsNoJson) {
    auto bare = request("/mpesa/b2c/v3/paymentrequest", payout_body("a", phone, 10));
    bare.headers = {};
    bare.headers.add("Authorization", bearer_);
    EXPECT_EQ(said(ask(bare).value()), "400 400.002.02 Bad Request - Invalid InitiatorName");
    EXPECT_EQ(said(send_payout("{\"a\":")), "400 400.002.05 Invalid Request Payload");
    bearer_ = "Bearer stranger";
    EXPECT_EQ(said(send_payout("{}")),
              "401 401.002.01 Error Occurred - Invalid Access Token - stranger");
    EXPECT_EQ(said(send_payout("{}", 1)),
              "401 401.002.01 Error Occurred - Invalid Access Token - stranger");
}

TEST_F(APayout, IsLimitedPerSecondAndShortcodeWhenSwitched) {
    post("settings", R"({"payouts_per_second":2})");
    EXPECT_NE(pay_out("1"), "");
    EXPECT_NE(pay_out("2"), "");
    EXPECT_EQ(pay_out("3"), "");
    EXPECT_EQ(said(refused), "500 500.003.02 Error Occurred: Spike Arrest Violation");
    let_time_pass(1s);
    EXPECT_NE(pay_out("3"), "");
}

}  // namespace
}  // namespace lango::simulator
