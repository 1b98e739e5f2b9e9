#include "base/ids.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

namespace lango {
namespace {

using namespace std::chrono;

const Instant moment = sys_days{2026y / 11 / 23} + 20h + microseconds{123456};

// Draws the same each time.
class StuckRandom final : public Random {
  public:
    explicit StuckRandom(unsigned char byte) : byte_(byte) {}
    void fill(std::span<unsigned char> out) override { std::ranges::fill(out, byte_); }

  private:
    unsigned char byte_;
};

TEST(Ids, PrintAsSixteenHexDigits) {
    EXPECT_EQ(hex16(1), "0000000000000001");
    EXPECT_EQ(hex16(0x0123456789abcdef), "0123456789abcdef");
    EXPECT_EQ(parse_hex16("0123456789abcdef"), 0x0123456789abcdef);
    EXPECT_EQ(parse_hex16("7fffffffffffffff"), std::numeric_limits<std::int64_t>::max());
}

TEST(Ids, RefuseOtherTexts) {
    for (const auto* text : {"", "1", "0123456789abcde", "0123456789abcdef0", "0123456789ABCDEF",
                             "0123456789abcdeg", "0000000000000000", "8000000000000000",
                             "ffffffffffffffff", "-123456789abcdef", " 123456789abcdef"}) {
        EXPECT_FALSE(parse_hex16(text)) << text;
    }
}

TEST(Ids, TellWhenTheyWereMade) {
    SeededRandom random(1);
    IdSource ids(random);
    EXPECT_EQ(id_time(ids.next(moment)), floor<milliseconds>(moment));
}

TEST(Ids, StayBetweenTheBoundsOfTheirMillisecond) {
    for (const unsigned char byte : std::array<unsigned char, 2>{0x00, 0xff}) {
        StuckRandom random(byte);
        IdSource ids(random);
        const auto id = ids.next(moment);
        EXPECT_GE(id, id_floor(moment));
        EXPECT_LT(id, id_floor(moment + 1ms));
    }
}

TEST(Ids, LeaveRoomForTwoMillionInAMillisecond) {
    StuckRandom random(0xff);
    IdSource ids(random);
    std::int64_t id = 0;
    for (int i = 0; i < 2'000'000; ++i) id = ids.next(moment);
    EXPECT_LT(id, id_floor(moment + 1ms));
}

TEST(Ids, ArePositiveEvenWhenTheClockIsWrong) {
    StuckRandom random(0);
    for (const Instant at : {Instant::min(), from_micros(0), Instant{sys_days{2020y / 1 / 1}}}) {
        IdSource ids(random);
        EXPECT_GT(ids.next(at), 0);
        EXPECT_GE(id_floor(at), 0);
    }
    IdSource ids(random);
    EXPECT_GT(ids.next(Instant::max()), 0);
    EXPECT_GT(id_floor(Instant::max()), 0);
}

// Steps back as well as forth: a clock that is set must not repeat an id.
RC_GTEST_PROP(IdSource, StrictlyGrows, (std::vector<std::int16_t> steps, std::uint64_t seed)) {
    SeededRandom random(seed);
    IdSource ids(random);
    Instant now = moment;
    std::int64_t last = 0;
    for (const auto step : steps) {
        now += microseconds{step};
        const auto id = ids.next(now);
        RC_ASSERT(id > last);
        RC_ASSERT(parse_hex16(hex16(id)) == id);
        last = id;
    }
}

}  // namespace
}  // namespace lango
