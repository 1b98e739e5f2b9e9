#include <algorithm>

#include "rails/daraja/payouts_fixture.hpp"

namespace lango::rails::daraja::test {
namespace {

class Pay : public PayoutConnector {};

TEST_F(Pay, SendsTheFieldsOfTheDocument) {
    EXPECT_EQ(answered(taken()).outcome, Submitted::accepted);
    ASSERT_EQ(safaricom_.requests.size(), 1U);
    EXPECT_EQ(safaricom_.requests[0].url, "https://rail.example/mpesa/b2c/v3/paymentrequest");
    const auto body = safaricom_.body();
    EXPECT_EQ(names(body), (std::vector<std::string>{"OriginatorConversationID", "InitiatorName",
                                                     "SecurityCredential", "CommandID", "Amount",
                                                     "PartyA", "PartyB", "Remarks",
                                                     "QueueTimeOutURL", "ResultURL", "Occassion"}));
    EXPECT_EQ(body.text_at("OriginatorConversationID"), "lango-0123456789abcdef");
    EXPECT_EQ(body.text_at("InitiatorName"), "testapi");
    EXPECT_EQ(safaricoms_key().open(body.text_at("SecurityCredential")), "Safaricom999!*!");
    EXPECT_EQ(body.text_at("CommandID"), "BusinessPayment");
    EXPECT_EQ(body.text_at("Amount"), "1000");
    EXPECT_EQ(body.text_at("PartyA"), "600996");
    EXPECT_EQ(body.text_at("PartyB"), "254712344321");
    EXPECT_EQ(body.text_at("Remarks"), "Payout");
    EXPECT_EQ(body.text_at("ResultURL"), address("b2c", "0123456789abcdef") + "/result");
    EXPECT_EQ(body.text_at("QueueTimeOutURL"), address("b2c", "0123456789abcdef") + "/timeout");
    EXPECT_EQ(noticed_, std::vector<std::string>{"payout accepted"});
}

TEST_F(Pay, HasTheSameIdAndCredentialEachTime) {
    safaricom_.says_in_turn({no_answer(http::Reached::unknown), taken()});
    static_cast<void>(pay());
    static_cast<void>(pay());
    EXPECT_EQ(safaricom_.requests.at(0).body, safaricom_.requests.at(1).body);
}

TEST_F(Pay, KeepsTheForbiddenWordsOutOfItsAddresses) {
    static_cast<void>(answered(taken()));
    static_cast<void>(ask());
    static_cast<void>(wait_for(payouts_->ask_float()));
    for (std::size_t nth = 0; nth < safaricom_.requests.size(); ++nth) {
        for (const auto* field : {"ResultURL", "QueueTimeOutURL"}) {
            const auto url = safaricom_.body(nth).text_at(field);
            EXPECT_NE(url, "");
            for (const auto* word :
                 {"m-pesa", "mpesa", "safaricom", "exe", "exec", "cmd", "sql", "query"}) {
                EXPECT_EQ(url.find(word), std::string::npos) << url;
            }
        }
    }
}

TEST_F(Pay, InVersionOneHasNoIdOfOurs) {
    auto options = payout_options();
    options.idempotent = false;
    options.command = "SalaryPayment";
    make(options);
    EXPECT_FALSE(payouts_->route().knows_repeats);
    static_cast<void>(answered(taken()));
    EXPECT_EQ(safaricom_.requests[0].url, "https://rail.example/mpesa/b2c/v1/paymentrequest");
    EXPECT_EQ(safaricom_.body().find("OriginatorConversationID"), nullptr);
    EXPECT_EQ(safaricom_.body().text_at("CommandID"), "SalaryPayment");
}

// Another configuration since: the repeat goes where the first went, in the same words.
TEST_F(Pay, GoesByTheWayThatIsKeptWithThePayout) {
    auto options = payout_options();
    options.idempotent = false;
    make(options);
    safaricom_.says_in_turn({taken(), taken()});
    const PayoutRoute kept{.shortcode = 600111, .knows_repeats = true};
    static_cast<void>(wait_for(payouts_->pay({.withdrawal = withdrawal,
                                              .id = "lango-0123456789abcdef",
                                              .phone = *Msisdn::parse("254712344321"),
                                              .amount = Money::kes(1000),
                                              .route = kept})));
    EXPECT_EQ(safaricom_.requests[0].url, "https://rail.example/mpesa/b2c/v3/paymentrequest");
    EXPECT_EQ(safaricom_.body().text_at("OriginatorConversationID"), "lango-0123456789abcdef");
    EXPECT_EQ(safaricom_.body().text_at("PartyA"), "600111");
    EXPECT_TRUE(wait_for(payouts_->ask({.withdrawal = withdrawal,
                                        .id = "lango-0123456789abcdef",
                                        .originator_conversation_id = "1-2-1",
                                        .route = kept})));
    EXPECT_EQ(safaricom_.body(1).text_at("OriginalConversationID"), "lango-0123456789abcdef");
    EXPECT_EQ(safaricom_.body(1).text_at("PartyA"), "600111");
}

// Given up, it may have got through, and must be asked about.
TEST_F(Pay, IsWaitedForLongerThanOtherCalls) {
    safaricom_.says_in_turn({taken(), taken()});
    static_cast<void>(pay());
    static_cast<void>(ask());
    EXPECT_EQ(safaricom_.requests[0].timeout, Duration{60s});
    EXPECT_LT(safaricom_.requests[1].timeout, Duration{60s});
    auto options = payout_options();
    options.pay_timeout = 45s;
    make(options);
    EXPECT_EQ(answered(no_answer(http::Reached::unknown)).outcome, Submitted::unknown);
    EXPECT_EQ(safaricom_.requests[2].timeout, Duration{45s});
}

TEST_F(Pay, OfWhatTheRailNeverTakesIsNotTried) {
    const auto fault = [&](Money amount) {
        return payouts_->fault_of({.withdrawal = withdrawal,
                                   .id = "lango-0123456789abcdef",
                                   .phone = *Msisdn::parse("254712344321"),
                                   .amount = amount});
    };
    for (const auto amount : {Money::kes(10), Money::kes(250'000)}) EXPECT_EQ(fault(amount), "");
    for (const auto amount :
         {Money::kes(9), Money::kes(250'001), Money{100'050, Currency::kes()}}) {
        EXPECT_NE(fault(amount), "");
    }
}

TEST_F(Pay, ThatIsNotSubmittedForAFaultOfOursSaysSo) {
    EXPECT_TRUE(answered(envelope(400, "400.002.02", "Bad Request - Invalid SecurityCredential"))
                    .ours_to_mend);
    make(payout_options());
    EXPECT_FALSE(
        answered(envelope(400, "400.002.02", "Bad Request - Invalid PartyB")).ours_to_mend);
    EXPECT_FALSE(answered({.status = 429, .body = ""}).ours_to_mend);
    EXPECT_FALSE(answered({.status = 503, .body = ""}).ours_to_mend);
    start();  // without a token
    make(payout_options());
    safaricom_.token = [](std::size_t) { return Reply{.status = 503, .body = ""}; };
    EXPECT_FALSE(pay().ours_to_mend);
    safaricom_.token = [](std::size_t) {
        return envelope(400, "400.008.01", "Invalid Authentication passed");
    };
    const auto refused = pay();
    EXPECT_EQ(refused.outcome, Submitted::not_submitted);
    EXPECT_TRUE(refused.ours_to_mend);
    EXPECT_NE(refused.message.find("400.008.01"), std::string::npos);
}

TEST_F(Pay, KeepsTheRailsConversationId) {
    const auto answer = answered(taken());
    EXPECT_EQ(answer.conversation_id, "AG_20240706_20106e9209f64bebd05b");
    EXPECT_EQ(answer.originator_conversation_id, "lango-0123456789abcdef");
    EXPECT_EQ(answer.code, "0");
}

struct Case {
    const char* name;
    Reply reply;
    Submitted outcome;
    const char* code;
    Halts halts = Halts::nothing;
};
class PayReply : public PayoutConnector, public testing::WithParamInterface<Case> {};

TEST_P(PayReply, IsClassedAsTheDocumentSays) {
    const auto answer = answered(GetParam().reply);
    EXPECT_EQ(answer.outcome, GetParam().outcome);
    EXPECT_EQ(answer.code, GetParam().code);
    EXPECT_EQ(answer.halts, GetParam().halts);
}

using enum Submitted;
INSTANTIATE_TEST_SUITE_P(
    Replies, PayReply,
    testing::Values(
        Case{"Duplicate", envelope(500, "500.002.1001", "Duplicate OriginatorConversationID."),
             accepted, "500.002.1001"},
        Case{"SystemInternal", envelope(500, "500.002.1001", "System internal error."), unknown,
             "500.002.1001"},
        Case{"Recipient", envelope(400, "400.002.02", "Bad Request - Invalid PartyB"), refused,
             "400.002.02"},
        Case{"Amount", envelope(400, "400.002.02", "Bad Request - Invalid Amount"), refused,
             "400.002.02"},
        Case{"Initiator", envelope(400, "400.002.02", "Bad Request - Invalid InitiatorName"),
             not_submitted, "400.002.02", Halts::payouts},
        Case{"Payload", envelope(400, "400.002.05", "Invalid Request Payload"), not_submitted,
             "400.002.05", Halts::payouts},
        Case{"BadRequest", envelope(400, "400.003.02", "Bad Request"), not_submitted, "400.003.02",
             Halts::payouts},
        Case{"WrongPath", envelope(404, "404.001.01", "Resource not found"), not_submitted,
             "404.001.01"},
        Case{"Method", envelope(405, "405.001", "Method Not Allowed"), not_submitted, "405.001"},
        Case{"TokenStaysRefused", envelope(401, "401.002.01", "Invalid Access Token"),
             not_submitted, "401.002.01"},
        Case{"Busy", envelope(500, "500.003.02", "System is busy. Please try again."), unknown,
             "500.003.02"},
        Case{"SpikeArrestEnvelope",
             envelope(500, "500.003.02", "Error Occurred: Spike Arrest Violation"), unknown,
             "500.003.02"},
        Case{"Quota", envelope(500, "500.003.03", "Error Occurred: Quota Violation"), unknown,
             "500.003.03"},
        Case{"SpikeArrest429", Reply{.status = 429, .body = spike_arrest}, not_submitted,
             "policies.ratelimit.SpikeArrestViolation"},
        Case{"Internal", envelope(500, "500.001.1001", "Internal Server Error"), unknown,
             "500.001.1001"},
        Case{"Locked", envelope(500, "500.001.1001", "Unable to lock subscriber"), unknown,
             "500.001.1001"},
        Case{"InternalOther", envelope(500, "500.003.1001", "Internal Server Error"), unknown,
             "500.003.1001"},
        Case{"DuplicateIn200", envelope(200, "500.002.1001", "Duplicate OriginatorConversationID."),
             accepted, "500.002.1001"},
        Case{"Html200", Reply{.body = html}, unknown, "HTTP 200"},
        Case{"Empty200", Reply{.body = ""}, unknown, "HTTP 200"},
        Case{"Html403", Reply{.status = 403, .body = html}, unknown, "HTTP 403"},
        Case{"Soap500", Reply{.status = 500, .body = soap}, unknown, "HTTP 500"},
        Case{"Empty500", Reply{.status = 500, .body = ""}, unknown, "HTTP 500"},
        Case{"Empty503", Reply{.status = 503, .body = ""}, unknown, "HTTP 503"},
        Case{"Timeout504", Reply{.status = 504, .body = ""}, unknown, "HTTP 504"},
        // Accepted means 200: another status with an acceptance in it is nothing that anybody
        // documented.
        Case{"AcceptanceIn500", Reply{.status = 500, .body = taken().body}, unknown, "HTTP 500"},
        Case{"OtherResponseCode",
             Reply{.body = R"({"ResponseCode":"1","ResponseDescription":"?"})"}, unknown, "1"},
        Case{"AcceptedWithoutId", Reply{.body = R"({"ResponseCode":"0"})"}, unknown, "0"},
        Case{"NoAnswer", no_answer(http::Reached::unknown), unknown, "no answer"},
        Case{"NotSent", no_answer(http::Reached::not_sent), not_submitted, "no answer"}),
    [](const auto& info) { return info.param.name; });

TEST_F(Pay, WithoutATokenIsNotSubmitted) {
    safaricom_.token = [](std::size_t) { return Reply{.status = 400, .body = ""}; };
    EXPECT_EQ(pay().outcome, not_submitted);
    EXPECT_TRUE(safaricom_.requests.empty());
}

TEST_F(Pay, GoesAgainOnceWithAnotherToken) {
    safaricom_.says_in_turn({envelope(401, "401.002.01", "Invalid Access Token - abc"), taken()});
    EXPECT_EQ(pay().outcome, accepted);
    ASSERT_EQ(safaricom_.requests.size(), 2U);
    EXPECT_EQ(safaricom_.requests[0].body, safaricom_.requests[1].body);
    EXPECT_EQ(header(safaricom_.requests[1], "Authorization"), "Bearer token-2");
}

TEST_F(Pay, StopsAfterFiveTroublesAndTriesWithOne) {
    for (int i = 0; i < 5; ++i) static_cast<void>(answered({.status = 503, .body = ""}));
    EXPECT_EQ(payouts_->breaker(clock_.now()), CircuitBreaker::State::open);
    EXPECT_EQ(payouts_->payout_allowance(clock_.now()).pushes, 0U);
    clock_.advance(2s);
    EXPECT_EQ(payouts_->payout_allowance(clock_.now()).pushes, 1U);
    payouts_->spend_payouts(1);
    EXPECT_EQ(answered(taken()).outcome, accepted);
    EXPECT_EQ(payouts_->breaker(clock_.now()), CircuitBreaker::State::closed);
}

TEST_F(Pay, StopsAtOnceForWhatIsOursToMend) {
    static_cast<void>(
        answered(envelope(400, "400.002.02", "Bad Request - Invalid SecurityCredential")));
    EXPECT_EQ(payouts_->breaker(clock_.now()), CircuitBreaker::State::open);
}

TEST_F(Pay, OfAWrongRecipientOrARepeatIsNoTrouble) {
    for (int i = 0; i < 10; ++i) {
        static_cast<void>(answered(envelope(400, "400.002.02", "Bad Request - Invalid PartyB")));
        static_cast<void>(
            answered(envelope(500, "500.002.1001", "Duplicate OriginatorConversationID.")));
    }
    EXPECT_EQ(payouts_->breaker(clock_.now()), CircuitBreaker::State::closed);
}

TEST_F(Pay, IsSlowedToWhatTheContractAllows) {
    auto options = payout_options();
    options.payouts_per_second = 2;
    make(options);
    EXPECT_EQ(payouts_->payout_allowance(clock_.now()).pushes, 2U);
    payouts_->spend_payouts(2);
    const auto later = payouts_->payout_allowance(clock_.now());
    EXPECT_EQ(later.pushes, 0U);
    EXPECT_GT(later.retry_at, clock_.now());
}

TEST_F(Pay, KeepsNeitherTokenNorPhoneOfAReplyInItsTexts) {
    const auto answer = answered(envelope(401, "401.002.01",
                                          "Error Occurred - Invalid Access Token - "
                                          "c9SQxWWhmdVRlyh0zh8gZDTk 254712344321"));
    for (const auto& text : {answer.message, answer.raw}) {
        EXPECT_EQ(text.find("c9SQxWWhmdVRlyh0zh8gZDTk"), std::string::npos) << text;
        EXPECT_EQ(text.find("254712344321"), std::string::npos) << text;
    }
}

class PayoutQuestions : public PayoutConnector {};

TEST_F(PayoutQuestions, AskForAPayoutByTheIdItWentOutUnder) {
    safaricom_.says_in_turn({taken()});
    EXPECT_TRUE(ask());
    ASSERT_EQ(safaricom_.requests.size(), 1U);
    EXPECT_EQ(safaricom_.requests[0].url, "https://rail.example/mpesa/transactionstatus/v1/query");
    const auto body = safaricom_.body();
    EXPECT_EQ(names(body),
              (std::vector<std::string>{"Initiator", "SecurityCredential", "CommandID",
                                        "OriginalConversationID", "PartyA", "IdentifierType",
                                        "ResultURL", "QueueTimeOutURL", "Remarks", "Occasion"}));
    EXPECT_EQ(body.text_at("CommandID"), "TransactionStatusQuery");
    EXPECT_EQ(body.text_at("OriginalConversationID"), "lango-0123456789abcdef");
    EXPECT_EQ(body.text_at("IdentifierType"), "4");
    EXPECT_EQ(body.text_at("ResultURL"), address("b2c-status", "0123456789abcdef") + "/result");
    EXPECT_EQ(safaricoms_key().open(body.text_at("SecurityCredential")), "Safaricom999!*!");
}

TEST_F(PayoutQuestions, NameTheIdAsTheSettingSays) {
    auto options = payout_options();
    options.status_field = "OriginatorConversationID";
    make(options);
    safaricom_.says_in_turn({taken()});
    EXPECT_TRUE(ask());
    EXPECT_EQ(safaricom_.body().text_at("OriginatorConversationID"), "lango-0123456789abcdef");
    EXPECT_EQ(safaricom_.body().find("OriginalConversationID"), nullptr);
}

TEST_F(PayoutQuestions, InVersionOneAskByTheRailsIdOrNotAtAll) {
    auto options = payout_options();
    options.idempotent = false;
    make(options);
    safaricom_.says_in_turn({taken()});
    EXPECT_FALSE(ask(""));
    EXPECT_TRUE(safaricom_.requests.empty());
    EXPECT_TRUE(ask("1-2-1"));
    EXPECT_EQ(safaricom_.body().text_at("OriginalConversationID"), "1-2-1");
}

TEST_F(PayoutQuestions, ThatTheRailDoesNotTakeAreNotAsked) {
    for (const auto& reply : {Reply{.status = 503, .body = ""}, Reply{.body = html},
                              envelope(500, "500.002.1001", "System internal error."),
                              no_answer(http::Reached::unknown)}) {
        safaricom_.says_in_turn({reply});
        EXPECT_FALSE(ask());
        EXPECT_FALSE(wait_for(payouts_->ask_float()));
    }
    // Whether payouts may go out is not decided by questions.
    EXPECT_EQ(payouts_->breaker(clock_.now()), CircuitBreaker::State::closed);
}

TEST_F(PayoutQuestions, AskForTheFloat) {
    safaricom_.says_in_turn({taken()});
    EXPECT_TRUE(wait_for(payouts_->ask_float()));
    EXPECT_EQ(safaricom_.requests[0].url, "https://rail.example/mpesa/accountbalance/v1/query");
    const auto body = safaricom_.body();
    EXPECT_EQ(names(body), (std::vector<std::string>{"Initiator", "SecurityCredential", "CommandID",
                                                     "PartyA", "IdentifierType", "Remarks",
                                                     "QueueTimeOutURL", "ResultURL"}));
    EXPECT_EQ(body.text_at("CommandID"), "AccountBalance");
    EXPECT_EQ(body.text_at("PartyA"), "600996");
    EXPECT_EQ(body.text_at("ResultURL"), address("balance", "600996") + "/result");
    EXPECT_EQ(noticed_, std::vector<std::string>{"payout_float accepted"});
}

TEST_F(PayoutConnector, ChecksItsOptionsBeforeAnythingGoesOut) {
    EXPECT_EQ(problem_of(payout_options()), "");
    const auto problem = [](auto change) {
        auto changed = payout_options();
        change(changed);
        return problem_of(changed);
    };
    EXPECT_EQ(problem([](PayoutOptions& o) { o.shortcode = 1; }),
              "payouts.shortcode must have 5 to 7 digits");
    EXPECT_EQ(problem([](PayoutOptions& o) { o.initiator = ""; }), "payouts.initiator must be set");
    EXPECT_EQ(problem([](PayoutOptions& o) { o.password = {}; }),
              "payouts.initiator_password must be set");
    EXPECT_EQ(problem([](PayoutOptions& o) { o.certificate = {}; }),
              "payouts.certificate must be set");
    EXPECT_NE(problem([](PayoutOptions& o) { o.command = "BusinessPay"; }), "");
    EXPECT_EQ(problem([](PayoutOptions& o) { o.password = Secret{std::string(300, 'p')}; }),
              "payouts.initiator_password: the password is too long for the certificate's key");
}

}  // namespace
}  // namespace lango::rails::daraja::test
