#include "rails/daraja/payout_results.hpp"

#include <gtest/gtest.h>

namespace lango::rails::daraja {
namespace {

constexpr const char* own_id = "lango-0123456789abcdef";

std::string result(const std::string& code, const std::string& more = "",
                   const std::string& originator = own_id, const std::string& type = "0") {
    return R"({"Result":{"ResultType":)" + type + R"(,"ResultCode":)" + code +
           R"(,"ResultDesc":"said","OriginatorConversationID":")" + originator +
           R"(","ConversationID":"AG_20240706_20106e9209f64bebd05b","TransactionID":"SG632NMUAB")" +
           more +
           R"(,"ReferenceData":{"ReferenceItem":{"Key":"QueueTimeoutURL","Value":"https://i"}}}})";
}
constexpr const char* paid_parameters =
    R"(,"ResultParameters":{"ResultParameter":[{"Key":"B2CUtilityAccountAvailableFunds","Value":8959269.60},)"
    R"({"Key":"TransactionAmount","Value":10},{"Key":"TransactionReceipt","Value":"SG632NMUAB"},)"
    R"({"Key":"ReceiverPartyPublicName","Value":"254705912645 - SOMEBODY"},)"
    R"({"Key":"TransactionCompletedDateTime","Value":"06.07.2024 22:48:52"},{"Key":"Empty"}]})";

TEST(PayoutResult, OfASuccessHasReceiptAndAmount) {
    const auto body = result("0", paid_parameters);
    const auto seen = read_payout_result(body);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->source, PayoutSource::result);
    EXPECT_EQ(seen->fate, PayoutFate::paid);
    EXPECT_EQ(seen->receipt, "SG632NMUAB");
    EXPECT_EQ(seen->amount, Money::kes(10));
    EXPECT_EQ(seen->conversation_id, "AG_20240706_20106e9209f64bebd05b");
    EXPECT_EQ(seen->raw, body);
}

TEST(PayoutResult, HasItsCodeAsNumberOrText) {
    EXPECT_EQ(read_payout_result(result("\"0\"", paid_parameters))->fate, PayoutFate::paid);
    EXPECT_EQ(read_payout_result(result("2040"))->fate, PayoutFate::failed);
    const auto text = read_payout_result(result("\"SFC_IC0003\""));
    EXPECT_EQ(text->fate, PayoutFate::failed);
    EXPECT_EQ(text->code, "SFC_IC0003");
}

TEST(PayoutResult, MayHaveOneParameterAsAnObject) {
    const auto seen = read_payout_result(result(
        "0",
        R"(,"ResultParameters":{"ResultParameter":{"Key":"TransactionReceipt","Value":"SG632NMUAC"}})"));
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->receipt, "SG632NMUAC");
    EXPECT_FALSE(seen->amount);
}

TEST(PayoutResult, WithoutAReceiptAmongItsParametersHasTheTransactionsId) {
    EXPECT_EQ(read_payout_result(result("0"))->receipt, "SG632NMUAB");
}

// Of a receipt that was damaged on its way nobody knows that the envelope's is the same.
TEST(PayoutResult, WithADamagedReceiptHasNone) {
    const auto parameters = [](const std::string& value) {
        return R"(,"ResultParameters":{"ResultParameter":[{"Key":"TransactionReceipt")" + value +
               "}]}";
    };
    for (const auto* value :
         {",\"Value\":\"SG632NMU\xE9\"", ",\"Value\":\"\"", "", ",\"Value\":[]"}) {
        const auto seen = read_payout_result(result("0", parameters(value)));
        ASSERT_TRUE(seen) << value;
        EXPECT_EQ(seen->receipt, std::nullopt) << value;
    }
}

TEST(PayoutResult, HasNoAmountBelowZero) {
    const auto body = result(
        "0",
        R"(,"ResultParameters":{"ResultParameter":[{"Key":"TransactionAmount","Value":-10},)"
        R"({"Key":"Amount","Value":"-10.00"},{"Key":"TransactionStatus","Value":"Completed"}]})");
    EXPECT_EQ(read_payout_result(body)->amount, std::nullopt);
    EXPECT_EQ(read_payout_status(body)->fate, PayoutFate::paid);
    EXPECT_EQ(read_payout_status(body)->amount, std::nullopt);
}

