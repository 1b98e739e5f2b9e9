#include "people/sessions.hpp"

#include <gtest/gtest.h>

#include "store/store_fixture.hpp"

namespace lango::people {
namespace {

using namespace std::chrono_literals;

const Instant start =
    Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{9}};

class Sessions : public testing::Test {
  protected:
    Sessions() {
        store_.write([&](store::Tx& tx) {
            EXPECT_TRUE(people::add(tx, master_, random_, start, {.name = "amina"}, "test"));
        });
    }
    Session begin(Instant now = start) {
        return store_.write([&](store::Tx& tx) {
            return begin_session(tx, master_, random_, *find(tx, "amina"), now);
        });
    }
    std::string who(std::string_view token, Instant now = start) {
        return store_.write([&](store::Tx& tx) {
            const auto person = with_session(tx, master_, token, now);
            return person ? person->name : std::string{};
        });
    }
    SeededRandom random_{7};
    crypto::MasterKey master_ = crypto::MasterKey::make(random_);
    store::test::MemoryStore store_;
};

TEST_F(Sessions, StandForWhoBeganThem) {
    const auto session = begin();
    EXPECT_EQ(who(session.token), "amina");
    EXPECT_EQ(who("amina"), "");
    EXPECT_EQ(who(""), "");
    // Only a keyed hash is kept.
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM sessions WHERE length(token_hash) = 32"), 1);
}

TEST_F(Sessions, EndByThemselves) {
    const auto session = begin();
    EXPECT_EQ(who(session.token, start + session_lasts - 1s), "amina");
    EXPECT_EQ(who(session.token, start + session_lasts), "");
    EXPECT_EQ(who(session.token, start - 30s), "amina") << "clocks are put right all the time";
    EXPECT_EQ(who(session.token, start - 2min), "") << "it began by a clock that was ahead";
    static_cast<void>(begin(start + session_lasts));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM sessions"), 1) << "what is over is deleted";
}

TEST_F(Sessions, EndWhenTheirPersonSaysSoOrIsRemoved) {
    const auto first = begin();
    const auto second = begin();
    store_.write([&](store::Tx& tx) { end_session(tx, master_, first.token); });
    EXPECT_EQ(who(first.token), "");
    EXPECT_EQ(who(second.token), "amina");
    EXPECT_TRUE(
        store_.write([&](store::Tx& tx) { return people::remove(tx, start, "amina", "test"); }));
    EXPECT_EQ(who(second.token), "");
    // Whoever comes again by that name does not come into an old session.
    store_.write([&](store::Tx& tx) {
        EXPECT_TRUE(people::add(tx, master_, random_, start, {.name = "amina"}, "test"));
    });
    EXPECT_EQ(who(second.token), "");
}

// By a hand on the database; 257 is 1 of 8 bits.
TEST_F(Sessions, OfARoleThatIsNoneMayDoNothing) {
    for (const int role : {0, -1, 6, 256, 257, 1000}) {
        const auto may = store_.write([&](store::Tx& tx) {
            tx.run("UPDATE operators SET role = ?1", role);
            return find(tx, "amina")->permissions;
        });
        EXPECT_TRUE(may.is_empty()) << role;
    }
}

}  // namespace
}  // namespace lango::people
