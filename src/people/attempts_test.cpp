#include "people/attempts.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "store/store_fixture.hpp"

namespace lango::people {
namespace {

using namespace std::chrono_literals;

const Instant start =
    Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{9}};

class Attempts : public testing::Test {
  protected:
    std::optional<Duration> attempt(const std::vector<Counter>& counters, Instant now) {
        return store_.write(
            [&](store::Tx& tx) { return begin_attempt(tx, master_, counters, now); });
    }
    // How long the next one waits after so many that failed, each when it was let through.
    Duration wait_after(int failures, const std::vector<Counter>& counters) {
        Instant now = start;
        for (int i = 0; i < failures;) {
            if (const auto wait = attempt(counters, now)) {
                now += *wait;
            } else {
                ++i;
            }
        }
        return attempt(counters, now).value_or(Duration::zero());
    }
    SeededRandom random_{7};
    crypto::MasterKey master_ = crypto::MasterKey::make(random_);
    store::test::MemoryStore store_;
    const std::vector<Counter> amina_{{.what = "name amina"}};
};

TEST_F(Attempts, WaitTwiceAsLongAfterEachFailureAndNeverForEver) {
    EXPECT_EQ(attempt_wait(4, 5), 0s);
    EXPECT_EQ(attempt_wait(5, 5), 1s);
    EXPECT_EQ(attempt_wait(6, 5), 2s);
    EXPECT_EQ(attempt_wait(10, 5), 32s);
    EXPECT_EQ(attempt_wait(1'000'000, 5), 15min);
    EXPECT_EQ(wait_after(5, amina_), 1s);
}

TEST_F(Attempts, ThatWaitAreNotCounted) {
    for (int i = 0; i < 5; ++i) EXPECT_FALSE(attempt(amina_, start));
    for (int i = 0; i < 100; ++i) EXPECT_EQ(attempt(amina_, start), 1s);
    EXPECT_FALSE(attempt(amina_, start + 1s));
    EXPECT_EQ(attempt(amina_, start + 1s), 2s);
}

TEST_F(Attempts, AreForgottenAfterADayAndBySuccess) {
    EXPECT_EQ(wait_after(6, amina_), 2s);
    store_.write([&](store::Tx& tx) {
        attempt_succeeded(tx, master_, amina_);
        return true;
    });
    EXPECT_FALSE(attempt(amina_, start));
    EXPECT_EQ(wait_after(5, amina_), 2s) << "with the one before";
    EXPECT_FALSE(attempt(amina_, start + 25h));
    EXPECT_FALSE(attempt(amina_, start + 25h));
}

TEST_F(Attempts, OfOneNameHoldNobodyElseUp) {
    EXPECT_EQ(wait_after(9, amina_), 16s);
    EXPECT_FALSE(attempt({{.what = "name brian"}}, start));
    EXPECT_FALSE(attempt({{.what = "browser 1 amina"}}, start)) << "one that she has been in with";
}

TEST_F(Attempts, OfManyWhoShareAnAddressAreTakenBackOneByOne) {
    const std::vector<Counter> shared{
        {.what = "address 203.0.113.7", .free = 3, .is_shared = true}};
    EXPECT_EQ(wait_after(3, shared), 1s);
    store_.write([&](store::Tx& tx) {
        attempt_succeeded(tx, master_, shared);
        return true;
    });
    EXPECT_FALSE(attempt(shared, start)) << "two are left";
    EXPECT_EQ(attempt(shared, start), 1s);
}

TEST_F(Attempts, CountForWhicheverHasTheLongestWait) {
    const std::vector<Counter> both{{.what = "name amina", .free = 2},
                                    {.what = "address 1", .free = 100, .is_shared = true}};
    EXPECT_FALSE(attempt(both, start));
    EXPECT_FALSE(attempt(both, start));
    EXPECT_EQ(attempt(both, start), 1s);
}

TEST_F(Attempts, OfAClockThatWasAheadAreForgotten) {
    for (int i = 0; i < 9; ++i) attempt(amina_, start + std::chrono::hours{24 * 365} + i * 1h);
    EXPECT_FALSE(attempt(amina_, start));
}

}  // namespace
}  // namespace lango::people
