#include <gtest/gtest.h>

#include "rails/daraja/payout_id.hpp"
#include "rails/daraja/payouts_fixture.hpp"
#include "rails/daraja/reversal_codes.hpp"
#include "rails/daraja/reversal_results.hpp"

namespace lango::rails::daraja::test {
namespace {

class Reverse : public PayoutConnector {
  protected:
    PayoutAnswer reverse() {
        return wait_for(payouts_->pay({.withdrawal = withdrawal,
                                       .id = "lango-0123456789abcdef",
                                       .phone = *Msisdn::parse("254712344321"),
                                       .amount = Money::kes(1000),
                                       .reverses = payment}));
    }
    bool ask(const std::string& originator) {
        return wait_for(payouts_->ask({.withdrawal = withdrawal,
                                       .id = "lango-0123456789abcdef",
                                       .originator_conversation_id = originator,
                                       .reverses = payment}));
    }
    Reversal payment{.receipt = "RIR7U1Y6OH", .shortcode = 174379};
};

TEST_F(Reverse, SendsTheFieldsOfTheDocument) {
    safaricom_.says_in_turn({taken()});
    EXPECT_EQ(reverse().outcome, Submitted::accepted);
    ASSERT_EQ(safaricom_.requests.size(), 1U);
    EXPECT_EQ(safaricom_.requests[0].url, "https://rail.example/mpesa/reversal/v1/request");
    const auto body = safaricom_.body();
    EXPECT_EQ(names(body), (std::vector<std::string>{"Initiator", "SecurityCredential", "CommandID",
                                                     "TransactionID", "Amount", "ReceiverParty",
                                                     "RecieverIdentifierType", "ResultURL",
                                                     "QueueTimeOutURL", "Remarks", "Occasion"}));
    EXPECT_EQ(body.text_at("CommandID"), "TransactionReversal");
    EXPECT_EQ(body.text_at("TransactionID"), "RIR7U1Y6OH");
    EXPECT_EQ(body.text_at("Amount"), "1000");
    EXPECT_EQ(body.text_at("ReceiverParty"), "174379");
    EXPECT_EQ(body.text_at("RecieverIdentifierType"), "11");
    EXPECT_EQ(body.text_at("ResultURL"), address("reversal", "0123456789abcdef") + "/result");
    EXPECT_EQ(body.text_at("QueueTimeOutURL"),
              address("reversal", "0123456789abcdef") + "/timeout");
    EXPECT_EQ(noticed_, std::vector<std::string>{"reversal accepted"});
}

TEST_F(Reverse, IsRefusedForAFieldOfItsOwn) {
    safaricom_.says_in_turn({envelope(400, "400.002.02", "Bad Request - Invalid TransactionID"),
                             envelope(500, "500.001.1001", "Internal Server Error"),
                             no_answer(http::Reached::unknown)});
    EXPECT_EQ(reverse().outcome, Submitted::refused);
    EXPECT_EQ(reverse().outcome, Submitted::unknown);
    EXPECT_EQ(reverse().outcome, Submitted::unknown);
}

// No fault of a payout's: one malformed reversal would hold everybody's money.
TEST_F(Reverse, ThatIsMalformedHaltsNothing) {
    const auto faults = {envelope(400, "400.002.02", "Bad Request - Invalid Initiator"),
                         envelope(400, "400.002.05", "Invalid Request Payload"),
                         envelope(400, "400.003.02", "Bad Request")};
    safaricom_.says_in_turn(faults);
    for (std::size_t i = 0; i < faults.size(); ++i) {
        const auto answer = reverse();
        EXPECT_EQ(answer.outcome, Submitted::refused);
        EXPECT_EQ(answer.halts, Halts::nothing);
        EXPECT_TRUE(answer.ours_to_mend);
    }
    EXPECT_EQ(payouts_->breaker(clock_.now()), CircuitBreaker::State::closed);
}

TEST_F(Reverse, IsAskedAboutByTheRailsIdOrByThePaymentsReceipt) {
    safaricom_.says_in_turn({taken(), taken()});
    EXPECT_TRUE(ask("1-2-1"));
    EXPECT_TRUE(ask(""));
    const auto known = safaricom_.body(0);
    EXPECT_EQ(known.text_at("OriginalConversationID"), "1-2-1");
    EXPECT_EQ(known.find("TransactionID"), nullptr);
    EXPECT_EQ(known.text_at("PartyA"), "174379");
    EXPECT_EQ(known.text_at("ResultURL"), address("b2c-status", "0123456789abcdef") + "/result");
    const auto lost = safaricom_.body(1);
    EXPECT_EQ(lost.text_at("TransactionID"), "RIR7U1Y6OH");
    EXPECT_EQ(lost.find("OriginalConversationID"), nullptr);
    EXPECT_EQ(lost.text_at("ResultURL"), address("reversed", "0123456789abcdef") + "/result");
}

std::string result(const std::string& code, const std::string& more = "",
                   const std::string& type = "0") {
    return R"({"Result":{"ResultType":)" + type + R"(,"ResultCode":)" + code +
           R"(,"ResultDesc":"said","OriginatorConversationID":"29115-34620561-1",)"
           R"("ConversationID":"AG_9","TransactionID":"SKE52PAWR9")" +
           more + "}}";
}

TEST(ReversalResult, OfASuccessHasReceiptAndAmount) {
    const auto body = result(
        "0",
        R"(,"ResultParameters":{"ResultParameter":[{"Key":"Amount","Value":1000.00},)"
        R"({"Key":"OriginalTransactionID","Value":"RIR7U1Y6OH"},{"Key":"Charge","Value":"0.00"}]})");
    const auto seen = read_reversal_result(body);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->source, PayoutSource::result);
    EXPECT_EQ(seen->fate, PayoutFate::paid);
    EXPECT_EQ(seen->receipt, "SKE52PAWR9");
    EXPECT_EQ(seen->amount, Money::kes(1000));
    EXPECT_EQ(seen->conversation_id, "AG_9");
    EXPECT_FALSE(seen->done_before);
    EXPECT_EQ(seen->raw, body);
}

TEST(ReversalResult, ThatSaysWaitForMoreSettlesNothing) {
    EXPECT_EQ(read_reversal_result(result("0", "", "1"))->fate, PayoutFate::pending);
}

TEST(ReversalResult, ThatItWasDoneBeforeIsPaidWithoutAReceipt) {
    const auto seen = read_reversal_result(result("\"R000001\""));
    EXPECT_EQ(seen->fate, PayoutFate::paid);
    EXPECT_TRUE(seen->done_before);
    EXPECT_FALSE(seen->receipt);
}

struct Case {
    const char* code;
    PayoutFate fate;
    Halts halts = Halts::nothing;
};
TEST(ReversalResult, IsClassedByItsCode) {
    using enum PayoutFate;
    for (const auto& [code, fate, halts] : std::initializer_list<Case>{
             {"0", paid},
             {"R000001", paid},
             {"R000002", failed},
             {"1", failed},
             {"11", failed},
             {"21", failed},
             {"2006", failed},
             {"2028", failed},
             {"2001", failed, Halts::everything},
             {"8006", failed, Halts::everything},
             {"15", pending},
             {"17", pending},
             {"26", pending},
             {"100000000", pending},
             {"100000011", pending},
             {"25", unknown},
             {"2040", unknown},
             {"R000003", unknown},
             {"", unknown},
         }) {
        EXPECT_EQ(classify_reversal(code).fate, fate) << code;
        EXPECT_EQ(classify_reversal(code).halts, halts) << code;
        EXPECT_EQ(classify_reversal(code).done_before, std::string_view{code} == "R000001") << code;
    }
}

std::string status(const std::string& fate) {
    return result(
        "0", R"(,"ResultParameters":{"ResultParameter":[{"Key":"TransactionStatus","Value":")" +
                 fate + R"("},{"Key":"ReceiptNo","Value":"RIR7U1Y6OH"}]})");
}

