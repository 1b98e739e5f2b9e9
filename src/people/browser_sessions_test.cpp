#include "people/browser_sessions.hpp"

#include <gtest/gtest.h>

#include "store/store_fixture.hpp"

namespace lango::people {
namespace {

using namespace std::chrono_literals;

const Instant start =
    Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{9}};

class BrowserSessions : public testing::Test {
  protected:
    std::string begin(Stage stage = Stage::in, Instant now = start,
                      const std::string& name = "amina") {
        const auto id = new_session_id(random_);
        store_.write([&](store::Tx& tx) {
            begin_browser_session(tx, master_, id, name, stage,
                                  {.address = "203.0.113.7", .browser = "Firefox"}, now);
        });
        return id;
    }
    std::optional<BrowserSession> find(const std::string& id, Instant now = start) {
        return store_.write(
            [&](store::Tx& tx) { return with_browser_session(tx, master_, id, limits_, now); });
    }
    std::size_t listed(Instant now = start) {
        return store_.write(
            [&](store::Tx& tx) { return browser_sessions(tx, "amina", limits_, now).size(); });
    }
    void seen(std::int64_t number, Instant now) {
        store_.write([&](store::Tx& tx) { note_seen(tx, number, now); });
    }
    SessionLimits limits_{};
    SeededRandom random_{7};
    crypto::MasterKey master_ = crypto::MasterKey::make(random_);
    store::test::MemoryStore store_;
};

TEST_F(BrowserSessions, AreFoundByTheirIdAlone) {
    const auto id = begin();
    const auto found = find(id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->name + " " + found->address + " " + found->browser,
              "amina 203.0.113.7 Firefox");
    EXPECT_FALSE(find(""));
    EXPECT_FALSE(find(std::string(32, 'a')));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'logged in'"), 1);
}

TEST_F(BrowserSessions, HaveAnotherIdAtEachStage) {
    const auto before = begin(Stage::second_factor);
    EXPECT_EQ(listed(), 0U) << "nobody is in yet";
    const auto number = find(before)->number;
    const auto after = new_session_id(random_);
    store_.write([&](store::Tx& tx) {
        change_browser_session(tx, master_, number, after, Stage::in, start + 1min);
    });
    EXPECT_FALSE(find(before, start + 1min));
    EXPECT_EQ(find(after, start + 1min)->stage, Stage::in);
    EXPECT_EQ(listed(), 1U);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'logged in'"), 1);
}

TEST_F(BrowserSessions, EndWhenNothingComes) {
    const auto id = begin();
    EXPECT_TRUE(find(id, start + 29min));
    EXPECT_FALSE(find(id, start + 30min));
    seen(find(id)->number, start + 20min);
    EXPECT_TRUE(find(id, start + 40min));
    EXPECT_TRUE(is_to_be_noted(*find(id, start + 40min), start + 40min));
    EXPECT_FALSE(is_to_be_noted(*find(id, start + 20min), start + 20min + 59s));
}

TEST_F(BrowserSessions, EndAfterTheWorkingDayWhateverComes) {
    const auto id = begin();
    const auto number = find(id)->number;
    for (auto at = start; at < start + 12h; at += 20min) seen(number, at);
    EXPECT_TRUE(find(id, start + 12h - 1s));
    EXPECT_FALSE(find(id, start + 12h));
    EXPECT_EQ(listed(start + 12h), 0U);
}

TEST_F(BrowserSessions, OnTheWayInHaveAQuarterOfAnHour) {
    const auto id = begin(Stage::second_factor);
    EXPECT_TRUE(find(id, start + 14min));
    EXPECT_FALSE(find(id, start + 15min));
}

TEST_F(BrowserSessions, OfAClockThatWasAheadAreOver) {
    EXPECT_FALSE(find(begin(Stage::in, start + 48h)));
}

TEST_F(BrowserSessions, AreEndedByTheirOwnerOnly) {
    const auto mine = begin();
    const auto other = begin();
    const auto brians = begin(Stage::in, start, "brian");
    const auto end = [&](const std::string& who, std::int64_t number) {
        return store_.write([&](store::Tx& tx) { return end_browser_session(tx, who, number); });
    };
    EXPECT_FALSE(end("amina", find(brians)->number));
    EXPECT_TRUE(end("amina", find(other)->number));
    EXPECT_FALSE(find(other));
    const auto number = find(mine)->number;
    const auto third = begin();
    store_.write([&](store::Tx& tx) { end_browser_sessions(tx, "amina", number); });
    EXPECT_TRUE(find(mine));
    EXPECT_FALSE(find(third));
    EXPECT_TRUE(find(brians));
    store_.write([&](store::Tx& tx) { end_browser_sessions(tx, "amina"); });
    EXPECT_FALSE(find(mine));
}

}  // namespace
}  // namespace lango::people