TEST(PayoutResult, DoesNotTakeThePlaceholderForAReceipt) {
    auto body = result("0");
    body.replace(body.find("SG632NMUAB"), 10, "SKE0000000");
    const auto seen = read_payout_result(body);
    EXPECT_EQ(seen->fate, PayoutFate::paid);
    EXPECT_FALSE(seen->receipt);
}

// daraja.md 1.4: a failed sample carries a real-looking id.
TEST(PayoutResult, OfAFailureHasNoReceiptWhateverItsTransactionId) {
    const auto seen = read_payout_result(result("2040"));
    EXPECT_FALSE(seen->receipt);
    EXPECT_FALSE(seen->amount);
}

TEST(PayoutResult, ThatSaysWaitForMoreSettlesNothing) {
    EXPECT_EQ(read_payout_result(result("0", paid_parameters, own_id, "1"))->fate,
              PayoutFate::pending);
    EXPECT_EQ(read_payout_result(result("2040", "", own_id, "\"1\""))->fate, PayoutFate::pending);
}

// daraja.md 5.1: the document's own sample has an id of Daraja's there.
TEST(PayoutResult, MayCarryAnOriginatorIdOfDarajasOwn) {
    EXPECT_TRUE(
        read_payout_result(result("0", paid_parameters, "53e3-4aa8-9fe0-8fb5e4092cdd3533373")));
    EXPECT_TRUE(read_payout_result(result("0", paid_parameters, "")));
}

TEST(PayoutResult, SaysWhichPayoutOfOursItNames) {
    EXPECT_EQ(read_payout_result(result("0", paid_parameters))->our_id, own_id);
    EXPECT_EQ(read_payout_result(result("0", paid_parameters, "lango-0123456789abcdee"))->our_id,
              "lango-0123456789abcdee");
    for (const auto* other : {"", "lango-", "lango-12", "53e3-4aa8", "lango-0123456789ABCDEF"}) {
        EXPECT_EQ(read_payout_result(result("0", paid_parameters, other))->our_id, "") << other;
    }
}

TEST(PayoutResult, HasTheRecipientWhereItIsNamedInFull) {
    EXPECT_EQ(read_payout_result(result("0", paid_parameters))->recipient,
              Msisdn::parse("254705912645"));
    for (const auto* other : {"2547****2645 - SOMEBODY", "SOMEBODY", "600996 - SHOP", ""}) {
        const auto seen = read_payout_result(result(
            "0",
            std::string{
                R"(,"ResultParameters":{"ResultParameter":{"Key":"ReceiverPartyPublicName","Value":")"} +
                other + R"("}})"));
        ASSERT_TRUE(seen) << other;
        EXPECT_FALSE(seen->recipient) << other;
    }
}

TEST(PayoutResult, IsNothingElse) {
    for (const auto* body : {"", "{}", "null", "<html/>", R"({"Result":{"ResultDesc":"?"}})",
                             R"({"Result":{"ResultCode":null}})", R"({"Result":[]})",
                             R"({"Body":{"stkCallback":{"ResultCode":0}}})"}) {
        EXPECT_FALSE(read_payout_result(body)) << body;
    }
}

// The recipient's name is free text; it settles nothing and hides nothing.
TEST(PayoutResult, WhoseRecipientsNameIsDamagedIsReadAllTheSame) {
    for (const auto* damage : {"\xE9", "\t", "\\'", "\xC3("}) {
        auto body = result("0", paid_parameters);
        body.insert(body.find("SOMEBODY") + 3, damage);
        const auto seen = read_payout_result(body);
        ASSERT_TRUE(seen) << body;
        EXPECT_EQ(seen->receipt, "SG632NMUAB");
        EXPECT_EQ(seen->amount, Money::kes(10));
    }
}