TEST(ReversedStatus, OfACompletedPaymentNamesNoReversal) {
    const auto seen = read_reversed_status(status("Completed"));
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->source, PayoutSource::status);
    EXPECT_EQ(seen->fate, PayoutFate::not_found);
    EXPECT_FALSE(seen->receipt);
}

TEST(ReversedStatus, OfAnyOtherIsForAPerson) {
    EXPECT_EQ(read_reversed_status(status("Declined"))->fate, PayoutFate::unknown);
    EXPECT_EQ(read_reversed_status(status("Reversed"))->fate, PayoutFate::unknown);
    EXPECT_EQ(read_reversed_status(result("0"))->fate, PayoutFate::unknown);
}

TEST(ReversedStatus, OfAFailedQuestionSaysNothing) {
    for (const auto* code : {"25", "1", "17", "\"SFC_IC0003\""}) {
        EXPECT_EQ(read_reversed_status(result(code))->fate, PayoutFate::pending) << code;
    }
    EXPECT_EQ(read_reversed_status(result("2001"))->halts, Halts::questions);
}

TEST(ReversalMessages, AreNothingElse) {
    for (const auto* body : {"", "{}", "null", "<html/>", R"({"Result":{"ResultDesc":"?"}})"}) {
        EXPECT_FALSE(read_reversal_result(body)) << body;
        EXPECT_FALSE(read_reversed_status(body)) << body;
    }
}

}  // namespace
}  // namespace lango::rails::daraja::test
