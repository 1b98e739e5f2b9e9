#include <cstring>

#include "simulator/c2b_fixture.hpp"

namespace lango::simulator {
namespace {

TEST_F(C2bTest, RegistersUrlsAndTakesOthersInTheSandbox) {
    const auto answer = send_registration();
    EXPECT_EQ(answer.status, 200);
    const auto body = json::parse(answer.body).value();
    EXPECT_EQ(body.text_at("ResponseCode"), "0");
    EXPECT_EQ(body.text_at("ResponseDescription"), "Success");
    EXPECT_FALSE(body.text_at("OriginatorCoversationID").empty());
    register_urls({{"ConfirmationURL", "\"https://other.example/told\""}});
    register_urls({{"ValidationURL", ""}});
}

TEST_F(C2bTest, RegistersOnceInProduction) {
    post("settings", R"({"c2b_urls_once":true})");
    register_urls();
    EXPECT_EQ(said(send_registration()), "500 500.003.1001 Urls are already registered.");
    // A restart does not forget: only the portal deletes URLs.
    Config config;
    config.c2b_urls_once = true;
    restart(std::move(config));
    EXPECT_EQ(said(send_registration()), "500 500.003.1001 Urls are already registered.");
}

TEST_F(C2bTest, RefusesWrongRegistrations) {
    const auto refused = [this](const Changes& changes) {
        return said(send_registration(changes)).substr(std::strlen("400 400.003.02 "));
    };
    EXPECT_EQ(refused({{"ShortCode", "\"a\""}}), "Bad Request - Invalid ShortCode");
    EXPECT_EQ(refused({{"ShortCode", "999999"}}), "Bad Request - Invalid ShortCode");
    EXPECT_EQ(refused({{"ResponseType", "\"completed\""}}), "Bad Request - Invalid ResponseType");
    for (const std::string word : {"m-pesa", "MPesa", "safaricom", "exe", "exec", "cmd", "sql",
                                   "query", "ngrok", "mockbin", "requestbin"}) {
        EXPECT_EQ(refused({{"ConfirmationURL", "\"https://shop.example/" + word + "/c\""}}),
                  "Bad Request - Invalid ConfirmationURL")
            << word;
    }
    EXPECT_EQ(refused({{"ValidationURL", "\"ftp://shop.example/v\""}}),
              "Bad Request - Invalid ValidationURL");
}

TEST_F(C2bTest, WantsABearer) {
    bearer_ = "Bearer nobody";
    EXPECT_EQ(said(send_registration()), "400 400.003.01 Invalid Access Token");
    EXPECT_EQ(said(simulate()), "400 400.003.01 Invalid Access Token");
}

TEST_F(C2bTest, AsksThenTellsAndCarriesTheThirdPartyIdOver) {
    register_urls();
    merchant_says[validation] =
        R"({"ResultCode":"0","ResultDesc":"Accepted","ThirdPartyTransID":"mine-7"})";
    const auto answer = json::parse(simulate().body).value();
    EXPECT_EQ(answer.text_at("ResponseDescription"), "Accept the service request successfully.");
    ASSERT_EQ(urls(), (Urls{validation, confirmation}));
    const auto& asked = callbacks_[0].body;
    const auto receipt = daraja_->ledger().payments().at(0).receipt;
    EXPECT_EQ(callbacks_[1].text,
              R"({"TransactionType":"Pay Bill","TransID":")" + receipt +
                  R"(","TransTime":"20261123120000","TransAmount":"5.00",)"
                  R"("BusinessShortCode":"174379","BillRefNumber":"order 1","InvoiceNumber":"",)"
                  R"("OrgAccountBalance":"5.00","ThirdPartyTransID":"mine-7",)"
                  R"("MSISDN":"2547 ***** 149","FirstName":"JOYCE","MiddleName":"",)"
                  R"("LastName":"KIPTOO"})");
    EXPECT_EQ(asked.text_at("TransID"), receipt);
    EXPECT_EQ(asked.text_at("OrgAccountBalance"), "");
    EXPECT_EQ(asked.text_at("ThirdPartyTransID"), "");
    expect_balanced(1);
}

