// Malformed and hostile withdrawal requests, each with its exact answer.
#include "api/withdrawal_fixture.hpp"

namespace lango::api {
namespace {

class HostileWithdrawal : public test::WithdrawalEndpoints {
  protected:
    // Nothing was stored, and this is what was said.
    void expect(const http::Response& answer, int status, const std::string& words) {
        EXPECT_EQ(answer.status, status);
        EXPECT_EQ(answer.body, words);
        EXPECT_EQ(withdrawals(), 0);
        EXPECT_EQ(payout_wakes_, 0);
        EXPECT_EQ(store_.number("SELECT COUNT(*) FROM holds"), 0);
    }
    void expect_field(const http::Response& answer, const std::string& field,
                      const std::string& words) {
        expect(answer, 200,
               R"({"status":"fail","message":{")" + field + R"(":[")" + words + R"("]}})");
    }
    void expect_not_signed(const http::Response& answer) {
        expect(answer, 200, R"({"status":"fail","message":"Withdrawal signature is invalid"})");
    }
};

TEST_F(HostileWithdrawal, NoJson) {
    expect(
        create("amount=1000&label=x"), 400,
        R"({"status":"fail","message":"The request body is not valid JSON: syntax error at byte 0."})");
}

TEST_F(HostileWithdrawal, AnArrayInsteadOfAnObject) {
    expect(create("[1,2]"), 400,
           R"({"status":"fail","message":"The request body must be a JSON object."})");
}

TEST_F(HostileWithdrawal, AnotherContentType) {
    auto request = post(path, "access_key=access-1", body());
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    expect(call(request), 415,
           R"({"status":"fail","message":"The request body must be sent as application/json."})");
}

TEST_F(HostileWithdrawal, AnUnknownMerchant) {
    expect(create(body(), "access_key=nobody"), 404, R"({"status":"fail","message":"Not found"})");
}

TEST_F(HostileWithdrawal, TheSecretOfTheDepositApiInsteadOfASignature) {
    expect(create(body(), "secret=secret-1"), 404, R"({"status":"fail","message":"Not found"})");
}

TEST_F(HostileWithdrawal, NoSignature) {
    expect_not_signed(create(R"({"amount":1000,"payment_system":"mpesa"})"));
}

TEST_F(HostileWithdrawal, ASignatureThatIsNoText) {
    auto sent = body();
    sent.replace(sent.rfind(":\""), std::string::npos, ":true}");
    expect_not_signed(create(sent));
}

// Nobody has proved who he is while his fields are sorted and joined.
TEST_F(HostileWithdrawal, MoreFieldsThanAnyRequestHasAreNotLookedAt) {
    std::vector<std::pair<std::string, std::string>> more;
    for (int i = 0; i < 55; ++i) more.emplace_back("z" + std::to_string(i), "1");
    auto one_too_many = more;
    one_too_many.emplace_back("zz", "1");
    expect_not_signed(create(body(one_too_many)));
    std::string inner = "{\"a\":1";
    for (int i = 0; i < 64; ++i) inner += ",\"b" + std::to_string(i) + "\":1";
    expect_not_signed(create(body({{"z", inner + "}"}})));
    EXPECT_EQ(create(body(more)).body, R"({"status":"ok"})");
}

TEST_F(HostileWithdrawal, ASignatureInUpperCase) {
    auto sent = body();
    for (auto at = sent.rfind(":\""); at < sent.size(); ++at) {
        if (sent[at] >= 'a' && sent[at] <= 'f') sent[at] = static_cast<char>(sent[at] - 32);
    }
    expect_not_signed(create(sent));
}

TEST_F(HostileWithdrawal, AnAmountChangedAfterSigning) {
    auto sent = body();
    sent.replace(sent.find("1000"), 4, "9000");
    expect_not_signed(create(sent));
}

TEST_F(HostileWithdrawal, ARecipientAddedBehindTheSignedOne) {
    auto sent = body();
    sent.insert(sent.size() - 1, R"(,"account_number":"254700000001")");
    expect_not_signed(create(sent));
}

// Fields may not be moved into one another: "1:2" and "1","2" are the same text, so every field has
// a form that has no colon where it matters.
TEST_F(HostileWithdrawal, ValuesMovedAcrossTheColon) {
    expect_field(create(body({{"account_number", R"("254724653314:1000")"}})), "account_number",
                 "The account number format is invalid.");
}

TEST_F(HostileWithdrawal, NothingButASignature) {
    expect(create(signed_body("{}")), 200,
           R"({"status":"fail","message":{)"
           R"("payment_system":["The payment system field is required."],)"
           R"("amount":["The amount field is required."],)"
           R"("currency_code":["The currency code field is required."],)"
           R"("is_test":["The is test field is required."],)"
           R"("label":["The label field is required."],)"
           R"("account_number":["The account number field is required."]}})");
}

TEST_F(HostileWithdrawal, EveryFieldOfAnotherType) {
    expect(create(body({{"withdrawal_id", "7"},
                        {"payment_system", "[]"},
                        {"amount", R"("1,000")"},
                        {"currency_code", "true"},
                        {"is_test", R"("maybe")"},
                        {"label", "160496026"},
                        {"account_number", "254724653314"},
                        {"comment", "{}"}})),
           200,
           R"({"status":"fail","message":{)"
           R"("withdrawal_id":["The withdrawal id must be a string."],)"
           R"("payment_system":["The payment system must be a string."],)"
           R"("amount":["The amount must be an integer."],)"
           R"("currency_code":["The currency code must be a string."],)"
           R"("is_test":["The is test field must be true or false."],)"
           R"("label":["The label must be a string."],)"
           R"("account_number":["The account number must be a string."],)"
           R"("comment":["The comment must be a string."]}})");
}

TEST_F(HostileWithdrawal, AnAmountBelowNothing) {
    expect_field(create(body({{"amount", "-1000"}})), "amount", "The amount must be at least 10.");
}

TEST_F(HostileWithdrawal, AnAmountWithCents) {
    expect_field(create(body({{"amount", "1000.50"}})), "amount",
                 "The amount must be a whole number of shillings: M-PESA moves no cents.");
}

TEST_F(HostileWithdrawal, AnAmountBeyondEveryNumber) {
    expect_field(create(body({{"amount", "1e999"}})), "amount",
                 "The amount must be a whole number of shillings: M-PESA moves no cents.");
}

TEST_F(HostileWithdrawal, AnAmountThatWouldWrapAround) {
    expect_field(create(body({{"amount", "18446744073709552616"}})), "amount",
                 "The amount must be a whole number of shillings: M-PESA moves no cents.");
}

TEST_F(HostileWithdrawal, AnAmountAboveTheLimit) {
    expect_field(create(body({{"amount", "250001"}})), "amount",
                 "The amount must not be greater than 250000.");
}

TEST_F(HostileWithdrawal, AnotherCurrency) {
    expect_field(create(body({{"currency_code", R"("USD")"}})), "currency_code",
                 "The selected currency code is invalid.");
}

TEST_F(HostileWithdrawal, AnotherPaymentSystem) {
    expect_field(create(body({{"payment_system", R"("bkash")"}})), "payment_system",
                 "The selected payment system is invalid.");
}

TEST_F(HostileWithdrawal, APhoneOfAnotherCountry) {
    expect_field(create(body({{"account_number", R"("255712345678")"}})), "account_number",
                 "The account number format is invalid.");
}

TEST_F(HostileWithdrawal, APhoneWithALineBehindIt) {
    expect_field(create(body({{"account_number", R"("254724653314\n")"}})), "account_number",
                 "The account number format is invalid.");
}

TEST_F(HostileWithdrawal, TextsThatAreTooLong) {
    const auto text = "\"" + std::string(37, 'x') + "\"";
    expect(create(body({{"withdrawal_id", text},
                        {"label", text},
                        {"comment", "\"" + std::string(256, 'x') + "\""}})),
           200,
           R"({"status":"fail","message":{)"
           R"("withdrawal_id":["The withdrawal id must not be greater than 36 characters."],)"
           R"("label":["The label must not be greater than 36 characters."],)"
           R"("comment":["The comment must not be greater than 255 characters."]}})");
}

TEST_F(HostileWithdrawal, NestedDeeperThanAnybodyMeans) {
    const auto deep = R"({"a":)" + std::string(40, '[') + std::string(40, ']') + "}";
    expect(
        create(deep), 400,
        R"({"status":"fail","message":"The request body is not valid JSON: too deep at byte 36."})");
}

TEST_F(HostileWithdrawal, SqlAndMarkupAreTexts) {
    const auto answer = create(body({{"withdrawal_id", R"("x'; DROP TABLE withdrawals;--")"},
                                     {"comment", R"("<script>alert(1)</script>\u0000")"}}));
    EXPECT_EQ(answer.body, R"({"status":"ok"})");
    EXPECT_EQ(withdrawals(), 1);
}

}  // namespace
}  // namespace lango::api
