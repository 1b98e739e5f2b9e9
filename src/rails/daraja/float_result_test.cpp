#include "rails/daraja/float_result.hpp"

#include <gtest/gtest.h>

namespace lango::rails::daraja {
namespace {

// The document's sample (daraja.md 6.2).
constexpr const char* sample =
    "Working Account|KES|700000.00|700000.00|0.00|0.00&Float Account|KES|0.00|0.00|0.00|0.00&"
    "Utility Account|KES|228037.00|228037.00|0.00|0.00&"
    "Charges Paid Account|KES|-1540.00|-1540.00|0.00|0.00&"
    "Organization Settlement Account|KES|0.00|0.00|0.00|0.00";

std::string result(const std::string& code, const std::string& parameters) {
    return R"({"Result":{"ResultType":0,"ResultCode":)" + code +
           R"(,"ResultDesc":"said","OriginatorConversationID":"16917-22577599-3",)"
           R"("ConversationID":"AG_1","TransactionID":"OA90000000")" +
           parameters + "}}";
}
std::string accounts(const std::string& text) {
    return R"(,"ResultParameters":{"ResultParameter":[{"Key":"AccountBalance","Value":")" + text +
           R"("},{"Key":"BOCompletedTime","Value":20200109125710}]})";
}

TEST(Float, IsReadFromTheDocumentsSample) {
    const auto seen = read_float_result(result("\"0\"", accounts(sample)));
    ASSERT_TRUE(seen && seen->reading);
    EXPECT_EQ(seen->reading->utility, Money::kes(228'037));
    EXPECT_EQ(seen->reading->working, Money::kes(700'000));
    EXPECT_EQ(seen->reading->charges, Money::kes(-1540));
    EXPECT_EQ(seen->halts, Halts::nothing);
}

// current = available + reserved: only what is available can be paid out.
TEST(Float, CountsWhatIsAvailable) {
    const auto read = read_accounts("Utility Account|KES|346568.83|6186.83|340382.00|0.00");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->utility.minor(), 618'683);
}

TEST(Float, ToleratesMissingFieldsOtherNamesAndOtherOrders) {
    EXPECT_EQ(read_accounts("Utility Account|KES|12.50")->utility.minor(), 1250);
    EXPECT_EQ(read_accounts("Utility Account|KES|12.50|")->utility.minor(), 1250);
    const auto read = read_accounts("New Account|KES|x|y&MMF|KES|7.00|7.00&&Utility|KES|1.00|1.00");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->working, Money::kes(7));
    EXPECT_EQ(read->utility, Money::kes(1));
}

TEST(Float, IsNothingWithoutAReadableUtilityAccount) {
    for (const auto* text :
         {"", "&", "|", "Utility Account", "Utility Account|KES", "Utility Account|KES|much",
          "Utility Account|USD|5.00|5.00", "Working Account|KES|5.00|5.00"}) {
        EXPECT_FALSE(read_accounts(text)) << text;
    }
    const auto seen = read_float_result(result("0", ""));
    ASSERT_TRUE(seen);
    EXPECT_FALSE(seen->reading);
}

TEST(Float, OfAFailedQuestionIsNothing) {
    const auto seen = read_float_result(result("2001", accounts(sample)));
    ASSERT_TRUE(seen);
    EXPECT_FALSE(seen->reading);
    EXPECT_EQ(seen->code, "2001");
    EXPECT_EQ(seen->description, "said");
    EXPECT_EQ(seen->halts, Halts::questions);
}

TEST(Float, OfSomethingElseIsNoResult) {
    for (const auto* body : {"", "{}", "[]", "<html/>", R"({"Result":{}})", R"({"Result":5})"}) {
        EXPECT_FALSE(read_float_result(body)) << body;
    }
}

}  // namespace
}  // namespace lango::rails::daraja
