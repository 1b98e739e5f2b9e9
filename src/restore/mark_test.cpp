#include "restore/mark.hpp"

#include <gtest/gtest.h>

namespace lango::restore {
namespace {

const Mark mark{.database = std::string(32, 'a'),
                .lease = 4711,
                .at = from_micros(1'795'950'000'000'000),
                .stockpiling = 51'000,
                .references = 5'200};

TEST(Mark, ReadsWhatItWrote) { EXPECT_EQ(read_mark(text_of(mark)), mark); }

TEST(Mark, IsNothingWhenHalfOfItIsThere) {
    const auto text = text_of(mark);
    for (std::size_t size = 0; size < text.size(); ++size) {
        EXPECT_FALSE(read_mark(text.substr(0, size))) << size;
    }
}

TEST(Mark, IsNothingElse) {
    for (const auto* other : {"\n", "lango mark 2\n", "{}\n", "lango mark 1\n",
                              "lango mark 1\ndatabase x\nlease 1\nat 1\nstockpiling 1\n"}) {
        EXPECT_FALSE(read_mark(other)) << other;
    }
    auto text = text_of(mark);
    text.replace(text.find("4711"), 4, "-711");
    EXPECT_FALSE(read_mark(text));
}

}  // namespace
}  // namespace lango::restore
