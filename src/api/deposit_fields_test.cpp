// Every field's wording. What a whole request is answered stands in tests/simulation/api_test.cpp.
#include "api/deposit_fields.hpp"

#include <gtest/gtest.h>

namespace lango::api {
namespace {

std::string with(const std::string& field, const std::string& value) {
    const std::pair<const char*, const char*> fields[] = {{"amount", "1000"},
                                                          {"phone_number", "\"254712345678\""},
                                                          {"currency", "\"KES\""},
                                                          {"label", "\"user\""},
                                                          {"custom_transaction_id", "\"order\""}};
    std::string body = "{";
    for (const auto& [name, usual] : fields) {
        if (field == name && value.empty()) continue;
        body += (body == "{" ? "\"" : ",\"") + std::string{name} +
                "\":" + (field == name ? value : usual);
    }
    return body + "}";
}

Result<deposits::NewDeposit, FieldErrors> read(const std::string& body,
                                               const merchants::Merchant& merchant = {}) {
    return read_deposit(*json::parse(body), merchant);
}

// "field: text" a line; "" when nothing is wrong.
std::string wrong(const std::string& body, const merchants::Merchant& merchant = {}) {
    std::string lines;
    const auto fields = read(body, merchant);
    if (fields) return lines;
    for (const auto& [field, text] : fields.error()) {
        lines += std::string{field} + ": " + text + "\n";
    }
    return lines;
}

TEST(DepositFields, AreReadAsTheyWereSentButForBlanksAround) {
    const auto fields =
        read(R"({"amount":3000,"phone_number":"254112345678","currency":"KES","label":" a b ",)"
             R"("custom_transaction_id":"№ \"1\"","ignored":[1]})");
    ASSERT_TRUE(fields);
    EXPECT_EQ(fields->amount, Money::kes(3000));
    EXPECT_EQ(fields->phone.raw(), "254112345678");
    EXPECT_EQ(fields->label, "a b");
    EXPECT_EQ(fields->custom_transaction_id, "№ \"1\"");
}

struct Field {
    const char* name;
    const char* title;
};
class TextField : public testing::TestWithParam<Field> {};
TEST_P(TextField, IsRequiredAndAText) {
    const std::string name = GetParam().name;
    const auto start = name + ": The " + GetParam().title;
    for (const auto* value : {"", "null", "\"\"", "\" \"", "\"\\t\\n\""}) {
        EXPECT_EQ(wrong(with(name, value)), start + " field is required.\n") << value;
    }
    for (const auto* value : {"1", "0", "true", "false", "[]", "{}", "[\"KES\"]"}) {
        EXPECT_EQ(wrong(with(name, value)), start + " must be a string.\n") << value;
    }
}
INSTANTIATE_TEST_SUITE_P(All, TextField,
                         testing::Values(Field{"phone_number", "phone number"},
                                         Field{"currency", "currency"}, Field{"label", "label"},
                                         Field{"custom_transaction_id", "custom transaction id"}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(DepositFields, LimitTextsTo190Characters) {
    std::string most;
    for (int i = 0; i < 190; ++i) most += "😀";
    for (const auto& [name, title] :
         {std::pair{"label", "label"}, {"custom_transaction_id", "custom transaction id"}}) {
        EXPECT_EQ(wrong(with(name, "\"" + most + "\"")), "");
        EXPECT_EQ(
            wrong(with(name, "\"" + most + "x\"")),
            std::string{name} + ": The " + title + " must not be greater than 190 characters.\n");
    }
}

TEST(DepositFields, TakeKenyanMobileNumbersInOneForm) {
    for (const auto* phone : {"254700000000", "254799999999", "254100000000", "254199999999"}) {
        EXPECT_EQ(wrong(with("phone_number", "\"" + std::string{phone} + "\"")), "") << phone;
    }
    for (const auto* phone : {"25471234567", "2547123456789", "254212345678", "255712345678",
                              "+254712345678", "0712345678", "254 71234567", "25471234567a",
                              "254712345678 ", "２５４７１２３４５６７８"}) {
        EXPECT_EQ(wrong(with("phone_number", "\"" + std::string{phone} + "\"")),
                  "phone_number: The phone number format is invalid.\n")
            << phone;
    }
}

TEST(DepositFields, TakeShillingsOnly) {
    for (const auto* currency : {"USD", "kes", "KE", " KES", "KES ", "KESX"}) {
        EXPECT_EQ(wrong(with("currency", "\"" + std::string{currency} + "\"")),
                  "currency: The selected currency is invalid.\n")
            << currency;
    }
}

TEST(DepositFields, ReadTheAmountFromTheTextOfTheNumberOrFromATextOfDigits) {
    const std::pair<const char*, std::int64_t> amounts[] = {
        {"10", 10},           {"10.0", 10},
        {"10.00", 10},        {"1e1", 10},
        {"1E+1", 10},         {"1000e-2", 10},
        {"0.1e2", 10},        {"250000", 250'000},
        {"2.5e5", 250'000},   {"250000.000", 250'000},
        {"99999", 99'999},    {"\"1000\"", 1000},
        {"\"1000.0\"", 1000}, {"\"1000.00\"", 1000}};
    for (const auto& [text, shillings] : amounts) {
        const auto fields = read(with("amount", text));
        ASSERT_TRUE(fields) << text;
        EXPECT_EQ(fields->amount, Money::kes(shillings)) << text;
    }
}

TEST(DepositFields, RefuseAnAmountThatIsNotOne) {
    const struct {
        const char* words;
        std::vector<const char*> values;
    } cases[] = {
        {"The amount field is required.", {"", "null", "\"\"", "\" \""}},
        {"The amount must be a number.",
         {"\"ten\"", "\"1,000\"", "\" 1000\"", "\"+1000\"", "\"01000\"", "\"1e3\"", "\"1000.\"",
          "\"1000.000\"", "true", "[]", "{}", "[1000]"}},
        // What binary floating point would round to a whole number, and numbers beyond every
        // count.
        {"The amount must be a whole number of shillings: M-PESA moves no cents.",
         {"10.5", "10.01", "10.001", "999.9999999999999999999", "1000.0000000000000001", "1e-1",
          "1e400", "123456789012345678901234567890", "1e18", "\"1000.50\""}},
        {"The amount must be at least 10.",
         {"9", "0", "-0", "-1", "-1000", "0.0", "9.00", "0e9", "\"9\"", "\"0.00\""}},
        {"The amount must not be greater than 250000.",
         {"250001", "2.5e6", "1e9", "\"999999999999\""}},
    };
    for (const auto& c : cases) {
        for (const auto* value : c.values) {
            EXPECT_EQ(wrong(with("amount", value)), "amount: " + std::string{c.words} + "\n")
                << value;
        }
    }
}

TEST(DepositFields, KeepTheMerchantsLimits) {
    merchants::Merchant merchant;
    merchant.deposit_min = Money::kes(100);
    merchant.deposit_max = Money::kes(200);
    EXPECT_EQ(wrong(with("amount", "99"), merchant), "amount: The amount must be at least 100.\n");
    EXPECT_EQ(wrong(with("amount", "100"), merchant), "");
    EXPECT_EQ(wrong(with("amount", "200"), merchant), "");
    EXPECT_EQ(wrong(with("amount", "201"), merchant),
              "amount: The amount must not be greater than 200.\n");
}

TEST(DepositFields, AreAllToldAtOnceInThePagesOrder) {
    EXPECT_EQ(wrong(R"({"custom_transaction_id":7,"label":"","currency":"USD",)"
                    R"("phone_number":"0712345678","amount":9})"),
              "amount: The amount must be at least 10.\n"
              "phone_number: The phone number format is invalid.\n"
              "currency: The selected currency is invalid.\n"
              "label: The label field is required.\n"
              "custom_transaction_id: The custom transaction id must be a string.\n");
}

TEST(DepositFields, CountTheLastOfARepeatedName) {
    EXPECT_EQ(wrong(R"({"amount":9,"phone_number":"254712345678","currency":"KES","label":"u",)"
                    R"("custom_transaction_id":"o","amount":10})"),
              "");
}

}  // namespace
}  // namespace lango::api
