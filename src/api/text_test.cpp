#include "api/text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace lango::api {
namespace {

TEST(TextAmount, IsDigitsWithAnOptionalFraction) {
    for (const auto* text : {"1000", "1000.0", "1000.00", "0", "0.5", "10.25", "999999999999.99"}) {
        ASSERT_TRUE(text_amount(text)) << text;
        EXPECT_EQ(*text_amount(text), *Decimal::parse(text)) << text;
    }
}

TEST(TextAmount, IsNothingElse) {
    for (const auto* text :
         {"",      " 1000",         "1000 ", "1,000",    "1000,00",  "+1000", "-1000",
          "01000", "00.5",          ".5",    "1000.",    "1000.000", "1e3",   "1000.0.0",
          "0x3e8", "1000000000000", "١٠٠٠",  "１０００", "1000KES",  "10 00", "Infinity",
          "NaN",   "1_000",         "1000\n"}) {
        EXPECT_FALSE(text_amount(text)) << text;
    }
    EXPECT_FALSE(text_amount(std::string_view{"1000\0", 5}));
}

}  // namespace
}  // namespace lango::api
