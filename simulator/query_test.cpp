#include "simulator/daraja_fixture.hpp"

namespace lango::simulator {
namespace {

constexpr const char* subscriber = "254712345678";

class AQuery : public DarajaTest {
  protected:
    void SetUp() override { begin(); }
};

TEST_F(AQuery, SaysBeingProcessedWhileThePromptIsOpenAndThenTheResult) {
    const auto id = push(subscriber);
    EXPECT_EQ(query(id), "500 500.001.1001 The transaction is being processed");
    let_time_pass(2s);
    EXPECT_EQ(query(id), "0");
}

TEST_F(AQuery, KnowsNoOtherPush) {
    EXPECT_EQ(query("ws_CO_1"), "400 400.002.02 Bad Request - Invalid CheckoutRequestID");
    EXPECT_EQ(query(""), "400 400.002.02 Bad Request - Invalid CheckoutRequestID");
}

TEST_F(AQuery, IsTooEarlyAndThenStillProcessingWhenSwitched) {
    post("settings", R"({"query_too_early_ms":5000,"processing_ms":10000})");
    const auto id = push(subscriber);
    let_time_pass(4s);
    EXPECT_EQ(query(id), "400 400.002.02 Bad Request - Invalid CheckoutRequestID");
    let_time_pass(1s);
    EXPECT_EQ(query(id), "4999");
    let_time_pass(7s);
    EXPECT_EQ(query(id), "0");
}

TEST_F(AQuery, IsLimitedPerMinuteWithApigeesFaultWhenSwitched) {
    post("settings", R"({"queries_per_minute":5})");
    const auto id = push(subscriber);
    let_time_pass(2s);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(query(id), "0");
    EXPECT_EQ(query(id), "429  ");
    let_time_pass(60s);
    EXPECT_EQ(query(id), "0");
}

TEST_F(AQuery, NeedsTokenFieldsAndPassword) {
    const auto ask_with = [&](const std::string& body) {
        return said(ask(request("/mpesa/stkpushquery/v1/query", body)).value());
    };
    EXPECT_EQ(ask_with("{}"), "400 400.002.02 Bad Request - Invalid BusinessShortCode");
    EXPECT_EQ(ask_with("{"), "400 400.002.05 Invalid Request Payload");
    EXPECT_EQ(ask_with(R"({"BusinessShortCode":174379,"Password":"x","Timestamp":"20261123120000",)"
                       R"("CheckoutRequestID":"ws_CO_1"})"),
              "500 500.001.1001 [MerchantValidate] - Wrong credentials");
    bearer_ = "Bearer x";
    EXPECT_EQ(ask_with("{}"), "404 404.001.03 Invalid Access Token");
}

TEST_F(AQuery, OfThePaymentsIsForWhoHasRegistered) {
    const auto asked = [this] { return said(pull("2026-11-23 12:00:00", "2026-11-23 13:00:00")); };
    EXPECT_EQ(asked(), "400 400.002.02 Bad Request - Invalid ShortCode");
    for (const auto& [name, value] : Changes{{"ShortCode", "\"x\""},
                                             {"ShortCode", "\"600000\""},
                                             {"RequestType", "\"Push\""},
                                             {"NominatedNumber", "\"12\""},
                                             {"CallBackURL", "\"https://shop.example/mpesa\""}}) {
        EXPECT_EQ(register_pull({{name, value}}), "400 400.002.02 Bad Request - Invalid " + name);
    }
    EXPECT_EQ(register_pull(), "1000");
    EXPECT_EQ(register_pull(), "1001");
    EXPECT_EQ(pull("2026-11-23 12:00:00", "2026-11-23 13:00:00").status, 200);
    restart();
    EXPECT_EQ(register_pull(), "1001") << "a restart does not forget";
    begin();
    post("settings", R"({"pull_needs_registration":false})");
    EXPECT_EQ(pull("2026-11-23 12:00:00", "2026-11-23 13:00:00").status, 200);
    bearer_ = "Bearer x";
    EXPECT_EQ(register_pull(), "400 400.003.01 Invalid Access Token");
}

TEST_F(AQuery, OfThePaymentsListsThemByTimeAndPage) {
    push(subscriber, 10);
    let_time_pass(2s);
    push("254712345679", 20);
    let_time_pass(2s);
    register_pull();
    const auto listed = [&](const std::string& from, const std::string& to, int offset) {
        return json::parse(pull(from, to, offset).body).value();
    };
    const auto all = listed("2026-11-23 12:00:00", "2026-11-23 12:00:10", 0);
    EXPECT_EQ(all.text_at("ResponseCode"), "1000");
    const auto& rows = *(*all.find("Response")->array())[0].array();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].text_at("transactionId"), daraja_->ledger().payments()[0].receipt);
    EXPECT_EQ(rows[1].text_at("msisdn"), "254712345679");
    EXPECT_EQ(rows[1].text_at("amount"), "20.00");
    EXPECT_EQ(
        (*listed("2026-11-23 12:00:00", "2026-11-23 12:00:10", 1).find("Response")->array())[0]
            .array()
            ->size(),
        1U);
    EXPECT_EQ(listed("2026-11-23 12:00:05", "2026-11-23 12:00:10", 0).text_at("ResponseCode"),
              "1001");
}

}  // namespace
}  // namespace lango::simulator
