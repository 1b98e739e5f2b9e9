#include "deposits/list_reader.hpp"

#include "deposits/deposits_fixture.hpp"

namespace lango::deposits::test {
namespace {

Check pushed(Duration ago, bool is_last = false) {
    return {.id = DepositId{1},
            .by_query = false,
            .checkout_request_id = {},
            .pushed_at = start - ago,
            .is_last = is_last};
}

TEST(Stretches, GoFromAMinuteBeforeAPushToAQuarterOfAnHourAfterIt) {
    EXPECT_EQ(stretch_of(pushed(2h), start),
              (Stretch{.from = start - 121min, .to = start - 105min}));
    EXPECT_EQ(stretch_of(pushed(75s), start), (Stretch{.from = start - 135s, .to = start}));
    EXPECT_EQ(stretch_of(pushed(47h, true), start),
              (Stretch{.from = start - 47h - 1min, .to = start}))
        << "when nobody will ask again";
}

TEST(Stretches, ThatOverlapAreReadOnce) {
    EXPECT_EQ(stretches({pushed(2min), pushed(3h), pushed(5min), pushed(178min)}, start),
              (std::vector<Stretch>{{.from = start - 181min, .to = start - 163min},
                                    {.from = start - 6min, .to = start}}));
    EXPECT_TRUE(stretches({}, start).empty());
}

// One deposit of the day before yesterday keeps nobody waiting.
TEST(Stretches, ThatAreLongComeLast) {
    EXPECT_EQ(stretches({pushed(47h, true), pushed(2min)}, start),
              (std::vector<Stretch>{{.from = start - 3min, .to = start},
                                    {.from = start - 47h - 1min, .to = start}}));
}

// A clock that went back: nothing to read, and no harm.
TEST(Stretches, OfThePushesToComeAreEmpty) {
    const auto stretch = stretch_of(pushed(-1h), start);
    EXPECT_EQ(stretch.from, stretch.to);
}

}  // namespace
}  // namespace lango::deposits::test
