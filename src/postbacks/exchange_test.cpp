#include "postbacks/exchange.hpp"

#include <gtest/gtest.h>

#include <map>

#include "postbacks/readable.hpp"
#include "postbacks/samples.hpp"

namespace lango::postbacks {
namespace {

using namespace std::chrono_literals;
using Answer = Result<http::ClientResponse, http::ClientError>;

const Instant began = from_micros(1'790'000'000'900'000);

Attempt judged(Answer answer) { return judge(PostbackId{7}, began, began + 30ms, answer); }
Attempt answered(int status, std::string body) {
    return judged(http::ClientResponse{.status = status, .headers = {}, .body = std::move(body)});
}
Attempt failed(std::string message) {
    return judged(Unexpected<http::ClientError>{
        http::ClientError{.reached = http::Reached::unknown, .message = std::move(message)}});
}

TEST(Answer, IsADeliveryWhenItSaysOk) {
    for (const auto* body : {
             R"({"status":"ok"})",
             R"( { "status" : "ok" } )",
             R"({"status":"ok","message":"credited","data":{"status":"fail"}})",
             R"({"code":1,"status":"\u006fk"})",
         }) {
        const auto attempt = answered(200, body);
        EXPECT_EQ(attempt.outcome, AttemptOutcome::delivered) << body;
        EXPECT_EQ(attempt.status, 200);
        EXPECT_EQ(attempt.answer, body);
        EXPECT_EQ(attempt.id, PostbackId{7});
        EXPECT_EQ(attempt.at, began);
        EXPECT_EQ(attempt.took, 30ms);
    }
}

TEST(Answer, IsWrongWhenItSaysAnythingElse) {
    struct Case {
        int status;
        const char* body;
    };
    for (const auto& [status, body] : {
             Case{500, R"({"status":"ok"})"},
             Case{302, R"({"status":"ok"})"},
             Case{201, R"({"status":"ok"})"},
             Case{204, ""},
             Case{200, ""},
             Case{200, "ok"},
             Case{200, R"("ok")"},
             Case{200, R"({"status":"OK"})"},
             Case{200, R"({"status":"ok "})"},
             Case{200, R"({"status":"fail"})"},
             Case{200, R"({"status":true})"},
             Case{200, R"({"Status":"ok"})"},
             Case{200, R"([{"status":"ok"}])"},
             Case{200, R"({"data":{"status":"ok"}})"},
             Case{200, R"({"status":"ok"}{})"},
             Case{200, "{'status':'ok'}"},
             Case{200, "<html>{\"status\":\"ok\"}</html>"},
             Case{200, R"({"status":"ok","status":"fail"})"},
         }) {
        const auto attempt = answered(status, body);
        EXPECT_EQ(attempt.outcome, AttemptOutcome::wrong_answer) << status << " " << body;
        EXPECT_EQ(attempt.status, status);
    }
}

TEST(Answer, ThatWasCutIsWrong) {
    http::ClientResponse cut{.status = 200, .headers = {}, .body = R"({"status":"ok"})"};
    cut.truncated = true;
    EXPECT_EQ(judged(cut).outcome, AttemptOutcome::wrong_answer);
}

TEST(Answer, ThatNeverCameIsTold) {
    const auto attempt = failed("timeout");
    EXPECT_EQ(attempt.outcome, AttemptOutcome::no_answer);
    EXPECT_EQ(attempt.status, 0);
    EXPECT_EQ(attempt.answer, "timeout");
}

TEST(Answer, OfAnAddressThatIsNotAllowedIsToldApart) {
    EXPECT_EQ(failed("address refused: 169.254.169.254").outcome, AttemptOutcome::address_refused);
    EXPECT_EQ(failed("connect: connection refused").outcome, AttemptOutcome::no_answer);
}

TEST(Readable, KeepsTextAndLinesAndNothingThatActs) {
    EXPECT_EQ(readable("ok\n\té 日 😀"), "ok\n\té 日 😀");
    EXPECT_EQ(readable(std::string_view{"a\0b\r\x1b[31m\x7f", 9}), "a?b??[31m");
    EXPECT_EQ(readable("a\u202Eb\u2066c\u0085"), "a?b?c?");
}

TEST(Readable, ReplacesWhatIsNoUtf8) {
    EXPECT_EQ(readable("\xff\xc3(\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80z"),
              std::string(2, '?') + "(" + std::string(9, '?') + "z");
    EXPECT_EQ(readable("caf\xe9"), "caf?");
    EXPECT_EQ(readable("\xe2\x82"), "??");
}

TEST(Readable, CutsBetweenCharacters) {
    const std::string long_text(answer_max - 1, 'x');
    EXPECT_EQ(readable(long_text + "yz"), long_text + "y");
    EXPECT_EQ(readable(long_text + "éz"), long_text);
    EXPECT_EQ(readable(std::string(100'000, '\xff')).size(), answer_max);
}

TEST(Request, CarriesThePagesBodyAndStandardWebhooksHeaders) {
    const auto merchant = test::merchant();
    const std::string body = R"({"amount":3000})";
    const auto request = request_for(merchant, PostbackId{0x0123456789abcdef}, body, began, 10s);
    EXPECT_EQ(request.method, http::Method::post);
    EXPECT_EQ(request.url, merchant.postback_url);
    EXPECT_EQ(request.body, body);
    EXPECT_EQ(request.timeout, 10s);
    EXPECT_EQ(request.body_max, 64U * 1024);
    EXPECT_TRUE(request.guard_address);
    const std::map<std::string, std::string> headers{request.headers.begin(),
                                                     request.headers.end()};
    EXPECT_EQ(headers.at("Content-Type"), "application/json");
    EXPECT_EQ(headers.at("webhook-id"), "msg_0123456789abcdef");
    EXPECT_EQ(headers.at("webhook-timestamp"), "1790000000");  // whole seconds, rounded down
    // printf 'msg_0123456789abcdef.1790000000.{"amount":3000}' |
    //   openssl dgst -sha256 -hmac abcdefghijklmnopqrstuvwx -binary | base64
    EXPECT_EQ(headers.at("webhook-signature"), "v1,hH1OCvvOz+dEPesgk/35uIbsbh+hiSBgdYN3XSnZ+sk=");
}

}  // namespace
}  // namespace lango::postbacks
