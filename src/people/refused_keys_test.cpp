#include "people/refused_keys.hpp"

#include <gmock/gmock.h>

#include "people/people.hpp"
#include "people/trail.hpp"
#include "store/store_fixture.hpp"

namespace lango::people {
namespace {

using namespace std::chrono_literals;

const Instant start =
    Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{9}};

class RefusedKeysOf : public testing::Test {
  protected:
    RefusedKeysOf() {
        store_.write([&](store::Tx& tx) {
            EXPECT_TRUE(add(tx, master_, random_, start, {.name = "amina"}, "test"));
        });
    }
    void refuse(std::string_view name, Instant now = start) {
        store_.write([&](store::Tx& tx) {
            count_refused_key(tx, now, name, "this machine", "/admin/users");
        });
    }
    std::vector<RefusedKeys> all() {
        return store_.write([](store::Tx& tx) { return refused_keys(tx, 100); });
    }
    std::int64_t in_the_trail() {
        return store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'key refused'");
    }
    SeededRandom random_{7};
    crypto::MasterKey master_ = crypto::MasterKey::make(random_);
    store::test::MemoryStore store_;
};

// Whoever tries a thousand keys would else push everything else off what is shown.
TEST_F(RefusedKeysOf, OnePersonFillNoTrail) {
    for (int i = 0; i < 1000; ++i) refuse("amina", start + i * 1s);
    EXPECT_EQ(in_the_trail(), 1);
    ASSERT_EQ(all().size(), 1U);
    EXPECT_EQ(all()[0].name, "amina");
    EXPECT_EQ(all()[0].count, 1000);
    EXPECT_EQ(all()[0].first_at, start);
    EXPECT_EQ(all()[0].last_at, start + 999s);
    refuse("amina", start + 24h);
    EXPECT_EQ(in_the_trail(), 2) << "each day once";
    EXPECT_EQ(all()[0].count, 1) << "the latest day first";
}

TEST_F(RefusedKeysOf, ManyNamesThatNobodyHasFillNoTrail) {
    for (int i = 0; i < 1000; ++i) refuse("nobody-" + std::to_string(i));
    EXPECT_EQ(in_the_trail(), 1);
    ASSERT_EQ(all().size(), 1U);
    EXPECT_EQ(all()[0].name, "");
    EXPECT_EQ(all()[0].count, 1000);
}

TEST_F(RefusedKeysOf, WhoWereRemovedAreTheirs) {
    store_.write([](store::Tx& tx) { EXPECT_TRUE(remove(tx, start, "amina", "test")); });
    refuse("amina");
    EXPECT_EQ(all()[0].name, "amina");
}

// A key that was typed where the name belongs.
TEST_F(RefusedKeysOf, WhatNobodyIsCalledIsNotKept) {
    const std::string key = "k3yThatSomebodyTypedHere";
    refuse(key);
    const auto acts = store_.write([](store::Tx& tx) { return trail(tx, 1); });
    EXPECT_EQ(acts[0].subject, "k3y... (nobody's name)");
    EXPECT_EQ(acts[0].detail, "/admin/users");
    refuse("\xff\x01\x80\x80", start + 24h);
    EXPECT_EQ(store_.write([](store::Tx& tx) { return trail(tx, 1); })[0].subject,
              "???... (nobody's name)");
}

}  // namespace
}  // namespace lango::people
