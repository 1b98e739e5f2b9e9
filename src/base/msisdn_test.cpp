#include "base/msisdn.hpp"

#include <gtest/gtest.h>

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

TEST(Msisdn, ReadsWhatPeopleType) {
    for (const auto* text : {"254712344321", "+254712344321", "0712344321", "712344321",
                             "+254 712 344 321", "0712-344-321", " 0712 344321 "}) {
        const auto phone = Msisdn::parse_lenient(text);
        ASSERT_TRUE(phone) << text;
        EXPECT_EQ(phone->raw(), "254712344321") << text;
    }
    EXPECT_EQ(Msisdn::parse_lenient("0110000001"), Msisdn::parse("254110000001"));
    EXPECT_EQ(Msisdn::parse_lenient("110000001"), Msisdn::parse("254110000001"));
}

TEST(Msisdn, RefusesWhatPeopleMistype) {
    for (const auto* text : {"", "0", "071234432", "07123443211", "0212344321", "+0712344321",
                             "+712344321", "00254712344321", "254 0712344321", "phone", "+25471234",
                             "0712344321x", "+44712344321"}) {
        EXPECT_FALSE(Msisdn::parse_lenient(text)) << text;
    }
}

TEST(Msisdn, MasksItsMiddle) { EXPECT_EQ(Msisdn::parse("254712344321")->masked(), "2547****4321"); }

TEST(Msisdn, ComesBackFromItsNumber) {
    EXPECT_EQ(Msisdn::from_number(254712344321), Msisdn::parse("254712344321"));
    EXPECT_LT(Msisdn::from_number(254110000001), Msisdn::from_number(254712344321));
}

TEST(MsisdnDeathTest, AnotherNumberIsAMistake) {
    EXPECT_DEATH(static_cast<void>(Msisdn::from_number(712344321)), "is_subscriber");
    EXPECT_DEATH(static_cast<void>(Msisdn::from_number(-254712344321)), "is_subscriber");
}

}  // namespace
}  // namespace lango
