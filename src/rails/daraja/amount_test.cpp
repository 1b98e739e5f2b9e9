#include "rails/daraja/amount.hpp"

#include <gtest/gtest.h>

namespace lango::rails::daraja {
namespace {

TEST(Amounts, AreReadInEveryFormThatSafaricomWrites) {
    for (const auto* text : {"1000", "1000.0", "1000.00", "1,000", "1,000.00", " 1000.00 "}) {
        EXPECT_EQ(read_amount(text), Money::kes(1000)) << text;
    }
    EXPECT_EQ(read_amount("1,234,567.89"), Money(123'456'789, Currency::kes()));
    EXPECT_EQ(read_amount("250,000"), Money::kes(250'000));
}

TEST(Amounts, OfMoreThanMpesaCanMoveAreNone) {
    EXPECT_EQ(read_amount("10,000,000.00"), Money::kes(10'000'000));
    for (const auto* text : {"10000000.01", "250000000", "9999999999999999", "1e16"}) {
        EXPECT_EQ(read_amount(text), std::nullopt) << text;
        EXPECT_EQ(read_moved(text), std::nullopt) << text;
    }
}

TEST(Amounts, ThatCanBeReadInTwoWaysAreNone) {
    for (const auto* text :
         {"1,00", "10,50", "1,0000", ",100", "100,", "1,,000", "1.000,00", "1,000,", "1 000",
          "KES 1000", "", "  ", "1,000.0.0", "0x10", "1,000,00", "-,100", "1000,000",
          "\xEF\xBF\xBD"
          "1000"}) {
        EXPECT_EQ(read_amount(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace lango::rails::daraja
