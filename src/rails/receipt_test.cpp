#include "rails/receipt.hpp"

#include <gtest/gtest.h>

namespace lango::rails {
namespace {

TEST(Receipts, AreOneTextOnEveryChannel) {
    for (const std::string text :
         {"UKT000AA08", "ukt000aa08", " UKT000AA08", "UKT000AA08\r\n", "\tUkT000aA08 "}) {
        EXPECT_EQ(read_receipt(text), "UKT000AA08") << text;
    }
    EXPECT_EQ(read_receipt(std::optional<std::string>{}), std::nullopt);
}

TEST(Receipts, AreTenLettersAndDigitsAndNoPlaceholder) {
    for (const std::string text :
         {"", " ", "UKT000AA0", "UKT000AA081", "UKT000 A08", "UKT-00AA08", "ABC1234567/reversed",
          "UKT0000000", "ukt0000000 ", "UKT000AA0\"", "UKT000AA\xC3\x89", "UKT000\nA08"}) {
        EXPECT_EQ(read_receipt(text), std::nullopt) << text;
    }
    EXPECT_EQ(read_receipt(std::string(200, 'A')), std::nullopt);
    EXPECT_EQ(read_receipt(std::string("UKT000AA0\0", 10)), std::nullopt);
}

}  // namespace
}  // namespace lango::rails