TEST_F(C2bTest, HashesTheNumberInVersionOne) {
    register_urls({{"ValidationURL", ""}}, 1);
    simulate();
    ASSERT_EQ(urls(), Urls{confirmation});
    EXPECT_EQ(callbacks_[0].body.text_at("MSISDN"),
              "bbff37cea44ac0b2d964ee0dfb8d2df8513dc7ba1b36129a929fc3fbd6dd4af4");
    post("settings", R"({"c2b_whole_phone":true})");
    simulate({{"Amount", "6"}});
    EXPECT_EQ(callbacks_[1].body.text_at("MSISDN"), phone);
}

TEST_F(C2bTest, TakesNoForAnAnswer) {
    register_urls({{"ResponseType", "\"Completed\""}});
    merchant_says[validation] = R"({"ResultCode":"C2B00012","ResultDesc":"Rejected"})";
    pay(R"({"paybill":"174379","account":"ordr 1","amount":250})");
    EXPECT_EQ(urls(), Urls{validation});
    EXPECT_EQ(sms(),
              "Failed. LANGO SANDBOX did not take your payment of Ksh250.00. Check the account "
              "number ordr 1. No money has left your account.");
    expect_balanced(0);
    // Its TransID is used up, also after a restart.
    const auto refused = callbacks_[0].body.text_at("TransID");
    restart();
    merchant_says[validation] = accepted;
    pay(R"({"paybill":"174379","account":"order 1","amount":250})");
    EXPECT_NE(daraja_->ledger().payments().at(0).receipt, refused);
}

TEST_F(C2bTest, LetsTheResponseTypeDecideAfterEightSeconds) {
    register_urls({{"ResponseType", "\"Completed\""}});
    merchant_status = 0;
    simulate();
    let_time_pass(7999ms);
    EXPECT_EQ(urls(), Urls{validation});
    let_time_pass(1ms);
    EXPECT_EQ(urls(), (Urls{validation, confirmation}));
    expect_balanced(1);
    register_urls({{"ResponseType", "\"Cancelled\""}});
    simulate({{"Amount", "6"}});
    let_time_pass(8s);
    expect_balanced(1);
}

TEST_F(C2bTest, TakesAnAnswerThatIsNoneForSilence) {
    register_urls({{"ResponseType", "\"Cancelled\""}});
    merchant_says[validation] = "<html>";
    simulate();
    expect_balanced(0);
    merchant_says[validation] = accepted;
    merchant_status = 500;
    simulate();
    expect_balanced(0);
}

TEST_F(C2bTest, AsksNobodyWhereValidationIsOff) {
    post("settings", R"({"c2b_validation":false})");
    register_urls();
    simulate();
    EXPECT_EQ(urls(), Urls{confirmation});
}

TEST_F(C2bTest, MovesMoneyThatNobodyIsToldOf) {
    simulate();
    EXPECT_TRUE(callbacks_.empty());
    expect_balanced(1);
}

TEST_F(C2bTest, RefusesWrongSimulations) {
    EXPECT_EQ(said(simulate({{"CommandID", "\"Pay\""}})),
              "400 400.003.02 Bad Request - Invalid CommandID");
    EXPECT_EQ(said(simulate({{"Amount", "\"x\""}})), "400 400.003.02 Bad Request - Invalid Amount");
    EXPECT_EQ(said(simulate({{"Msisdn", "\"07\""}})),
              "400 400.003.02 Bad Request - Invalid Msisdn");
    EXPECT_EQ(said(simulate({{"BillRefNumber", "\"123456789012345678901\""}})),
              "400 400.003.02 Bad Request - Invalid BillRefNumber");
    EXPECT_EQ(said(simulate({{"ShortCode", "123456"}})),
              "400 400.003.02 Bad Request - Invalid ShortCode");
}

}  // namespace
}  // namespace lango::simulator
