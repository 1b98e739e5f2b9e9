#include "simulator/daraja_fixture.hpp"

namespace lango::simulator {
namespace {

constexpr const char* subscriber = "254712345678";
const std::string phone_path = "phones/254712345678";

class TheAdminApi : public DarajaTest {
  protected:
    void SetUp() override {
        Config config;
        config.auto_pay.reset();
        begin(std::move(config));
    }
    using Codes = std::vector<std::string>;
};

TEST_F(TheAdminApi, IsNotForAStrangersPageNorUnderAStrangersName) {
    auto foreign = request("/simulator/settings", R"({"auto_pay_ms":"off"})");
    foreign.headers.add("Origin", "https://evil.example");
    EXPECT_EQ(ask(foreign).value().status, 403);
    auto rebound = request("/simulator/calls", "");
    rebound.method = http::Method::get;
    rebound.host = "evil.example";
    EXPECT_EQ(ask(rebound).value().status, 403);
    rebound.host = "localhost";
    EXPECT_EQ(ask(rebound).value().status, 200);
    daraja_->config().local_only = false;  // as with --address 0.0.0.0
    rebound.host = "simulator.lan";
    EXPECT_EQ(ask(rebound).value().status, 200);
}

TEST_F(TheAdminApi, ShowsAPhoneWithItsBalanceAndPrompt) {
    EXPECT_TRUE(get(phone_path).find("prompt")->is_null());
    const auto id = push(subscriber, 1000);
    const auto shown = get(phone_path);
    EXPECT_EQ(shown.text_at("balance_minor"), "50000000");
    const auto& prompt = *shown.find("prompt");
    EXPECT_EQ(
        prompt.text_at("text"),
        "Do you want to pay Ksh. 1000.00 to LANGO SANDBOX Account no. order 1? Enter M-PESA PIN:");
    EXPECT_EQ(prompt.text_at("checkout_request_id"), id);
    EXPECT_EQ(prompt.text_at("amount_minor"), "100000");
    get("phones/0712");
    EXPECT_EQ(admin_status, 400);
}

TEST_F(TheAdminApi, PaysWithThePin) {
    push(subscriber);
    post(phone_path + "/pin", R"({"pin":"1234"})");
    EXPECT_EQ(admin_status, 200);
    EXPECT_EQ(codes(), Codes{"0"});
    post(phone_path + "/pin");
    EXPECT_EQ(admin_status, 400);
    expect_balanced(1);
}

TEST_F(TheAdminApi, LocksThePinAtTheThirdWrongOne) {
    for (int i = 0; i < 3; ++i) {
        push(subscriber);
        post(phone_path + "/pin", R"({"pin":"0000"})");
    }
    push(subscriber);
    post(phone_path + "/pin");
    EXPECT_EQ(codes(), (Codes{"2001", "2001", "8006", "0"}));
}

TEST_F(TheAdminApi, CancelsGoesOfflineOrIgnores) {
    push(subscriber);
    post(phone_path + "/cancel");
    push(subscriber);
    post(phone_path + "/offline");
    EXPECT_EQ(codes(), (Codes{"1032", "1037"}));
    post("settings", R"({"auto_pay_ms":1000})");
    push(subscriber);
    post(phone_path + "/ignore");
    let_time_pass(59s);
    EXPECT_EQ(callbacks_.size(), 2U);
    let_time_pass(1s);
    EXPECT_EQ(codes(), (Codes{"1032", "1037", "1037"}));
    push(subscriber);
    post(phone_path + "/dance");
    EXPECT_EQ(admin_status, 400);
}

TEST_F(TheAdminApi, ShowsTheLedgerAndPagesThroughThePayments) {
    for (int i = 0; i < 3; ++i) {
        push("25471234567" + std::to_string(i), 10 + i);
        post("phones/25471234567" + std::to_string(i) + "/pin");
    }
    const auto ledger = get("ledger");
    const auto& shortcode = (*ledger.find("shortcodes")->array())[0];
    EXPECT_EQ(shortcode.text_at("shortcode"), "174379");
    EXPECT_EQ(shortcode.text_at("working_minor"), "3300");
    EXPECT_EQ(shortcode.text_at("payments"), "3");
    EXPECT_EQ(ledger.text_at("wallets_total_minor"), std::to_string(3 * 50'000'000 - 3300));
    EXPECT_TRUE(*ledger.find("balanced")->boolean());
    const auto page = get("payments?after=1&limit=1");
    const auto& rows = *page.find("payments")->array();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].text_at("seq"), "2");
    EXPECT_EQ(rows[0].text_at("amount_minor"), "1100");
    EXPECT_EQ(rows[0].text_at("phone"), "254712345671");
    EXPECT_EQ(rows[0].text_at("account_reference"), "order 1");
    EXPECT_EQ(rows[0].text_at("receipt"), daraja_->ledger().payments()[1].receipt);
    EXPECT_TRUE(get("payments?after=3").find("payments")->array()->empty());
}

TEST_F(TheAdminApi, ChangesAllSettingsOfARequestOrNone) {
    post("settings", R"({"callback_retries":2,"masked_phone":"yes"})");
    EXPECT_EQ(admin_status, 400);
    post("settings", R"({"callback_retries":2,"colour":1})");
    EXPECT_EQ(admin_status, 400);
    EXPECT_EQ(get("settings").text_at("callback_retries"), "0");
    post("settings", R"({"callback_retries":2,"auto_pay_ms":250})");
    EXPECT_EQ(get("settings").text_at("callback_retries"), "2");
    EXPECT_EQ(get("settings").text_at("auto_pay_ms"), "250");
}

TEST_F(TheAdminApi, RemembersTheLastCalls) {
    for (int i = 0; i < 300; ++i) push("254712" + std::to_string(345'100 + i), 10);
    const auto calls = get("calls");
    const auto& list = *calls.find("calls")->array();
    EXPECT_EQ(list.size(), 200U);
    EXPECT_EQ(list.back().text_at("path"), "/mpesa/stkpush/v1/processrequest");
    EXPECT_EQ(list.back().find("body")->text_at("PhoneNumber"), "254712345399");
}

}  // namespace
}  // namespace lango::simulator
