#include "base/result.hpp"

#include <gtest/gtest.h>

#include <string>

namespace lango {
namespace {

TEST(Result, CarriesTheValueOrTheReason) {
    const Result<int, std::string> value = 3;
    const Result<int, std::string> reason = Unexpected<std::string>("too late");
    EXPECT_EQ(*value, 3);
    EXPECT_FALSE(reason.has_value());
    EXPECT_EQ(reason.error(), "too late");
}

TEST(AssertionDeathTest, EndsTheProcessWithFileAndCondition) {
    EXPECT_DEATH(LANGO_ASSERT(1 + 1 == 3), "result_test.cpp:[0-9]+: .*1 \\+ 1 == 3");
}

TEST(Requirement, ThatIsNotMetEndsTheOneCommandAndSaysWhere) {
    try {
        LANGO_REQUIRE(1 + 1 == 3);
        FAIL();
    } catch (const Unsound& unsound) {
        EXPECT_EQ(std::string{unsound.what()}.find("not so: 1 + 1 == 3 (result_test.cpp:"), 0U)
            << unsound.what();
    }
    EXPECT_NO_THROW(LANGO_REQUIRE(1 + 1 == 2));
}

TEST(Assertion, LetsATrueConditionPass) { LANGO_ASSERT(1 + 1 == 2); }

}  // namespace
}  // namespace lango
