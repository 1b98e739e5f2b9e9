// Disabling a merchant: who did it, when, and that nobody sets it as if it were a setting.
#include <gmock/gmock.h>

#include "merchants/merchants_fixture.hpp"
#include "merchants/settings_of.hpp"
#include "merchants/trail.hpp"

namespace lango::merchants {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class Disable : public test::Shops {
  protected:
    Disable() { static_cast<void>(create("shop")); }
    std::string put(bool disabled, std::string_view who, std::string_view slug = "shop") {
        const auto done = store_.write([&](store::Tx& tx) {
            return disabled ? disable(tx, test::start + 1h, slug, who)
                            : enable(tx, test::start + 2h, slug, who);
        });
        return done ? "" : done.error().message;
    }
    std::optional<StateChange> last_change() {
        return store_.write([id = the().id](store::Tx& tx) { return last_state_change(tx, id); });
    }
    bool is_as_told() {
        return store_.write([](store::Tx& tx) {
            return std::ranges::all_of(settings_and_trail(tx), &SettingAndTrail::as_set);
        });
    }
};

TEST_F(Disable, IsKeptWithItsTrail) {
    EXPECT_FALSE(the().is_disabled);
    EXPECT_FALSE(last_change());
    EXPECT_EQ(put(true, "amina"), "");
    EXPECT_TRUE(the().is_disabled);
    EXPECT_TRUE(all().front().is_disabled) << "the directory is made of these";
    ASSERT_TRUE(last_change());
    EXPECT_EQ(last_change()->who, "amina");
    EXPECT_EQ(last_change()->at, test::start + 1h);
    EXPECT_EQ(put(false, "brian"), "");
    EXPECT_FALSE(the().is_disabled);
    EXPECT_THAT(trail(), HasSubstr("2 state: active -> disabled by amina\n"
                                   "3 state: disabled -> active by brian\n"));
    EXPECT_TRUE(is_as_told());
}

TEST_F(Disable, RefusesWhatIsSoAlreadyAndWhoeverIsNotThere) {
    EXPECT_EQ(put(false, "amina"), "shop is active already");
    EXPECT_EQ(put(true, "amina"), "");
    EXPECT_EQ(put(true, "brian"), "shop is disabled already");
    EXPECT_EQ(put(true, "amina", "nobody"), "there is no merchant nobody");
    EXPECT_EQ(last_change()->who, "amina");
}

TEST_F(Disable, IsNoSettingThatAnybodySets) {
    EXPECT_EQ(set("state", "disabled"),
              "an operator changes it: lango merchant disable or enable shop");
    EXPECT_FALSE(the().is_disabled);
    EXPECT_EQ(settings_of(the()).front(), std::pair(state_name, std::string{"active"}));
}

TEST_F(Disable, LeavesSettingsAsTheyAre) {
    EXPECT_EQ(put(true, "amina"), "");
    EXPECT_EQ(set("deposit-min", "50"), "");
    EXPECT_TRUE(the().is_disabled);
    EXPECT_EQ(the().deposit_min, Money::kes(50));
}

// Whoever edits the file by hand is found out.
TEST_F(Disable, ByHandDoesNotFitTheTrail) {
    store_.write([](store::Tx& tx) { tx.run("UPDATE merchants SET disabled = 1"); });
    EXPECT_FALSE(is_as_told());
}

}  // namespace
}  // namespace lango::merchants
