#include <algorithm>
#include <set>

#include "base/typed.hpp"
#include "rails/daraja/callback.hpp"
#include "rails/daraja/daraja_fixture.hpp"

namespace lango::rails::daraja::test {
namespace {

class Push : public Connector {};

TEST_F(Push, SendsTheFieldsOfTheDocument) {
    static_cast<void>(push());
    ASSERT_EQ(safaricom_.requests.size(), 1U);
    const auto& request = safaricom_.requests[0];
    EXPECT_EQ(request.method, http::Method::post);
    EXPECT_EQ(request.url, "https://rail.example/mpesa/stkpush/v1/processrequest");
    EXPECT_EQ(header(request, "Content-Type"), "application/json");
    EXPECT_EQ(header(request, "Authorization"), "Bearer token-1");
    const auto body = safaricom_.body();
    ASSERT_EQ(body.object()->size(), 11U);
    const std::vector<std::string> names{"BusinessShortCode",
                                         "Password",
                                         "Timestamp",
                                         "TransactionType",
                                         "Amount",
                                         "PartyA",
                                         "PartyB",
                                         "PhoneNumber",
                                         "CallBackURL",
                                         "AccountReference",
                                         "TransactionDesc"};
    for (const auto& name : names) EXPECT_NE(body.find(name), nullptr) << name;
    EXPECT_EQ(body.text_at("BusinessShortCode"), "174379");
    EXPECT_NE(body.find("BusinessShortCode")->string(), nullptr)
        << "a text, as all fields of the sample are";
    EXPECT_EQ(body.text_at("TransactionType"), "CustomerPayBillOnline");
    EXPECT_EQ(body.text_at("Amount"), "1000");
    EXPECT_EQ(body.text_at("PartyA"), "254712344321");
    EXPECT_EQ(body.text_at("PartyB"), "174379");
    EXPECT_EQ(body.text_at("PhoneNumber"), "254712344321");
    EXPECT_EQ(body.text_at("TransactionDesc"), "Payment");
}

// 23:30:05 UTC on the 23rd.
TEST_F(Push, HasItsTimestampInEastAfricaTime) {
    static_cast<void>(push());
    EXPECT_EQ(safaricom_.body().text_at("Timestamp"), "20261124023005");
}

TEST_F(Push, HasThePasswordOfTheTimestampItCarries) {
    static_cast<void>(push());
    EXPECT_EQ(crypto::unbase64(safaricom_.body().text_at("Password")),
              "174379bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919"
              "20261124023005");
}

// The value printed on Safaricom's page (daraja.md 3.2).
TEST_F(Push, HasThePasswordThatThePagePrints) {
    clock_.advance_to(clock_.now());
    ManualClock then{context_, Instant{std::chrono::sys_days{std::chrono::year{2021} / 6 / 28} +
                                       6h + 24min + 8s}};
    Daraja rail{options(), safaricom_, then, master_};
    static_cast<void>(wait_for(rail.push(
        {.deposit = deposit_, .phone = *Msisdn::parse("254708374149"), .amount = Money::kes(1)})));
    EXPECT_EQ(safaricom_.body().text_at("Timestamp"), "20210628092408");
    EXPECT_EQ(safaricom_.body().text_at("Password"),
              "MTc0Mzc5YmZiMjc5ZjlhYTliZGJjZjE1OGU5N2RkNzFhNDY3Y2QyZTBjODkzMDU5YjEwZjc4ZTZiNzJhZGEx"
              "ZWQyYzkxOTIwMjEwNjI4MDkyNDA4");
}

TEST_F(Push, ToATillNamesTheTillAndTheStoreNumber) {
    auto till = options();
    till.till = "832909";
    start(till);
    static_cast<void>(push());
    EXPECT_EQ(safaricom_.body().text_at("TransactionType"), "CustomerBuyGoodsOnline");
    EXPECT_EQ(safaricom_.body().text_at("BusinessShortCode"), "174379");
    EXPECT_EQ(safaricom_.body().text_at("PartyB"), "832909");
}

TEST_F(Push, AsksForWholeShillings) {
    for (const auto shillings : {1, 10, 999, 250'000}) {
        static_cast<void>(push(Money::kes(shillings)));
        EXPECT_EQ(safaricom_.body(safaricom_.requests.size() - 1).text_at("Amount"),
                  std::to_string(shillings));
    }
}

// A body's phone is 254 and nine digits, whichever form was typed.
TEST_F(Push, HasThePhoneInTheRailsForm) {
    for (const auto* text : {"254712344321", "+254712344321", "0712344321", "712344321",
                             "0712 344 321", "254110123456", "0110123456"}) {
        static_cast<void>(wait_for(rail_->push(
            {.deposit = deposit_, .phone = *typed::phone(text), .amount = Money::kes(1000)})));
        const auto phone = safaricom_.body(safaricom_.requests.size() - 1).text_at("PhoneNumber");
        EXPECT_EQ(phone.size(), 12U) << text;
        EXPECT_TRUE(phone.starts_with("2547") || phone.starts_with("2541")) << text;
        EXPECT_TRUE(std::ranges::all_of(phone, [](char c) { return c >= '0' && c <= '9'; }));
    }
}

// At most 12 characters, letters and digits, and no two deposits share one.
TEST_F(Push, HasAReferenceOfTwelveLettersAndDigits) {
    std::set<std::string> seen;
    for (const auto id : {std::int64_t{1}, std::int64_t{35}, std::int64_t{36},
                          std::int64_t{0x0123456789abcdef}, std::int64_t{0x3fffffffffffffff}}) {
        const auto reference = rail_->reference(DepositId{id});
        EXPECT_EQ(reference.size(), 12U);
        EXPECT_TRUE(std::ranges::all_of(reference, [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
        })) << reference;
        seen.insert(reference);
    }
    EXPECT_EQ(seen.size(), 5U);
    static_cast<void>(push());
    EXPECT_EQ(safaricom_.body().text_at("AccountReference"), rail_->reference(deposit_));
}

TEST_F(Push, HasACallbackUrlThatOnlyWeCouldMakeAndThatSafaricomTakes) {
    static_cast<void>(push());
    const auto url = safaricom_.body().text_at("CallBackURL");
    EXPECT_EQ(url, "https://pay.example.co.ke/rail/stk/0123456789abcdef/" +
                       master_.token(stk_token_purpose, "0123456789abcdef"));
    for (const auto* word :
         {"m-pesa", "mpesa", "safaricom", "exe", "exec", "cmd", "sql", "query"}) {
        EXPECT_EQ(url.find(word), std::string::npos) << word;
    }
}

TEST_F(Push, ThatIsAcceptedTellsTheRailsIds) {
    const auto answer = push();
    EXPECT_EQ(answer.outcome, Submitted::accepted);
    EXPECT_EQ(answer.checkout_request_id, "ws_CO_1007202409152617172396192");
    EXPECT_EQ(answer.merchant_request_id, "2654-4b64-97ff-b827b542881d3130");
    EXPECT_EQ(noticed_, std::vector<std::string>{"push accepted"});
}

TEST_F(Push, ThatIsAcceptedMayTellItsCodeAsANumber) {
    const auto answer =
        push_answered({.body = R"({"CheckoutRequestID":"ws_CO_1","ResponseCode":0})"});
    EXPECT_EQ(answer.outcome, Submitted::accepted);
    EXPECT_EQ(answer.checkout_request_id, "ws_CO_1");
}

struct Case {
    const char* name;
    Reply reply;
    Submitted outcome;
    const char* code;
};
std::string named(const testing::TestParamInfo<Case>& one) { return one.param.name; }

class PushReply : public Connector, public testing::WithParamInterface<Case> {};
TEST_P(PushReply, IsWhatItSays) {
    const auto answer = push_answered(GetParam().reply);
    EXPECT_EQ(answer.outcome, GetParam().outcome);
    EXPECT_EQ(answer.code, GetParam().code);
    EXPECT_EQ(answer.checkout_request_id, "");
    EXPECT_EQ(safaricom_.requests.size(), 1U) << "a push is never repeated";
}
using enum Submitted;
INSTANTIATE_TEST_SUITE_P(
    Replies, PushReply,
    testing::Values(
        Case{"InvalidField", envelope(400, "400.002.02", "Bad Request - Invalid PhoneNumber"),
             refused, "400.002.02"},
        Case{"PhoneBusy", envelope(500, "500.001.1001", "Unable to lock subscriber"), not_submitted,
             "500.001.1001"},
        Case{"ErrorEnvelopeIn200", envelope(200, "400.002.02", "Bad Request - Invalid Amount"),
             refused, "400.002.02"},
        Case{"BusyIn200", envelope(200, "500.003.02", "System is busy"), not_submitted,
             "500.003.02"},
        Case{"SpikeArrest", Reply{.status = 429, .body = spike_arrest}, not_submitted,
             "policies.ratelimit.SpikeArrestViolation"},
        Case{"Html200", Reply{.body = html}, unknown, "HTTP 200"},
        Case{"Empty200", Reply{.body = ""}, unknown, "HTTP 200"},
        Case{"Html403", Reply{.status = 403, .body = html}, unknown, "HTTP 403"},
        Case{"Soap500", Reply{.status = 500, .body = soap}, unknown, "HTTP 500"},
        Case{"Empty500", Reply{.status = 500, .body = ""}, unknown, "HTTP 500"},
        Case{"Empty503", Reply{.status = 503, .body = ""}, unknown, "HTTP 503"},
        Case{"OtherResponseCode",
             Reply{.body = R"({"ResponseCode":"1","ResponseDescription":"?"})"}, unknown, "1"},
        Case{"AcceptedWithoutId", Reply{.body = R"({"ResponseCode":"0"})"}, unknown, "0"},
        Case{"NoAnswer", no_answer(http::Reached::unknown), unknown, "no answer"},
        Case{"NotSent", no_answer(http::Reached::not_sent), not_submitted, "no answer"}),
    named);

TEST_F(Push, ToAPhoneThatIsBusyMayNotGoAgainForAMinute) {
    EXPECT_EQ(push_answered(envelope(500, "500.001.1001", "Unable to lock subscriber")).pause_min,
              1min);
    EXPECT_EQ(push_answered(envelope(500, "500.003.02", "System is busy")).pause_min, 0s);
}

TEST_F(Push, RefusedForAFieldOfOursIsAnAlert) {
    EXPECT_TRUE(
        push_answered(envelope(400, "400.002.02", "Bad Request - Invalid CallBackURL")).alert);
    EXPECT_FALSE(
        push_answered(envelope(400, "400.002.02", "Bad Request - Invalid PhoneNumber")).alert);
}

// A person must mend the key, the secret or the passkey: every payment fails alike.
TEST_F(Push, RefusedForOurCredentialsIsAnAlert) {
    EXPECT_TRUE(
        push_answered(envelope(500, "500.001.1001", "[MerchantValidate] - Wrong credentials"))
            .alert);
    EXPECT_TRUE(push_answered(envelope(500, "500.001.1001", "Merchant does not exist")).alert);
    for (const int status : {400, 401}) {
        start();
        safaricom_.token = [status](std::size_t) { return Reply{.status = status, .body = ""}; };
        EXPECT_TRUE(push_answered({}).alert) << status;
        EXPECT_TRUE(rail_->refused_credentials()) << status;
    }
    start();
    safaricom_.token = [](std::size_t) { return Reply{.status = 503, .body = ""}; };
    EXPECT_FALSE(push_answered({}).alert);
    EXPECT_FALSE(rail_->refused_credentials());
}

// A token and a request, twice, each at its slowest.
TEST_F(Push, NeverTakesLongerThanItSays) {
    auto slow = options();
    slow.timeout = 5min;
    start(slow);
    safaricom_.token = [](std::size_t nth) {
        return Reply{.body = R"({"access_token":"t)" + std::to_string(nth) + R"("})", .takes = 15s};
    };
    safaricom_.says = [](const http::ClientRequest& request) {
        return Reply{.status = 401, .body = {}, .takes = request.timeout};
    };
    const auto before = clock_.now();
    EXPECT_EQ(push().outcome, Submitted::not_submitted);
    EXPECT_GE(clock_.now() - before, 2 * (15s + 5min));
    EXPECT_LT(clock_.now() - before, rail_->capabilities().push_max);
}

TEST_F(Push, WithoutATokenIsNotSubmitted) {
    safaricom_.token = [](std::size_t) { return Reply{.status = 400, .body = ""}; };
    const auto answer = push();
    EXPECT_EQ(answer.outcome, Submitted::not_submitted);
    EXPECT_EQ(answer.code, "no token");
    EXPECT_EQ(answer.message, "status 400, ");
    EXPECT_TRUE(safaricom_.requests.empty());
}

TEST_F(Push, ThatOpensTheBreakerTellsOfWhat) {
    std::vector<std::string> told;
    rail_->when_down([&](std::string_view code, std::string_view message) {
        told.push_back(std::string{code} + ": " + std::string{message});
    });
    safaricom_.token = [](std::size_t) {
        return Reply{.status = 400, .body = R"({"errorMessage":"Invalid Authentication passed"})"};
    };
    for (int i = 0; i < 4; ++i) static_cast<void>(push());
    EXPECT_TRUE(told.empty());
    for (int i = 0; i < 3; ++i) static_cast<void>(push());
    ASSERT_EQ(told.size(), 1U) << "once, not for each push that was under way";
    EXPECT_EQ(told[0], R"(no token: status 400, {"errorMessage":"Invalid Authentication passed"})");
}

// Each of the codes for a token that is no longer good: the core saw nothing, so it goes again,
// once.
class RefusedToken : public Connector, public testing::WithParamInterface<Reply> {};
TEST_P(RefusedToken, IsReplacedAndTheSamePushGoesAgain) {
    safaricom_.says_in_turn({GetParam(), test::accepted()});
    EXPECT_EQ(push().outcome, Submitted::accepted);
    ASSERT_EQ(safaricom_.requests.size(), 2U);
    EXPECT_EQ(header(safaricom_.requests[1], "Authorization"), "Bearer token-2");
    EXPECT_EQ(safaricom_.requests[1].body, safaricom_.requests[0].body);
}
TEST_P(RefusedToken, IsReplacedOnceOnly) {
    EXPECT_EQ(push_answered(GetParam()).outcome, Submitted::not_submitted);
    EXPECT_EQ(safaricom_.requests.size(), 2U);
    EXPECT_EQ(safaricom_.token_requests.size(), 2U);
}
INSTANTIATE_TEST_SUITE_P(
    Codes, RefusedToken,
    testing::Values(envelope(404, "404.001.03", "Invalid Access Token"),
                    envelope(401, "401.002.01",
                             "Error Occurred - Invalid Access Token - abc123def"),
                    envelope(401, "401.003.01", "Invalid Access Token"),
                    envelope(400, "400.003.01", "Invalid Access Token"),
                    Reply{.status = 401, .body = ""}));

TEST_F(Push, KeepsNeitherTokenNorPhoneOfAReplyInItsTexts) {
    auto reply = envelope(401, "401.002.01",
                          "Error Occurred - Invalid Access Token - c9SQxWWhmdVRlyh0zh8gZDTk "
                          "254712344321 ws_CO_1007202409152617172396192");
    const auto answer = push_answered(reply);
    for (const auto& text : {answer.message, answer.raw}) {
        for (const auto* secret : {"c9SQxWWhmdVRlyh0zh8gZDTk", "254712344321", "152617172396192"}) {
            EXPECT_EQ(text.find(secret), std::string::npos) << text;
        }
    }
}

TEST_F(Push, KeepsAnAcceptanceWithoutThePhoneInIt) {
    EXPECT_EQ(push().raw.find("172396192"), std::string::npos);
}

TEST(Options, AreCheckedBeforeAnythingGoesOut) {
    Options good{.base_url = "https://rail.example",
                 .callback_url = "https://pay.example.co.ke",
                 .shortcode = 174379,
                 .till = {},
                 .consumer_key = Secret{"k"},
                 .consumer_secret = Secret{"s"},
                 .passkey = Secret{"p"}};
    EXPECT_EQ(problem_of(good), "");
    const auto problem = [&](auto change) {
        auto changed = good;
        change(changed);
        return problem_of(changed);
    };
    for (const auto shortcode : {0, 9999, 10'000'000, -174379}) {
        EXPECT_NE(problem([&](Options& o) { o.shortcode = shortcode; }), "") << shortcode;
    }
    EXPECT_EQ(problem([](Options& o) { o.shortcode = 10'000; }), "");
    EXPECT_EQ(problem([](Options& o) { o.shortcode = 9'999'999; }), "");
    EXPECT_NE(problem([](Options& o) { o.consumer_key = {}; }), "");
    EXPECT_NE(problem([](Options& o) { o.consumer_secret = {}; }), "");
    EXPECT_NE(problem([](Options& o) { o.passkey = {}; }), "");
    EXPECT_NE(problem([](Options& o) { o.description = ""; }), "");
    EXPECT_EQ(problem([](Options& o) { o.description = "Thirteen char"; }), "");
    EXPECT_NE(problem([](Options& o) { o.description = "Fourteen chars"; }), "");
    const auto from_production = [&](const char* callback_url) {
        return problem([&](Options& o) {
            o.base_url = "https://api.safaricom.co.ke";
            o.callback_url = callback_url;
        });
    };
    EXPECT_EQ(from_production("https://pay.example.co.ke"), "");
    EXPECT_EQ(from_production("https://pay.example.co.ke:8443/gate"), "");
    for (const auto* url :
         {"", "http://pay.example.co.ke", "https://", "https://localhost", "https://LOCALHOST:8080",
          "https://api.demo.localhost", "https://127.0.0.1:8080", "https://[::1]:8080",
          "https://0.0.0.0", "http://127.0.0.1:8080"}) {
        EXPECT_NE(from_production(url).find("http.public_url"), std::string::npos) << url;
    }
    EXPECT_EQ(problem([](Options& o) { o.callback_url = "http://127.0.0.1:8080"; }), "")
        << "a simulator reaches it";
    for (const auto* host : {"mpesa.example", "M-Pesa.example", "safaricom.example", "exe.example",
                             "my-sql.example", "QUERY.example", "cmd.example"}) {
        EXPECT_NE(problem([&](Options& o) { o.callback_url = std::string{"https://"} + host; }), "")
            << host;
    }
}

}  // namespace
}  // namespace lango::rails::daraja::test
