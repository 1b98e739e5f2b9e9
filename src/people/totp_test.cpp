#include "people/totp.hpp"

#include <gtest/gtest.h>

namespace lango::people::totp {
namespace {

// RFC 6238, appendix B: its codes have eight digits, of which ours are the last six.
const Secret rfc{"12345678901234567890"};

Instant at(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }

TEST(Totp, IsThatOfTheRfc) {
    EXPECT_EQ(code_at(rfc, step_at(at(59))), "287082");
    EXPECT_EQ(code_at(rfc, step_at(at(1'111'111'109))), "081804");
    EXPECT_EQ(code_at(rfc, step_at(at(1'234'567'890))), "005924");
    EXPECT_EQ(code_at(rfc, step_at(at(20'000'000'000))), "353130");
}

TEST(Totp, IsToldToAPhone) {
    EXPECT_EQ(base32(rfc), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    EXPECT_EQ(uri(rfc, "amina"),
              "otpauth://totp/Lango:amina?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Lango");
    EXPECT_EQ(from_base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), rfc);
    EXPECT_THROW(static_cast<void>(from_base32("not base32 at all!")), std::runtime_error);
    SeededRandom random{1};
    EXPECT_EQ(make_secret(random).reveal().size(), 20U);
}

TEST(Totp, IsTakenOneStepEarlyOrLate) {
    const auto now = at(1'234'567'890);
    const auto current = step_at(now);
    for (const int drift : {-1, 0, 1}) {
        EXPECT_EQ(step_of(rfc, code_at(rfc, current + drift), now, 0), current + drift) << drift;
    }
    EXPECT_EQ(step_of(rfc, code_at(rfc, current - 2), now, 0), std::nullopt);
    EXPECT_EQ(step_of(rfc, code_at(rfc, current + 2), now, 0), std::nullopt);
    for (const auto* none : {"", "0", "00592", "0059240", "abcdef"}) {
        EXPECT_EQ(step_of(rfc, none, now, 0), std::nullopt) << none;
    }
}

TEST(Totp, IsGoodOnceAndNoneBeforeItIsGoodAfter) {
    const auto now = at(1'234'567'890);
    const auto current = step_at(now);
    EXPECT_EQ(step_of(rfc, code_at(rfc, current), now, current), std::nullopt);
    EXPECT_EQ(step_of(rfc, code_at(rfc, current - 1), now, current), std::nullopt);
    EXPECT_EQ(step_of(rfc, code_at(rfc, current + 1), now, current), current + 1);
}

TEST(Totp, OfAClockThatWasAheadStopsNobody) {
    const auto now = at(1'234'567'890);
    const auto current = step_at(now);
    EXPECT_EQ(step_of(rfc, code_at(rfc, current), now, current + 2880), current);
}

}  // namespace
}  // namespace lango::people::totp
