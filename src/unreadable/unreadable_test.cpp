#include "unreadable/unreadable.hpp"

#include <gtest/gtest.h>

#include "store/store_fixture.hpp"

namespace lango::unreadable {
namespace {

using namespace std::chrono_literals;

const Instant start = Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29} + 9h};

class Unreadable : public testing::Test {
  protected:
    bool came(const std::string& body, Instant at = start, const std::string& subject = "600123") {
        return book_.write([&](store::Tx& tx) {
            return keep(tx,
                        {.door = Door::confirmation,
                         .subject = subject,
                         .why = "it cannot be read",
                         .body = body},
                        at);
        });
    }
    std::vector<Kept> list() {
        return book_.write([](store::Tx& tx) { return waiting(tx, 0, 9999); });
    }
    Kept the(std::int64_t number) {
        return *book_.write([&](store::Tx& tx) { return find(tx, number); });
    }
    store::test::MemoryStore book_;
};

TEST_F(Unreadable, WaitByteForByteUntilAPersonHasReadThem) {
    const std::string odd{"\x00\xff {\"TransID\": \xC3(", 17};
    EXPECT_TRUE(came(odd));
    ASSERT_EQ(list().size(), 1U);
    EXPECT_EQ(the(list()[0].number).body, odd);
    EXPECT_EQ(list()[0].length, 17);
    const auto attend_it = [&](std::int64_t number) {
        return book_.write([&](store::Tx& tx) { return attend(tx, number, "anna", start); });
    };
    EXPECT_TRUE(attend_it(1));
    EXPECT_FALSE(attend_it(1));
    EXPECT_FALSE(attend_it(2));
    EXPECT_TRUE(list().empty());
    EXPECT_EQ(the(1).attended_by, "anna");
}

TEST_F(Unreadable, AreOneRowPerBodyHoweverOftenItComes) {
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(came("x", start + i * 1min));
    came("y");
    ASSERT_EQ(list().size(), 2U);
    EXPECT_EQ(list()[0].times, 20);
    EXPECT_EQ(list()[0].first_at, start);
    EXPECT_EQ(list()[0].last_at, start + 19min);
}

// An empty body, or a proxy's page, is the same for everybody.
TEST_F(Unreadable, AreAnotherMessageAtAnotherAddress) {
    EXPECT_TRUE(came("", start, "0000000000000001"));
    EXPECT_TRUE(book_.write([](store::Tx& tx) { return attend(tx, 1, "anna", start); }));
    EXPECT_TRUE(came("", start + 1min, "0000000000000002"));
    EXPECT_TRUE(came("", start + 2min, "0000000000000001"));
    const auto waiting = list();
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].subject, "0000000000000002");
    EXPECT_EQ(the(1).times, 2) << "which a person has read";
    book_.write([](store::Tx& tx) {
        return keep(tx,
                    {.door = Door::result,
                     .subject = "0000000000000002",
                     .why = "it cannot be read",
                     .body = ""},
                    start);
    });
    EXPECT_EQ(list().size(), 2U) << "another door";
}

TEST_F(Unreadable, AreKeptToABoundAndNotTakenForOneAnother) {
    const std::string long_one(100'000, 'a');
    EXPECT_TRUE(came(long_one));
    EXPECT_TRUE(came(long_one + "b"));
    ASSERT_EQ(list().size(), 2U) << "which differ behind what is kept";
    EXPECT_EQ(the(1).body.size(), body_max);
    EXPECT_EQ(the(1).length, 100'000);
}

TEST_F(Unreadable, AreKeptToANumberPerAddressAndHourAndThenCounted) {
    for (int i = 0; i < kept_per_hour; ++i) ASSERT_TRUE(came("body " + std::to_string(i)));
    EXPECT_FALSE(came("one more"));
    EXPECT_TRUE(came("body 0")) << "which is there";
    EXPECT_TRUE(came("one more", start, "600999")) << "another address";
    EXPECT_TRUE(came("and more", start + 1h)) << "another hour";
    const auto hours = book_.write([](store::Tx& tx) { return overfull_hours(tx, 9); });
    ASSERT_EQ(hours.size(), 1U);
    EXPECT_EQ(hours[0].subject, "600123");
    EXPECT_EQ(hours[0].times, kept_per_hour + 2);
    EXPECT_EQ(book_.write([](store::Tx& tx) { return count_waiting(tx); }), kept_per_hour + 2);
}

}  // namespace
}  // namespace lango::unreadable
