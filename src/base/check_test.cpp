#include "base/check.hpp"

#include <gtest/gtest.h>

namespace lango {
namespace {

std::string told;

class Checks : public testing::Test {
  protected:
    Checks() {
        told.clear();
        listen_to_checks([](const std::string& text) { told = text; });
    }
    ~Checks() override { listen_to_checks(nullptr); }
};

TEST_F(Checks, ThatHoldSayNothing) {
    const auto before = failed_checks();
    LANGO_CHECK(1 + 1 == 2, "sums add up");
    LANGO_NOTE_UNLESS(1 + 1 == 2, "sums add up");
    EXPECT_EQ(failed_checks(), before);
    EXPECT_EQ(told, "");
}

TEST_F(Checks, ThatFailAreThrownCountedAndTold) {
    const auto before = failed_checks();
    try {
        LANGO_CHECK(1 + 1 == 3, "sums add up");
        FAIL() << "nothing was thrown";
    } catch (const Unsound& failed) {
        EXPECT_EQ(told, failed.what());
    }
    EXPECT_EQ(failed_checks(), before + 1);
    EXPECT_TRUE(told.starts_with("check failed: sums add up: 1 + 1 == 3 (check_test.cpp:")) << told;
}

TEST_F(Checks, InDestructorsAreCountedAndTold) {
    const auto before = failed_checks();
    EXPECT_NO_THROW(LANGO_NOTE_UNLESS(1 + 1 == 3, "sums add up"));
    EXPECT_EQ(failed_checks(), before + 1);
    EXPECT_NE(told, "");
}

}  // namespace
}  // namespace lango