TEST(PayoutResult, WithWhatDecidesTwiceOrDamagedLacksIt) {
    const auto with = [](const std::string& item) {
        std::string parameters{paid_parameters};
        parameters.insert(parameters.find("{\"Key\":\"Empty\"}"), item + ",");
        return read_payout_result(result("0", parameters));
    };
    EXPECT_FALSE(with(R"({"Key":"TransactionAmount","Value":99})")->amount);
    EXPECT_NE(with(R"({"Key":"TransactionReceipt","Value":"SG632NMUAC"})")->receipt, "SG632NMUAC");
    EXPECT_FALSE(with(R"({"Key":"New","Key":"TransactionAmount","Value":99})")->amount);
    auto damaged = result("0", paid_parameters);
    damaged.insert(damaged.find("\"Value\":10}") + 9, "\xE9");
    EXPECT_FALSE(read_payout_result(damaged)) << "outside of a text nothing is repaired";
    for (const auto* id : {"AG_2024", "lango-01"}) {
        auto body = result("0", paid_parameters);
        body.insert(body.find(id) + 1, "\xE9");
        EXPECT_FALSE(read_payout_result(body)) << body;
    }
}

TEST(QueueTimeout, IsPendingWhateverItSays) {
    for (const auto& body :
         {result("26"), result("0", paid_parameters), result("2040"), std::string{},
          std::string{"<html/>"}, std::string{R"({"anything":1})"}}) {
        const auto seen = read_payout_timeout(body);
        EXPECT_EQ(seen.source, PayoutSource::timeout) << body;
        EXPECT_EQ(seen.fate, PayoutFate::pending) << body;
        EXPECT_EQ(seen.halts, Halts::nothing) << body;
        EXPECT_FALSE(seen.receipt) << body;
        EXPECT_EQ(seen.raw, body);
    }
}

std::string status(const std::string& fate, const std::string& originator = own_id) {
    return result(
        "0",
        R"(,"ResultParameters":{"ResultParameter":[{"Key":"DebitPartyName","Value":"600996 - SHOP"},)"
        R"({"Key":"OriginatorConversationID","Value":")" +
            originator + R"("},{"Key":"TransactionReason"},{"Key":"TransactionStatus","Value":")" +
            fate +
            R"("},{"Key":"Amount","Value":1000.00},{"Key":"ConversationID","Value":"AG_9"},)"
            R"({"Key":"ReceiptNo","Value":"SG632NMUAZ"}]})",
        "29115-34620561-1");
}

TEST(PayoutStatus, IsTheTransactionsAndNotTheQuestions) {
    const auto paid = read_payout_status(status("Completed"));
    ASSERT_TRUE(paid);
    EXPECT_EQ(paid->source, PayoutSource::status);
    EXPECT_EQ(paid->fate, PayoutFate::paid);
    EXPECT_EQ(paid->receipt, "SG632NMUAZ");
    EXPECT_EQ(paid->amount, Money::kes(1000));
    EXPECT_EQ(paid->conversation_id, "AG_9");
    EXPECT_EQ(paid->shortcode, 600996);
    const auto declined = read_payout_status(status("Declined"));
    EXPECT_EQ(declined->fate, PayoutFate::failed);
    EXPECT_EQ(declined->code, "Declined");
    EXPECT_FALSE(declined->receipt);
    EXPECT_EQ(read_payout_status(status("Authorized"))->fate, PayoutFate::pending);
    EXPECT_EQ(read_payout_status(status("Something"))->fate, PayoutFate::unknown);
    EXPECT_EQ(read_payout_status(result("0"))->fate, PayoutFate::unknown);
}

TEST(PayoutStatus, OfAFailedQuestionSaysNothingOfThePayout) {
    for (const auto* code : {"1", "17", "26", "2028", "SFC_IC0003", "\"2040\""}) {
        const auto text = std::string{code}.find('S') == 0 ? "\"SFC_IC0003\"" : std::string{code};
        const auto seen = read_payout_status(result(text));
        ASSERT_TRUE(seen);
        EXPECT_EQ(seen->fate, PayoutFate::pending) << code;
    }
    const auto wrong = read_payout_status(result("2001"));
    EXPECT_EQ(wrong->fate, PayoutFate::pending);
    EXPECT_EQ(wrong->halts, Halts::questions);
}

TEST(PayoutStatus, MayNotKnowThePayout) {
    EXPECT_EQ(read_payout_status(result("25"))->fate, PayoutFate::not_found);
}

TEST(PayoutStatus, SaysWhichPayoutOfOursItIsAbout) {
    EXPECT_EQ(read_payout_status(status("Completed"))->our_id, own_id);
    EXPECT_EQ(read_payout_status(status("Completed", "lango-0123456789abcdee"))->our_id,
              "lango-0123456789abcdee");
}

}  // namespace
}  // namespace lango::rails::daraja
