// For tests: an organisation that registered its URLs, and customers with a menu.
#pragma once
#include "simulator/daraja_fixture.hpp"

namespace lango::simulator {

class C2bTest : public DarajaTest {
  protected:
    static constexpr const char* phone = "254708374149";
    static constexpr const char* confirmation = "https://shop.example/told/confirm";
    static constexpr const char* validation = "https://shop.example/told/validate";
    static constexpr const char* accepted = R"({"ResultCode":"0","ResultDesc":"Accepted"})";

    void SetUp() override { begin(); }

    static std::string registration(const Changes& changes = {}) {
        return body_of({{"ShortCode", "174379"},
                        {"ResponseType", "\"Cancelled\""},
                        {"ConfirmationURL", '"' + std::string{confirmation} + '"'},
                        {"ValidationURL", '"' + std::string{validation} + '"'}},
                       changes);
    }
    http::Response send_registration(const Changes& changes = {}, int version = 2) {
        return ask(request("/mpesa/c2b/v" + std::to_string(version) + "/registerurl",
                           registration(changes)))
            .value();
    }
    void register_urls(const Changes& changes = {}, int version = 2) {
        const auto answer = send_registration(changes, version);
        EXPECT_EQ(json::parse(answer.body)->text_at("ResponseCode"), "0") << answer.body;
    }
    http::Response simulate(const Changes& changes = {}) {
        const Changes members{{"ShortCode", "174379"},
                              {"CommandID", "\"CustomerPayBillOnline\""},
                              {"Amount", "5"},
                              {"Msisdn", '"' + std::string{phone} + '"'},
                              {"BillRefNumber", "\"order 1\""}};
        const auto answer =
            ask(request("/mpesa/c2b/v2/simulate", body_of(members, changes))).value();
        let_time_pass(0s);
        return answer;
    }
    // From the phone's own menu.
    void pay(const std::string& members, const std::string& from = phone) {
        post("phones/" + from + "/pay", members);
        EXPECT_EQ(admin_status, 200);
    }
    [[nodiscard]] std::string sms(const std::string& of = phone) {
        const auto shown = get("phones/" + of);
        const auto& messages = *shown.find("messages")->array();
        return messages.empty() ? "" : messages.front().text_at("text");
    }
    [[nodiscard]] std::vector<std::string> urls() const {
        std::vector<std::string> out;
        for (const auto& callback : callbacks_) out.push_back(callback.url);
        return out;
    }
    using Urls = std::vector<std::string>;
};

}  // namespace lango::simulator
