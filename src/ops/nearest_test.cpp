#include "ops/nearest.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace lango::ops {
namespace {

TEST(Nearest, CountsSwappedLettersOnceAndGivesUpWhenFar) {
    const std::vector<std::string> candidates = {"http.port", "http.public_url"};
    EXPECT_EQ(nearest("http.prot", candidates), "http.port");
    EXPECT_EQ(nearest("http.publicurl", candidates), "http.public_url");
    EXPECT_EQ(nearest("rail.shortcode", candidates), "");
}

}  // namespace
}  // namespace lango::ops
