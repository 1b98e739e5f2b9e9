#include <regex>

#include "simulator/daraja_fixture.hpp"

namespace lango::simulator {
namespace {

constexpr const char* subscriber = "254712345678";

class Push : public DarajaTest {
  protected:
    void SetUp() override { begin(); }
    std::string sent(const Changes& changes) {
        return said(send_push(push_body(subscriber, 1000, changes)));
    }
};

TEST_F(Push, IsAcceptedWithIdsOfTheRealShape) {
    let_time_pass(7ms);
    const auto answer = send_push(push_body(subscriber, 1000));
    ASSERT_EQ(answer.status, 200);
    const auto body = json::parse(answer.body).value();
    EXPECT_EQ(body.text_at("CheckoutRequestID"), "ws_CO_231120261200007712345678");
    EXPECT_TRUE(
        std::regex_match(body.text_at("MerchantRequestID"),
                         std::regex{"[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}[0-9]+"}));
    ASSERT_NE(body.find("ResponseCode")->string(), nullptr);
    EXPECT_EQ(body.text_at("ResponseCode"), "0");
    EXPECT_EQ(body.text_at("ResponseDescription"), "Success. Request accepted for processing");
    EXPECT_EQ(body.text_at("CustomerMessage"), "Success. Request accepted for processing");
    expect_balanced(0);
}

TEST_F(Push, NeverNamesTwoAlike) {
    post("settings", R"({"auto_pay_ms":0})");
    const auto first = push(subscriber, 10);
    const auto second = push(subscriber, 11);
    EXPECT_NE(first, "");
    EXPECT_NE(second, "");
    EXPECT_NE(first, second);
}

TEST_F(Push, TakesNumbersForTextsTextsForNumbersAndBlanksAfterTheType) {
    EXPECT_EQ(send_push(push_body(subscriber, 1000,
                                  {{"BusinessShortCode", "\"174379\""},
                                   {"Amount", "\"1000.00\""},
                                   {"PartyA", subscriber},
                                   {"PhoneNumber", subscriber},
                                   {"PartyB", "174379"},
                                   {"TransactionType", "\"CustomerBuyGoodsOnline \""}}))
                  .status,
              200);
}

TEST_F(Push, NamesTheFirstFieldThatIsWrong) {
    const std::vector<std::pair<std::string, std::vector<std::string>>> wrong{
        {"BusinessShortCode", {"", "\"12\"", "\"abcdef\"", "null"}},
        {"Password", {"", "\"\""}},
        {"Timestamp", {"", "\"2026\"", "\"2026-11-23 12:0\""}},
        {"TransactionType", {"", "\"CustomerPayBill\""}},
        {"Amount", {"", "1.5", "-1", "\"ten\"", "99999999999", "900000000000000000"}},
        {"PartyA", {"", "\"0712345678\""}},
        {"PartyB", {"", "\"x\""}},
        {"PhoneNumber", {"", "\"+254712345678\""}},
        {"CallBackURL", {"", "\"ftp://shop.example\""}},
        {"AccountReference", {"", "\"\""}},
    };
    for (const auto& [name, values] : wrong) {
        for (const auto& value : values) {
            EXPECT_EQ(sent({{name, value}}), "400 400.002.02 Bad Request - Invalid " + name)
                << value;
        }
    }
    EXPECT_EQ(sent({{"TransactionDesc", ""}}), "400 400.002.02 Bad Request - Invalid Remarks");
    EXPECT_EQ(sent({{"PartyA", ""}, {"Amount", ""}}),
              "400 400.002.02 Bad Request - Invalid Amount");
    expect_balanced(0);
}

// The rail's own sample has https://mydomain.com/mpesa-express-simulate/; the words are forbidden
// in what is registered for C2B.
TEST_F(Push, TakesAnyAddressUnlessTheRuleOfC2bIsSwitchedOn) {
    const Changes sample{{"CallBackURL", "\"https://mydomain.com/mpesa-express-simulate/\""}};
    EXPECT_EQ(sent(sample).substr(0, 3), "200");
    post("settings", R"({"strict_urls":true})");
    for (const auto* word : {"mpesa/1", "SAFARICOM", "sql", "m-pesa", "query", "cmd", "exe"}) {
        EXPECT_EQ(sent({{"CallBackURL", "\"https://shop.example/" + std::string{word} + '"'}}),
                  "400 400.002.02 Bad Request - Invalid CallBackURL")
            << word;
    }
}

TEST_F(Push, IsNotReadWithoutItsContentTypeAndNotUnderstoodWhenItIsNoJson) {
    auto bare = request("/mpesa/stkpush/v1/processrequest", push_body(subscriber, 1000));
    bare.headers = {};
    bare.headers.add("Authorization", bearer_);
    EXPECT_EQ(said(ask(bare).value()), "400 400.002.02 Bad Request - Invalid BusinessShortCode");
    EXPECT_EQ(said(send_push("{\"a\":")), "400 400.002.05 Invalid Request Payload");
    EXPECT_EQ(said(send_push("[]")), "400 400.002.02 Bad Request - Invalid BusinessShortCode");
}

TEST_F(Push, ChecksTokenMerchantAndPasswordInThisOrder) {
    EXPECT_EQ(sent({{"BusinessShortCode", "600000"}}), "500 500.001.1001 Merchant does not exist");
    EXPECT_EQ(sent({{"Timestamp", "\"20261123120001\""}}),
              "500 500.001.1001 [MerchantValidate] - Wrong credentials");
    bearer_ = "Bearer stranger";
    EXPECT_EQ(sent({{"Amount", ""}}), "404 404.001.03 Invalid Access Token");
}

TEST_F(Push, TakesThePublishedPasswordOfThePublishedTimestamp) {
    EXPECT_EQ(
        send_push(
            push_body(subscriber, 1000,
                      {{"Timestamp", "\"20210628092408\""},
                       {"Password",
                        "\"MTc0Mzc5YmZiMjc5ZjlhYTliZGJjZjE1OGU5N2RkNzFhNDY3Y2QyZTBjODkzMDU5YjEw"
                        "Zjc4ZTZiNzJhZGExZWQyYzkxOTIwMjEwNjI4MDkyNDA4\""}}))
            .status,
        200);
}

TEST_F(Push, MayBeAskedToBringAFreshTimestamp) {
    post("settings", R"({"timestamp_max_age_ms":60000})");
    EXPECT_EQ(sent({}).substr(0, 3), "200");
    let_time_pass(61s);
    EXPECT_EQ(sent({}), "400 400.002.02 Bad Request - Invalid Timestamp");
}

TEST_F(Push, ToAPhoneWithAnOpenPromptCannotLockTheSubscriber) {
    push(subscriber);
    EXPECT_EQ(sent({}),
              "500 500.001.1001 Unable to lock subscriber, a transaction is already in process for "
              "the current subscriber");
    EXPECT_NE(push("254712345679"), "");
    let_time_pass(2s);
    EXPECT_NE(push(subscriber, 20), "");
}

TEST_F(Push, IsLimitedPerSecondAndShortcodeWhenSwitched) {
    Config config;
    config.pushes_per_second = 2;
    begin(std::move(config));
    EXPECT_NE(push("254712345671"), "");
    EXPECT_NE(push("254712345672"), "");
    EXPECT_EQ(push("254712345673"), "");
    EXPECT_EQ(said(refused), "500 500.003.02 Error Occurred: Spike Arrest Violation");
    let_time_pass(1s);
    EXPECT_NE(push("254712345673"), "");
}

TEST_F(Push, OnlyByPostAndOnlyWhereItIs) {
    auto get = request("/mpesa/stkpush/v1/processrequest", "");
    get.method = http::Method::get;
    EXPECT_EQ(said(ask(get).value()), "404 404.001.04 Invalid Authentication Header");
    get.method = http::Method::put;
    EXPECT_EQ(said(ask(get).value()), "405 405.001 Method Not Allowed");
    get.path = "/mpesa/stkpush/v9/processrequest";
    EXPECT_EQ(said(ask(get).value()), "404 404.001.01 Resource not found");
}

}  // namespace
}  // namespace lango::simulator
