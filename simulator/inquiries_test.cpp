// Transaction status and account balance.
#include "simulator/payouts_fixture.hpp"

namespace lango::simulator {
namespace {

class Inquiry : public PayoutsTest {
  protected:
    static std::string status_body(const Changes& changes) {
        return body_of({{"Initiator", "\"testapi\""},
                        {"SecurityCredential", right_credential()},
                        {"CommandID", "\"TransactionStatusQuery\""},
                        {"PartyA", "600996"},
                        {"IdentifierType", "\"4\""},
                        {"Remarks", "\"Status\""},
                        {"QueueTimeOutURL", "\"https://shop.example/timeout/2\""},
                        {"ResultURL", "\"https://shop.example/status/1\""}},
                       changes);
    }
    static std::string balance_body(const Changes& changes = {}) {
        Changes all{{"CommandID", "\"AccountBalance\""}};
        all.insert(all.end(), changes.begin(), changes.end());
        return status_body(all);
    }
    http::Response ask_status(const std::string& body) {
        return post_rail("/mpesa/transactionstatus/v1/query", body);
    }
    http::Response ask_balance(const std::string& body) {
        return post_rail("/mpesa/accountbalance/v1/query", body);
    }
    // The result's TransactionStatus; or its ResultCode when it is not 0.
    std::string status(const Changes& changes) {
        callbacks_.clear();
        refused = ask_status(status_body(changes));
        let_time_pass(5ms);
        if (callbacks_.empty()) return "";
        EXPECT_EQ(callbacks_[0].url, "https://shop.example/status/1");
        const auto code = callbacks_[0].code();
        return code == "0" ? callbacks_[0].parameter("TransactionStatus") : code;
    }
    std::string status_of(const std::string& id) {
        return status({{"OriginalConversationID", '"' + id + '"'}});
    }
};

TEST_F(Inquiry, IntoAPayoutTellsTheDocumentedKeys) {
    const auto conversation = pay_out("w1", phone, 1000);
    let_time_pass(1min);
    EXPECT_EQ(status_of("w1"), "Completed");
    const auto reply = json::parse(refused.body).value();
    EXPECT_EQ(reply.text_at("ResponseCode"), "0");
    const auto& told = callbacks_.at(0);
    EXPECT_EQ(told.result().text_at("ConversationID"), reply.text_at("ConversationID"));
    EXPECT_EQ(told.result().text_at("OriginatorConversationID"),
              reply.text_at("OriginatorConversationID"));
    EXPECT_EQ(told.result().text_at("TransactionID"), "UKN0000000");
    EXPECT_EQ(told.parameter("DebitPartyName"), "600996 - LANGO SANDBOX PAYOUTS");
    EXPECT_EQ(told.parameter("CreditPartyName"), "254712345678 - SAMUEL CHEBET");
    EXPECT_EQ(told.parameter("OriginatorConversationID"), "w1");
    EXPECT_EQ(told.parameter("InitiatedTime"), "20261123120000");
    EXPECT_EQ(told.parameter("DebitAccountType"), "Utility Account");
    EXPECT_EQ(told.parameter("DebitPartyCharges"), "Fee For B2C Payment|KES|5.00");
    EXPECT_EQ(told.parameter("TransactionReason"), "");
    EXPECT_EQ(told.parameter("ReasonType"), "Business Payment to Customer via API");
    EXPECT_EQ(told.parameter("FinalisedTime"), "20261123120000");
    EXPECT_EQ(told.parameter("Amount"), "1000.00");
    EXPECT_EQ(told.parameter("ConversationID"), conversation);
    EXPECT_EQ(told.parameter("ReceiptNo"), daraja_->ledger().payouts().at(0).receipt);
}

TEST_F(Inquiry, FindsAPayoutByReceiptOrOriginatorConversationId) {
    const auto conversation = pay_out("w1");
    let_time_pass(10ms);
    const auto receipt = daraja_->ledger().payouts().at(0).receipt;
    EXPECT_EQ(status_of("w1"), "Completed");
    EXPECT_EQ(status({{"OriginatorConversationID", "\"w1\""}}), "Completed");
    EXPECT_EQ(status_of(conversation), "25") << "a ConversationID is none of its keys";
    EXPECT_EQ(status({{"TransactionID", '"' + receipt + '"'}}), "Completed");
}

TEST_F(Inquiry, TellsWhatIsOpenWaitingDeclinedAndExpired) {
    post("settings", R"({"payout_after_ms":5})");
    pay_out("cached", ending_with("156"));
    pay_out("declined", ending_with("124"));
    pay_out("expired", ending_with("174"));
    pay_out("misled", ending_with("157"));
    let_time_pass(10ms);
    EXPECT_EQ(status_of("cached"), "Pending");
    EXPECT_EQ(callbacks_.at(0).parameter("FinalisedTime"), "");
    EXPECT_EQ(status_of("declined"), "Declined");
    EXPECT_EQ(callbacks_.at(0).parameter("ReceiptNo"), "");
    EXPECT_EQ(status_of("expired"), "Expired");
    EXPECT_EQ(status_of("misled"), "Completed");
    let_time_pass(2min);
    EXPECT_EQ(status_of("cached"), "Completed");
}

TEST_F(Inquiry, BeforeAPayoutIsDecidedSaysAuthorized) {
    post("settings", R"({"payout_after_ms":1000})");
    pay_out("w1");
    let_time_pass(500ms);
    post("settings", R"({"payout_after_ms":5})");
    EXPECT_EQ(status_of("w1"), "Authorized");
    EXPECT_EQ(status_of("w1"), "Authorized");
    let_time_pass(1s);
    EXPECT_EQ(status_of("w1"), "Completed");
}

TEST_F(Inquiry, IntoWhatNobodyAcceptedFails) {
    EXPECT_EQ(status_of("never"), "25");
    EXPECT_EQ(callbacks_.at(0).parameter("TransactionStatus"), "no parameters");
    pay_out("refused", ending_with("165"));
    EXPECT_EQ(status_of("refused"), "25");
    pay_out("w1");
    let_time_pass(10ms);
    EXPECT_EQ(status({{"OriginalConversationID", "\"w1\""}, {"PartyA", "174379"}}), "25");
}

TEST_F(Inquiry, MayFailForAWhileAlthoughThePaymentExists) {
    post("settings", R"({"status_unknown_ms":30000})");
    pay_out("w1");
    let_time_pass(29s);
    EXPECT_EQ(status_of("w1"), "25");
    let_time_pass(1s);
    EXPECT_EQ(status_of("w1"), "Completed");
}

TEST_F(Inquiry, FindsACustomersPaymentByItsReceipt) {
    push(phone, 300);
    let_time_pass(2s);
    const auto receipt = daraja_->ledger().payments().at(0).receipt;
    EXPECT_EQ(status({{"TransactionID", '"' + receipt + '"'}, {"PartyA", "174379"}}), "Completed");
    EXPECT_EQ(callbacks_.at(0).parameter("Amount"), "300.00");
    EXPECT_EQ(callbacks_.at(0).parameter("DebitPartyName"), "254712345678 - SAMUEL CHEBET");
    EXPECT_EQ(callbacks_.at(0).parameter("CreditPartyName"), "174379 - LANGO SANDBOX");
    EXPECT_EQ(callbacks_.at(0).parameter("ReceiptNo"), receipt);
    EXPECT_EQ(status({{"TransactionID", '"' + receipt + '"'}}), "25");
}

TEST_F(Inquiry, MayNameThePhoneThatPaidOrWasPaid) {
    push(phone, 700);
    let_time_pass(2s);
    const auto paid = daraja_->ledger().payments().at(0).receipt;
    pay_out("w1");
    let_time_pass(10ms);
    const Changes by_phone{{"IdentifierType", "\"1\""}, {"PartyA", '"' + std::string{phone} + '"'}};
    const auto asked = [&](const std::string& name, const std::string& id, Changes changes) {
        changes.emplace_back(name, '"' + id + '"');
        return status(changes);
    };
    EXPECT_EQ(asked("TransactionID", paid, by_phone), "Completed");
    EXPECT_EQ(callbacks_.at(0).parameter("CreditPartyName"), "174379 - LANGO SANDBOX");
    EXPECT_EQ(asked("OriginalConversationID", "w1", by_phone), "Completed");
    EXPECT_EQ(callbacks_.at(0).parameter("DebitPartyName"), "600996 - LANGO SANDBOX PAYOUTS");
    EXPECT_EQ(
        asked("TransactionID", paid, {{"IdentifierType", "\"1\""}, {"PartyA", "\"254712345679\""}}),
        "25")
        << "a stranger's phone";
    EXPECT_EQ(asked("TransactionID", paid, {{"IdentifierType", "\"1\""}, {"PartyA", "600996"}}),
              "");
    EXPECT_EQ(said(refused), "400 400.002.02 Bad Request - Invalid PartyA");
}

TEST_F(Inquiry, NamesTheFirstFieldThatIsWrong) {
    const std::vector<std::pair<std::string, std::vector<std::string>>> wrong{
        {"Initiator", {""}},
        {"SecurityCredential", {""}},
        {"CommandID", {"", "\"BusinessPayment\""}},
        {"PartyA", {"", "\"x\"", "600000", "\"1234567890\""}},
        {"IdentifierType", {"", "\"3\""}},
        {"Remarks", {"", "\"x\""}},
        {"QueueTimeOutURL", {"", "\"x\""}},
        {"ResultURL", {"", "\"x\""}}};
    for (const auto& [name, values] : wrong) {
        for (const auto& value : values) {
            const auto expected = "400 400.002.02 Bad Request - Invalid " + name;
            EXPECT_EQ(said(ask_status(status_body({{"TransactionID", "\"x\""}, {name, value}}))),
                      expected);
            EXPECT_EQ(said(ask_balance(balance_body({{name, value}}))), expected);
        }
    }
    EXPECT_EQ(said(ask_status(status_body({}))),
              "400 400.002.02 Bad Request - Invalid TransactionID");
}

TEST_F(Inquiry, IsRefusedWithoutTokenInTheWordsOfTheProduct) {
    bearer_ = "Bearer stranger";
    EXPECT_EQ(said(ask_status("{}")), "400 400.003.01 Invalid Access Token");
    EXPECT_EQ(said(ask_balance("{}")),
              "401 401.002.01 Error Occurred - Invalid Access Token - stranger");
}

TEST_F(Inquiry, WithAWrongPasswordFailsAndCounts) {
    const Changes wrong{{"OriginalConversationID", "\"w1\""},
                        {"SecurityCredential", credential("wrong")}};
    for (int i = 0; i < 3; ++i) EXPECT_EQ(status(wrong), "2001");
    EXPECT_EQ(status_of("w1"), "8006");
    EXPECT_EQ(outcome(phone, 100), "8006");
}

TEST_F(Inquiry, IntoTheBalanceTellsAllAccounts) {
    pay_out("w1", phone, 1000);
    let_time_pass(10ms);
    callbacks_.clear();
    EXPECT_EQ(ask_balance(balance_body()).status, 200);
    let_time_pass(5ms);
    const auto& told = callbacks_.at(0);
    EXPECT_EQ(told.code(), "0");
    EXPECT_EQ(told.parameter("AccountBalance"),
              "Working Account|KES|0.00|0.00|0.00|0.00&Float Account|KES|0.00|0.00|0.00|0.00&"
              "Utility Account|KES|99999000.00|99999000.00|0.00|0.00&"
              "Charges Paid Account|KES|-5.00|-5.00|0.00|0.00&"
              "Organization Settlement Account|KES|0.00|0.00|0.00|0.00");
    EXPECT_EQ(told.parameter("BOCompletedTime"), "20261123120000");
}

TEST_F(Inquiry, MayGetNoResult) {
    pay_out("w1");
    let_time_pass(10ms);
    post("settings", R"({"query_results_lost":true})");
    EXPECT_EQ(status_of("w1"), "");
    EXPECT_EQ(refused.status, 200);
    post("settings", R"({"query_results_lost":false})");
    EXPECT_EQ(status_of("w1"), "Completed");
}

}  // namespace
}  // namespace lango::simulator
