#include "simulator/c2b_fixture.hpp"

namespace lango::simulator {
namespace {

class Phones : public C2bTest {
  protected:
    // A page that waits for something to happen.
    std::shared_ptr<std::optional<http::Response>> watch(const std::string& version) {
        auto made = request("/simulator/phones", "");
        made.method = http::Method::get;
        made.query = std::string{"phone="} + phone + "&after=" + version;
        auto answer = std::make_shared<std::optional<http::Response>>();
        asio::co_spawn(io_, keep(daraja_->service(), std::move(made), answer), asio::detached);
        let_time_pass(0s);
        return answer;
    }
    std::string version() { return get(std::string{"phones?phone="} + phone).text_at("version"); }

  private:
    static asio::awaitable<void> keep(http::Service service, http::Request request,
                                      std::shared_ptr<std::optional<http::Response>> answer) {
        *answer = co_await service(request);
    }
};

TEST_F(Phones, RingWithThePromptAsSoonAsItIsThere) {
    const auto waiting = watch(version());
    let_time_pass(1s);
    EXPECT_FALSE(*waiting);
    push(phone, 1500);
    let_time_pass(0s);
    ASSERT_TRUE(*waiting);
    const auto shown = json::parse((*waiting)->body).value();
    EXPECT_EQ(*(*shown.find("ringing")->array())[0].string(), phone);
    const auto& prompt = *(*shown.find("phones")->array())[0].find("prompt");
    EXPECT_EQ(prompt.text_at("organisation"), "LANGO SANDBOX");
    EXPECT_EQ(prompt.text_at("amount_minor"), "150000");
    EXPECT_EQ(prompt.text_at("account_reference"), "order 1");
}

TEST_F(Phones, AreAnsweredAfterTwentyFiveSecondsOfSilence) {
    const auto waiting = watch(version());
    let_time_pass(24s);
    EXPECT_FALSE(*waiting);
    let_time_pass(1s);
    EXPECT_TRUE(*waiting);
    // Who knows an older state waits for nothing.
    push(phone);
    EXPECT_TRUE(*watch("0"));
}

TEST_F(Phones, ThatSomebodyLooksAtWaitForThePin) {
    version();
    push(phone);
    let_time_pass(30s);
    EXPECT_TRUE(callbacks_.empty());
    post(std::string{"phones/"} + phone + "/pin", R"({"pin":"1234"})");
    EXPECT_EQ(codes(), std::vector<std::string>{"0"});
    // Nobody looks any more: the simulated payer takes over.
    let_time_pass(60s);
    push(phone, 900);
    let_time_pass(2s);
    EXPECT_EQ(callbacks_.size(), 2U);
}

TEST_F(Phones, GoOutOfReachAndComeBack) {
    const auto path = std::string{"phones/"} + phone;
    post(path + "/out-of-reach");
    EXPECT_FALSE(*get(path).find("reachable")->boolean());
    push(phone);
    let_time_pass(2s);
    EXPECT_EQ(codes(), std::vector<std::string>{"1037"});
    post(path + "/pay", R"({"till":"174379","amount":5})");
    EXPECT_EQ(admin_status, 400);
    post(path + "/within-reach");
    push(phone);
    let_time_pass(2s);
    EXPECT_EQ(codes(), (std::vector<std::string>{"1037", "0"}));
}

TEST_F(Phones, ShowTheirMessagesNewestFirst) {
    pay(R"({"till":"174379","amount":5})");
    pay(R"({"paybill":"999999","account":"a","amount":5})");
    pay(R"({"till":"174379","amount":5,"pin":"9999"})");
    const auto shown = get(std::string{"phones/"} + phone);
    const auto& messages = *shown.find("messages")->array();
    ASSERT_EQ(messages.size(), 3U);
    EXPECT_EQ(messages[0].text_at("text"),
              "Failed. Ksh5.00 to LANGO SANDBOX was not paid. The PIN was wrong. Three wrong PINs "
              "lock your M-PESA.");
    EXPECT_EQ(messages[1].text_at("text"),
              "Failed. M-PESA knows no business with the number 999999.");
    EXPECT_EQ(messages[2].text_at("seq"), "1");
    expect_balanced(1);
}

TEST_F(Phones, RefuseWhatAMenuCannotSay) {
    const auto path = std::string{"phones/"} + phone + "/pay";
    for (const std::string body :
         {"", R"({"till":"174379"})", R"({"amount":5})", R"({"paybill":"174379","amount":5})",
          R"({"paybill":"174379","account":"123456789012345678901","amount":5})"}) {
        post(path, body);
        EXPECT_EQ(admin_status, 400) << body;
    }
}

}  // namespace
}  // namespace lango::simulator
