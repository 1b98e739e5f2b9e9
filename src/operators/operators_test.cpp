#include "operators/operators.hpp"

#include <gtest/gtest.h>

#include "store/store_fixture.hpp"

namespace lango::operators {
namespace {

const Instant start =
    Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{9}};

class Operators : public testing::Test {
  protected:
    Result<std::string, Refused> add(std::string_view name) {
        return store_.write([&](store::Tx& tx) {
            return operators::add(tx, master_, random_, start, name, "test");
        });
    }
    bool is_his(std::string_view name, std::string_view key) {
        return store_.write(
            [&](store::Tx& tx) { return operators::is_his(tx, master_, name, key); });
    }
    std::string remove(std::string_view name) {
        const auto done =
            store_.write([&](store::Tx& tx) { return operators::remove(tx, start, name, "test"); });
        return done ? "" : done.error().message;
    }
    SeededRandom random_{7};
    crypto::MasterKey master_ = crypto::MasterKey::make(random_);
    store::test::MemoryStore store_;
};

TEST_F(Operators, AreKnownByTheirKeyAlone) {
    const auto amina = add("amina");
    const auto brian = add("brian.o");
    ASSERT_TRUE(amina && brian);
    EXPECT_TRUE(is_his("amina", *amina));
    EXPECT_FALSE(is_his("amina", *brian));
    EXPECT_FALSE(is_his("amina", ""));
    EXPECT_FALSE(is_his("nobody", *amina));
    // The key itself is nowhere.
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operators WHERE length(key_hash) = 32"), 2);
}

TEST_F(Operators, ThatAreRemovedAreNobodyUntilTheyAreAddedAgain) {
    const auto old = add("amina");
    EXPECT_EQ(add("amina").error().message, "there is an operator amina already");
    EXPECT_EQ(remove("amina"), "");
    EXPECT_EQ(remove("amina"), "there is no operator amina");
    EXPECT_FALSE(is_his("amina", *old));
    const auto anew = add("amina");
    ASSERT_TRUE(anew);
    EXPECT_TRUE(is_his("amina", *anew));
    EXPECT_FALSE(is_his("amina", *old));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts"), 3);
}

TEST_F(Operators, HaveNamesThatCanBeWrittenInATrail) {
    for (const auto* name : {"", "Amina", "a b", "-amina", ".a", "käthe", "a/b", "a\nb"}) {
        EXPECT_FALSE(add(name)) << name;
    }
    EXPECT_FALSE(add(std::string(41, 'a')));
    EXPECT_TRUE(add(std::string(40, 'a')));
}

TEST_F(Operators, LeaveATrailOfWhatTheyDid) {
    ASSERT_TRUE(add("amina"));
    store_.write([](store::Tx& tx) { record(tx, start, "amina", "approve", "0001", "queued"); });
    const auto acts = store_.write([](store::Tx& tx) { return trail(tx, 10); });
    ASSERT_EQ(acts.size(), 2U);
    EXPECT_EQ(acts[0].who, "amina");
    EXPECT_EQ(acts[0].number, 2);
    EXPECT_EQ(acts[1].act, "operator added");
}

}  // namespace
}  // namespace lango::operators
