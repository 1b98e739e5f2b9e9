// Every row of daraja.md 5.4, and the codes around it.
#include "rails/daraja/payout_codes.hpp"

#include <gtest/gtest.h>

namespace lango::rails::daraja {
namespace {

struct Row {
    const char* name;
    const char* code;
    PayoutFate fate;
    Halts halts = Halts::nothing;
};
class PayoutCode : public testing::TestWithParam<Row> {};

TEST_P(PayoutCode, IsClassedAsTheTableSays) {
    const auto is = classify_payout(GetParam().code);
    EXPECT_EQ(is.fate, GetParam().fate);
    EXPECT_EQ(is.halts, GetParam().halts);
}

INSTANTIATE_TEST_SUITE_P(
    Table, PayoutCode,
    testing::Values(Row{"Paid", "0", PayoutFate::paid},
                    Row{"UtilityShort", "1", PayoutFate::failed, Halts::payouts},
                    Row{"BelowTheMinimum", "2", PayoutFate::failed},
                    Row{"AboveTheMaximum", "3", PayoutFate::failed},
                    Row{"RecipientsDay", "4", PayoutFate::failed},
                    Row{"RecipientsBalance", "8", PayoutFate::failed},
                    Row{"PartyNotActive", "11", PayoutFate::failed, Halts::payouts},
                    Row{"AccountNotActive", "2006", PayoutFate::failed, Halts::payouts},
                    Row{"InitiatorWithoutRole", "21", PayoutFate::failed, Halts::everything},
                    Row{"InitiatorsPassword", "2001", PayoutFate::failed, Halts::everything},
                    Row{"ShortcodeWithoutB2c", "2028", PayoutFate::failed, Halts::payouts},
                    Row{"RecipientNotRegistered", "2040", PayoutFate::failed},
                    Row{"CredentialLocked", "8006", PayoutFate::failed, Halts::everything},
                    Row{"NoSuchNumber", "SFC_IC0003", PayoutFate::failed},
                    Row{"OperatorWithoutApi", "TP40153", PayoutFate::failed, Halts::everything},
                    Row{"Duplicate", "15", PayoutFate::pending},
                    Row{"CoreInternal", "17", PayoutFate::pending},
                    Row{"Busy", "26", PayoutFate::pending},
                    Row{"CachedAndSentAgain", "100000000", PayoutFate::pending},
                    Row{"Overload", "100000001", PayoutFate::pending},
                    Row{"Throttled", "100000002", PayoutFate::pending},
                    Row{"Internal", "100000004", PayoutFate::pending},
                    Row{"ServiceAbnormal", "100000007", PayoutFate::pending},
                    Row{"ApiAbnormal", "100000009", PayoutFate::pending},
                    Row{"Rate", "100000011", PayoutFate::pending},
                    Row{"UnknownNumber", "4711", PayoutFate::unknown},
                    Row{"UnknownText", "TP99999", PayoutFate::unknown},
                    Row{"AlmostZero", "00", PayoutFate::unknown},
                    Row{"None", "", PayoutFate::unknown}),
    [](const auto& info) { return info.param.name; });

TEST(QuestionCode, SaysOnlyWhetherTheQuestionWasAnswered) {
    EXPECT_TRUE(classify_question("0").answered);
    for (const auto* code : {"1", "17", "25", "26", "2001", "SFC_IC0003", "", "4711"}) {
        EXPECT_FALSE(classify_question(code).answered) << code;
    }
    EXPECT_TRUE(classify_question("25").not_found);
    EXPECT_FALSE(classify_question("26").not_found);
}

// Roles are given one by one: who may not ask may pay out all the same.
TEST(QuestionCode, CallsAPersonAndLeavesPayoutsAlone) {
    for (const auto* code : {"2001", "21", "8006", "2028", "TP40153"}) {
        EXPECT_TRUE(classify_question(code).ours_to_mend) << code;
    }
    for (const auto* code : {"2001", "8006"}) {
        EXPECT_EQ(classify_question(code).halts, Halts::questions) << code;
    }
    for (const auto* code : {"0", "1", "21", "2028", "25", "26", "TP40153"}) {
        EXPECT_EQ(classify_question(code).halts, Halts::nothing) << code;
    }
    for (const auto* code : {"0", "1", "25", "26"}) {
        EXPECT_FALSE(classify_question(code).ours_to_mend) << code;
    }
}

TEST(TransactionStatus, IsFinalOrNotAsTheDocumentSays) {
    EXPECT_EQ(classify_status("Completed"), PayoutFate::paid);
    for (const auto* status : {"Cancelled", "Declined", "Expired"}) {
        EXPECT_EQ(classify_status(status), PayoutFate::failed) << status;
    }
    for (const auto* status : {"Initiated", "Authorized", "Pending"}) {
        EXPECT_EQ(classify_status(status), PayoutFate::pending) << status;
    }
    for (const auto* status : {"", "completed", "Reversed"}) {
        EXPECT_EQ(classify_status(status), PayoutFate::unknown) << status;
    }
}

}  // namespace
}  // namespace lango::rails::daraja
