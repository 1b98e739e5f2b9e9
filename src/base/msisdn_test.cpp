#include "base/msisdn.hpp"

#include <gtest/gtest.h>

#include "base/result.hpp"

namespace lango {
namespace {

TEST(Msisdn, ReadsTheFormOfTheApi) {
    EXPECT_EQ(Msisdn::parse("254712344321")->raw(), "254712344321");
    EXPECT_EQ(Msisdn::parse("254110000001")->number(), 254110000001);
}

TEST(Msisdn, RefusesEveryOtherForm) {
    for (const auto* text :
         {"", "25471234432", "2547123443211", "254212344321", "254012344321", "255712344321",
          "+254712344321", "0712344321", "25471234432a", " 254712344321", "254712344321\n"}) {
        EXPECT_FALSE(Msisdn::parse(text)) << text;
    }
}

TEST(Msisdn, MasksItsMiddle) { EXPECT_EQ(Msisdn::parse("254712344321")->masked(), "2547****4321"); }

TEST(Msisdn, ComesBackFromItsNumber) {
    EXPECT_EQ(Msisdn::from_number(254712344321), Msisdn::parse("254712344321"));
    EXPECT_LT(Msisdn::from_number(254110000001), Msisdn::from_number(254712344321));
}

TEST(Msisdn, OfARowThatHoldsAnotherNumberIsRefused) {
    EXPECT_THROW(static_cast<void>(Msisdn::from_number(712344321)), Unsound);
    EXPECT_THROW(static_cast<void>(Msisdn::from_number(0)), Unsound);
}

}  // namespace
}  // namespace lango
