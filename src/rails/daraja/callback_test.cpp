#include "rails/daraja/callback.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/random.hpp"
#include "rails/receipt.hpp"

namespace lango::rails::daraja {
namespace {

std::string callback(const std::string& code, const std::string& rest = "") {
    return R"({"Body":{"stkCallback":{"MerchantRequestID":"29115-34620561-1",)"
           R"("CheckoutRequestID":"ws_CO_191220191020363925","ResultCode":)" +
           code + R"(,"ResultDesc":"The service request is processed successfully.")" + rest +
           "}}}";
}
std::string success(const std::string& items) {
    return callback("0", R"(,"CallbackMetadata":{"Item":[)" + items + "]}");
}
std::string item(const std::string& name, const std::string& value) {
    return R"({"Name":")" + name + R"(","Value":)" + value + "}";
}
const std::string amount = item("Amount", "1000.00");
const std::string receipt = item("MpesaReceiptNumber", R"("NLJ7RT61SV")");
const std::string balance = R"({"Name":"Balance"})";
const std::string date = item("TransactionDate", "20191219102115");
const std::string phone = item("PhoneNumber", "254708374149");

TEST(StkCallback, OfTheDocumentIsRead) {
    const auto body = success(amount + "," + receipt + "," + balance + "," + date + "," + phone);
    const auto seen = read_stk_callback(body);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->source, Source::callback);
    EXPECT_EQ(seen->fate, Fate::paid);
    EXPECT_EQ(seen->code, "0");
    EXPECT_EQ(seen->description, "The service request is processed successfully.");
    EXPECT_EQ(seen->checkout_request_id, "ws_CO_191220191020363925");
    EXPECT_EQ(seen->merchant_request_id, "29115-34620561-1");
    EXPECT_EQ(seen->receipt, "NLJ7RT61SV");
    EXPECT_EQ(seen->amount, Money::kes(1000));
    EXPECT_EQ(seen->raw, body);
}

TEST(StkCallback, MayHaveItsItemsInAnyOrder) {
    const auto seen = read_stk_callback(
        success(phone + "," + date + "," + balance + "," + receipt + "," + amount));
    EXPECT_EQ(seen->receipt, "NLJ7RT61SV");
    EXPECT_EQ(seen->amount, Money::kes(1000));
}

TEST(StkCallback, MayHaveItemsThatNobodyKnowsOrThatAreNoItems) {
    const auto seen = read_stk_callback(
        success(R"(null,7,[],{"Value":1},{"Name":"New","Value":{"a":[]}},{"Name":null},)" +
                receipt + "," + amount));
    EXPECT_EQ(seen->receipt, "NLJ7RT61SV");
    EXPECT_EQ(seen->amount, Money::kes(1000));
}

TEST(StkCallback, MayHaveItsCodeAsNumberOrText) {
    EXPECT_EQ(read_stk_callback(callback("1032"))->fate, Fate::failed);
    EXPECT_EQ(read_stk_callback(callback(R"("1032")"))->fate, Fate::failed);
    EXPECT_EQ(read_stk_callback(callback(R"("0")"))->fate, Fate::paid);
    EXPECT_EQ(read_stk_callback(callback(R"("SFC_IC0003")"))->fate, Fate::failed);
    EXPECT_EQ(read_stk_callback(callback(R"("SFC_IC0003")"))->code, "SFC_IC0003");
}

TEST(StkCallback, OfACancellationMayTurn) {
    EXPECT_TRUE(read_stk_callback(callback("1032"))->may_turn);
    EXPECT_TRUE(read_stk_callback(callback("1037"))->may_turn);
    EXPECT_FALSE(read_stk_callback(callback("2001"))->may_turn);
}

TEST(StkCallback, WithACodeThatNobodyKnowsIsUnknownAndStillUnderProcessingIsPending) {
    EXPECT_EQ(read_stk_callback(callback("7777"))->fate, Fate::unknown);
    EXPECT_EQ(read_stk_callback(callback(R"("")"))->fate, Fate::unknown);
    EXPECT_EQ(read_stk_callback(callback("0.0"))->fate, Fate::unknown);
    EXPECT_EQ(read_stk_callback(callback("4999"))->fate, Fate::pending);
}

TEST(StkCallback, IsJudgedByItsCodeAndNeverByItsText) {
    const auto seen = read_stk_callback(
        R"({"Body":{"stkCallback":{"ResultCode":1032,"ResultDesc":"[STK_CB - ]The service request is processed successfully."}}})");
    EXPECT_EQ(seen->fate, Fate::failed);
}

// An amount is read from its text: a number, a number with cents, a text.
TEST(StkCallback, HasItsAmountExactly) {
    const auto read = [](const std::string& value) {
        return read_stk_callback(success(item("Amount", value) + "," + receipt))->amount;
    };
    EXPECT_EQ(read("1"), Money::kes(1));
    EXPECT_EQ(read("1.00"), Money::kes(1));
    EXPECT_EQ(read("1.0"), Money::kes(1));
    EXPECT_EQ(read("250000"), Money::kes(250'000));
    EXPECT_EQ(read("2.5E5"), Money::kes(250'000));
    EXPECT_EQ(read("0.1"), Money(10, Currency::kes()));
    EXPECT_EQ(read(R"("1000.00")"), Money::kes(1000));
}

// Not usable is not zero: the claim lacks it, and the rail will be asked.
TEST(StkCallback, WithoutAUsableAmountLacksIt) {
    for (const auto* value :
         {"null", R"("")", R"("KES 1000")", "0.001", "1e30", "99999999999999999999", "-1",
          R"("-1,000.00")", "true", "[1000]", R"({"Amount":1000})"}) {
        const auto seen = read_stk_callback(success(item("Amount", value) + "," + receipt));
        ASSERT_TRUE(seen) << value;
        EXPECT_EQ(seen->fate, Fate::paid) << value;
        EXPECT_EQ(seen->amount, std::nullopt) << value;
        EXPECT_EQ(seen->receipt, "NLJ7RT61SV") << value;
    }
}

TEST(StkCallback, OfSuccessWithoutReceiptIsAClaimThatLacksIt) {
    for (const auto& body :
         {callback("0"), success(amount),
          success(amount + "," + item("MpesaReceiptNumber", R"("")")),
          success(amount + R"(,{"Name":"MpesaReceiptNumber"})"),
          callback("0", R"(,"CallbackMetadata":null)"), callback("0", R"(,"CallbackMetadata":{})"),
          callback("0", R"(,"CallbackMetadata":{"Item":{}})")}) {
        const auto seen = read_stk_callback(body);
        ASSERT_TRUE(seen) << body;
        EXPECT_EQ(seen->fate, Fate::paid) << body;
        EXPECT_EQ(seen->receipt, std::nullopt) << body;
    }
}

TEST(StkCallback, MayMaskItsPhoneOrLeaveItOut) {
    const auto masked = read_stk_callback(
        success(amount + "," + receipt + "," + item("PhoneNumber", R"("2547****149")")));
    EXPECT_EQ(masked->receipt, "NLJ7RT61SV");
    EXPECT_EQ(read_stk_callback(success(amount + "," + receipt))->amount, Money::kes(1000));
}

// Money is never read from a failure, whatever stands beside it.
TEST(StkCallback, OfFailureBringsNoReceiptAndNoAmount) {
    const auto seen = read_stk_callback(
        callback("1032", R"(,"CallbackMetadata":{"Item":[)" + amount + "," + receipt + "]}"));
    EXPECT_EQ(seen->receipt, std::nullopt);
    EXPECT_EQ(seen->amount, std::nullopt);
}

TEST(StkCallback, MayLackItsIds) {
    const auto seen = read_stk_callback(R"({"Body":{"stkCallback":{"ResultCode":1037}}})");
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->checkout_request_id, "");
    EXPECT_EQ(seen->merchant_request_id, "");
}

// Two amounts, or two receipts: which one is meant, nobody knows.
TEST(StkCallback, WithAnItemTwiceIsAClaim) {
    const auto other = item("Amount", "1");
    for (const auto& items :
         {other + "," + amount + "," + receipt, amount + "," + amount + "," + receipt,
          amount + "," + receipt + "," + receipt,
          amount + "," + receipt + R"(,{"Name":"Balance","Name":"Amount","Value":1})"}) {
        const auto seen = read_stk_callback(success(items));
        ASSERT_TRUE(seen) << items;
        EXPECT_EQ(seen->fate, Fate::paid);
        EXPECT_EQ(seen->amount, std::nullopt) << items;
        EXPECT_EQ(seen->receipt, std::nullopt) << items;
    }
    EXPECT_EQ(read_stk_callback(callback("0", R"(,"CallbackMetadata":{"Item":[)" + amount + "," +
                                                  receipt + R"(]},"CallbackMetadata":{})"))
                  ->amount,
              std::nullopt);
}

TEST(StkCallback, WhoseDescriptionIsDamagedIsReadAllTheSame) {
    for (const auto* damage : {"\xE9", "\t", "\\'", "\xC3(", "\x01"}) {
        auto body = success(amount + "," + receipt);
        body.insert(body.find("successfully"), damage);
        const auto seen = read_stk_callback("\xEF\xBB\xBF" + body);
        ASSERT_TRUE(seen) << body;
        EXPECT_EQ(seen->receipt, "NLJ7RT61SV");
        EXPECT_EQ(seen->amount, Money::kes(1000));
    }
}

TEST(StkCallback, WhoseIdsOrCodeAreDamagedIsNone) {
    for (const std::string text : {"29115", "ws_CO"}) {
        auto body = success(amount + "," + receipt);
        body.insert(body.find(text) + 1, "\xE9");
        EXPECT_FALSE(read_stk_callback(body)) << body;
    }
    for (const auto* twice : {R"(,"ResultCode":0)", R"(,"CheckoutRequestID":"x")"}) {
        EXPECT_FALSE(read_stk_callback(callback("0", twice))) << twice;
    }
}

// Whatever is done to it, what it tells of money is what was sent, or nothing.
TEST(StkCallback, OfRandomDamageTellsTheTruthOrNothing) {
    SeededRandom random{11};
    const auto sent = success(amount + "," + receipt + "," + phone);
    const std::vector<std::string> damages{"\xE9", "\xC3", "\x01", "\t", "\\'", "\\x", "\xF0\x9F"};
    int whole = 0;
    for (int round = 0; round < 20'000; ++round) {
        auto body = sent;
        body.insert(random.next() % (body.size() + 1), damages.at(random.next() % damages.size()));
        const auto seen = read_stk_callback(body);
        if (!seen) continue;
        EXPECT_TRUE(!seen->receipt || *seen->receipt == "NLJ7RT61SV" ||
                    !read_receipt(std::string_view{*seen->receipt}))
            << body;
        EXPECT_TRUE(!seen->amount || *seen->amount == Money::kes(1000)) << body;
        EXPECT_TRUE(seen->checkout_request_id.empty() ||
                    seen->checkout_request_id == "ws_CO_191220191020363925")
            << body;
        if (seen->receipt == "NLJ7RT61SV" && seen->amount) ++whole;
    }
    EXPECT_GT(whole, 1'000) << "damage in free text is no reason to ask";
}

class NoCallback : public testing::TestWithParam<const char*> {};
TEST_P(NoCallback, IsRefusedWhole) { EXPECT_FALSE(read_stk_callback(GetParam())); }
INSTANTIATE_TEST_SUITE_P(Bodies, NoCallback,
                         testing::Values("", " ", "null", "[]", "7", "{}", "<html></html>",
                                         "<?xml version=\"1.0\"?><a/>", R"({"Body":null})",
                                         R"({"Body":{}})", R"({"Body":{"stkCallback":null}})",
                                         R"({"Body":{"stkCallback":[]}})",
                                         R"({"Body":{"stkCallback":{}}})",
                                         R"({"Body":{"stkCallback":{"ResultCode":null}}})",
                                         R"({"Body":{"stkCallback":{"ResultCode":true}}})",
                                         R"({"Body":{"stkCallback":{"ResultCode":{"a":0}}}})",
                                         R"({"Body":{"stkCallback":{"ResultCode":0}})",
                                         R"({"Body":{"stkCallback":{"ResultCode":0}}} trailing)",
                                         R"({"body":{"stkCallback":{"ResultCode":0}}})",
                                         "\xff\xfe{}"));

}  // namespace
}  // namespace lango::rails::daraja
