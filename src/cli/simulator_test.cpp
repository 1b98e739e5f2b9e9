// A lango for real money only.
#include "cli/simulator.hpp"

#include <gtest/gtest.h>

namespace lango::cli {
namespace {

TEST(WithoutTheSimulator, ItSaysSo) {
    testing::internal::CaptureStderr();
    EXPECT_EQ(run_simulator(0, nullptr), 2);
    EXPECT_NE(testing::internal::GetCapturedStderr().find("built without the simulator"),
              std::string::npos);
}

}  // namespace
}  // namespace lango::cli
