#include <gtest/gtest.h>

#include "api/api_fixture.hpp"

namespace lango::api {
namespace {

constexpr const char* path = "/api/v1/payment-systems/available";

class PaymentSystems : public test::Endpoints {
  protected:
    std::string of(const std::string& query, const std::string& body = "") {
        auto request = get(path, "secret=secret-1" + query);
        request.body = body;
        return call(request).body;
    }
};

std::string fail(const std::string& messages) {
    return R"({"status":"fail","message":{)" + messages + "}}";
}

constexpr const char* none = R"({"status":"ok","params":{"currency_data":[],"wallets":[]}})";

TEST_F(PaymentSystems, AreNoneForCurrenciesThatNoneTakes) {
    EXPECT_EQ(of("&currency_code[]=USD&label=5"), none);
    EXPECT_EQ(of("", R"({"currency_code":["USD","EUR"],"label":"5"})"), none);
    EXPECT_EQ(of("&currency_code[]=kes&label=5"), none);
}

TEST_F(PaymentSystems, AreTheSameHoweverTheCurrencyIsAskedFor) {
    const auto all = of("&currency_code[]=KES&label=5");
    EXPECT_NE(all.find(R"("type":"mpesa")"), std::string::npos);
    EXPECT_EQ(of("&currency_code=KES&label=5"), all);
    EXPECT_EQ(of("&currency_code%5B0%5D=USD&currency_code%5B1%5D=KES&label=5"), all);
    EXPECT_EQ(of("&label=5", R"({"currency_code":"KES"})"), all);
    EXPECT_EQ(of("", R"({"currency_code":["KES"],"label":5})"), all);
}

TEST_F(PaymentSystems, RefuseALabelThatIsTooLong) {
    EXPECT_EQ(of("&currency_code=KES&label=" + std::string(191, 'x')),
              fail(R"("label":["The label must not be greater than 190 characters."])"));
}

TEST_F(PaymentSystems, SayWhatIsMissing) {
    const std::string no_code = R"("currency_code":["The currency code field is required."])";
    const std::string no_label = R"("label":["The label field is required."])";
    EXPECT_EQ(of(""), fail(no_code + "," + no_label));
    EXPECT_EQ(of("&label=5"), fail(no_code));
    EXPECT_EQ(of("", R"({"currency_code":[],"label":"5"})"), fail(no_code));
    EXPECT_EQ(of("", R"({"currency_code":null,"label":"5"})"), fail(no_code));
    EXPECT_EQ(of("&currency_code[]=KES"), fail(no_label));
    EXPECT_EQ(of("&currency_code[]=KES&label="), fail(no_label));
}

TEST_F(PaymentSystems, SayWhatACurrencyCodeIs) {
    const auto not_a_list = fail(R"("currency_code":["The currency code must be an array."])");
    EXPECT_EQ(of("", R"({"currency_code":5,"label":"5"})"), not_a_list);
    EXPECT_EQ(of("", R"({"currency_code":{"0":"KES"},"label":"5"})"), not_a_list);
    EXPECT_EQ(of("", R"({"currency_code":["KES",5],"label":"5"})"), not_a_list);
    EXPECT_EQ(of("&currency_code[]=KESH&label=5"),
              fail(R"("currency_code":["The currency code must be 3 characters."])"));
}

TEST_F(PaymentSystems, AreForMerchants) {
    EXPECT_EQ(call(get(path, "currency_code[]=KES&label=5")).status, 404);
    auto request = get(path, "secret=secret-1");
    request.body = "no json";
    EXPECT_EQ(call(request).status, 400);
}

TEST_F(PaymentSystems, LinkToALogoThatIsThere) {
    const auto logo = call(get("/storage/payment_system/logos/mpesa.png", ""));
    EXPECT_EQ(logo.status, 200);
    EXPECT_EQ(logo.content_type, "image/png");
    EXPECT_TRUE(logo.body.starts_with("\x89PNG\r\n"));
}

}  // namespace
}  // namespace lango::api
