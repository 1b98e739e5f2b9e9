#include "postbacks/body.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/json.hpp"
#include "postbacks/samples.hpp"

namespace lango::postbacks {
namespace {

constexpr std::int64_t page_stockpiling_id = 4822019;

std::string vector_file(const std::string& name) {
    const char* source = std::getenv("LANGO_SOURCE_DIR");
    EXPECT_NE(source, nullptr) << "set LANGO_SOURCE_DIR, as ctest does";
    std::ifstream file(std::string{source} + "/tests/vectors/" + name);
    return {std::istreambuf_iterator<char>(file), {}};
}

json::Value php_vectors() {
    const auto parsed = json::parse(vector_file("php.json"));
    EXPECT_TRUE(parsed);
    return parsed ? *parsed : json::Value{};
}

TEST(PostbackBody, OfThePagesDepositIsThePageByteForByteButForTheSignature) {
    auto page = vector_file("page_deposit_postback.json");
    const std::string theirs =
        "942c4322170f68bb7939050d892f2437d62d9e79";  // with a key nobody knows
    ASSERT_NE(page.find(theirs), std::string::npos);
    page.replace(page.find(theirs), theirs.size(), "f3833e871e6ac5dbd23b1f4c0e471a912c773c61");
    while (page.ends_with('\n')) page.pop_back();

    const auto facts = test::page_facts();
    const auto parts =
        deposit_body(test::merchant(), facts, test::page_created, page_stockpiling_id);
    EXPECT_EQ(whole_body(parts, rates::page_sample(), facts.amount), page);
}

// The page's sample was converted at rates of another day, and signed with a key that nobody knows.
std::string page_withdrawal(const std::string& status, const std::string& signature) {
    auto page = vector_file("page_withdrawal_postback.json");
    while (page.ends_with('\n')) page.pop_back();
    const auto put = [&](const std::string& theirs, const std::string& ours) {
        ASSERT_NE(page.find(theirs), std::string::npos) << theirs;
        page.replace(page.find(theirs), theirs.size(), ours);
    };
    put("d386dd6214876de4e0ec751397473b9f76df4ec1", signature);
    put(R"("withdrawal_status":1)", R"("withdrawal_status":)" + status);
    const std::string before = R"("converted_amount":)";
    const auto from = page.find(before) + before.size();
    std::string converted;
    rates::append_converted(converted, rates::page_sample(), Money::kes(15'944));
    page.replace(from, page.find('}', from) + 1 - from, converted);
    return page;
}

TEST(PostbackBody, OfThePagesWithdrawalIsThePageByteForByteButForRatesAndSignature) {
    auto merchant = test::merchant();
    merchant.access_key = "FQ9jMwrNSkFbyMNqYFf6Ed4xeKmjHK";
    const auto created = from_micros(1'692'462'541'000'000);  // 2023-08-19 16:29:01 UTC
    struct Case {
        int status;
        const char* signature;  // computed outside
    };
    for (const auto& [status, signature] : {Case{1, "1adb1bcd5367021be94e8de9cdd13db68238eb3d"},
                                            Case{5, "c69c8341ea888beaa0f6e12c1b8391a0b1e6e1e1"}}) {
        const WithdrawalFacts facts{.id = WithdrawalId{7},
                                    .withdrawal_id = "1071050",
                                    .label = "2566752",
                                    .comment = "transaction_id=0",
                                    .phone = *Msisdn::parse("254790916213"),
                                    .amount = Money::kes(15'944),
                                    .status = status};
        EXPECT_EQ(whole_body(withdrawal_body(merchant, facts, created), rates::page_sample(),
                             facts.amount),
                  page_withdrawal(std::to_string(status), signature));
    }
}

TEST(PostbackBody, TellsTheTimeOfPaymentInTheMerchantsZoneAndItsOwnInUtc) {
    auto merchant = test::merchant();
    merchant.time_zone = "Asia/Manila";
    const auto parts = deposit_body(merchant, test::page_facts(), test::page_created, 1);
    EXPECT_NE(parts.tail.find(R"("activated_datetime":"2023-09-27 06:00:52")"), std::string::npos);
    EXPECT_NE(parts.tail.find(R"("created_datetime":"2023-09-26 22:00:54")"), std::string::npos);
}

TEST(PostbackBody, KeepsWhatMerchantsSentOnTheirSide) {
    auto facts = test::page_facts();
    facts.label = "a/b\"\\\n\u2028é😀";
    facts.custom_transaction_id = "\x01\x7f/";
    facts.amount = Money{1250, Currency::kes()};
    const auto parts =
        deposit_body(test::merchant(), facts, test::page_created, 9'007'199'254'740'991);
    const auto body = json::parse(whole_body(parts, rates::page_sample(), facts.amount));
    ASSERT_TRUE(body);
    EXPECT_EQ(*body->find("label")->string(), facts.label);
    EXPECT_EQ(body->find("amount")->number()->text, "12.5");
    const auto& payment = body->find("additional_data")->array()->at(0);
    EXPECT_EQ(*payment.find("plugin_custom_order_id")->string(), facts.custom_transaction_id);
    EXPECT_EQ(*payment.find("amount")->string(), "12.5");
    EXPECT_EQ(payment.find("stockpiling_id")->number()->text, "9007199254740991");
}

TEST(PageSignature, IsWhatPhpComputes) {
    const auto vectors = php_vectors();
    ASSERT_NE(vectors.find("postback"), nullptr);
    const auto& cases = *vectors.find("postback")->array();
    ASSERT_EQ(cases.size(), 5U);
    for (const auto& vector : cases) {
        EXPECT_EQ(page_signature(vector.text_at("access_key"), vector.text_at("private_access_key"),
                                 vector.text_at("additional_data_json")),
                  vector.text_at("signature"));
    }
}

TEST(PageSignature, OfADepositsBodyIsWhatPhpComputes) {
    const auto vectors = php_vectors();
    int deposits = 0;
    for (const auto& vector : *vectors.find("postback")->array()) {
        const auto signed_part = vector.text_at("additional_data_json");
        const auto payment = json::parse(signed_part)->array()->at(0);
        if (payment.find("withdrawal_status")->number() != nullptr) continue;
        ++deposits;
        auto merchant = test::merchant();
        merchant.access_key = vector.text_at("access_key");
        merchant.private_access_key = Secret{vector.text_at("private_access_key")};
        auto facts = test::page_facts();
        const auto order = payment.text_at("plugin_custom_order_id");
        const auto receipt = payment.text_at("transaction_id");
        facts.custom_transaction_id = order;
        facts.receipt = receipt;
        facts.amount =
            *Money::from_decimal(*Decimal::parse(payment.text_at("amount")), Currency::kes());
        const auto parts = deposit_body(merchant, facts, test::page_created, page_stockpiling_id);
        EXPECT_TRUE(
            parts.head.starts_with("{\"signature\":\"" + vector.text_at("signature") + "\","));
        EXPECT_TRUE(parts.tail.ends_with(",\"additional_data\":" + signed_part + "}"))
            << parts.tail;
    }
    EXPECT_EQ(deposits, 3);
}

}  // namespace
}  // namespace lango::postbacks
