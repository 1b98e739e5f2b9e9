#include "people/invitations.hpp"

#include <gtest/gtest.h>

#include "people/browser_sessions.hpp"
#include "people/passwords.hpp"
#include "people/second_factor.hpp"
#include "people/totp.hpp"
#include "store/store_fixture.hpp"

namespace lango::people {
namespace {

using namespace std::chrono_literals;

const Instant start =
    Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{9}};

class Invitations : public testing::Test {
  protected:
    Invitations() { first_key_ = add("amina"); }
    std::string add(const std::string& name) {
        return store_.write([&](store::Tx& tx) { return add_to(tx, name); });
    }
    std::string add_to(store::Tx& tx, const std::string& name) {
        return people::add(tx, master_, random_, start, {.name = name}, "root").value_or("");
    }
    Result<Invitation, Refused> make(const std::string& name, const std::string& by,
                                     bool is_trusted = false) {
        return store_.write([&](store::Tx& tx) {
            return invite(tx, master_, random_, start, name, by, is_trusted);
        });
    }
    std::optional<std::string> take(const std::string& token, const std::string& hash = "a hash",
                                    Instant now = start) {
        return store_.write(
            [&](store::Tx& tx) { return accept(tx, master_, random_, now, token, hash); });
    }
    bool opens(const std::string& key) {
        return store_.write(
            [&](store::Tx& tx) { return with_key(tx, master_, "amina", key).has_value(); });
    }
    std::string first_key_;
    SeededRandom random_{7};
    crypto::MasterKey master_ = crypto::MasterKey::make(random_);
    store::test::MemoryStore store_;
};

TEST_F(Invitations, MakeAPasswordOnce) {
    const auto made = make("amina", "root");
    ASSERT_TRUE(made);
    EXPECT_EQ(take(made->token), "amina");
    EXPECT_EQ(store_.write([&](store::Tx& tx) { return password_hash(tx, "amina"); }), "a hash");
    EXPECT_EQ(take(made->token), std::nullopt);
    EXPECT_EQ(take("", ""), std::nullopt);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'invited' AND "
                            "who = 'root' AND subject = 'amina'"),
              1);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM operator_acts WHERE act = 'invitation accepted' "
                            "AND who = 'amina'"),
              1);
}

TEST_F(Invitations, AreOverAfterThreeDaysAndWithTheNextOne) {
    const auto made = make("amina", "root");
    EXPECT_EQ(take(made->token, "a hash", start + 72h), std::nullopt);
    const auto next = make("amina", "root");
    EXPECT_EQ(take(made->token), std::nullopt);
    EXPECT_EQ(take(next->token, "a hash", start + 71h), "amina");
}

TEST_F(Invitations, TakeTheFirstKeyThatSomebodyHasSeen) {
    ASSERT_TRUE(opens(first_key_));
    ASSERT_EQ(take(make("amina", "root")->token), "amina");
    EXPECT_FALSE(opens(first_key_));
    EXPECT_TRUE(store_.write([&](store::Tx& tx) { return find(tx, "amina")->key_is_own; }));
}

TEST_F(Invitations, OfWhoHasSomethingOfTheirOwnAreTheirOwn) {
    const auto key = store_.write(
        [&](store::Tx& tx) { return *make_own_key(tx, master_, random_, start, "amina"); });
    EXPECT_FALSE(make("amina", "root")) << "root would become amina";
    const auto own = make("amina", "amina");
    ASSERT_TRUE(own);
    ASSERT_EQ(take(own->token), "amina");
    EXPECT_TRUE(opens(key)) << "her own key stays";
    EXPECT_FALSE(make("amina", "root"));
    EXPECT_TRUE(make("amina", "the machine", true));
    EXPECT_FALSE(make("nobody", "root"));
}

TEST_F(Invitations, EndWhatWasShownBefore) {
    ASSERT_EQ(take(make("amina", "root")->token), "amina");
    const auto id = new_session_id(random_);
    store_.write([&](store::Tx& tx) {
        const auto secret = begin_totp(tx, master_, random_, "amina");
        const auto code = totp::code_at(secret, totp::step_at(start));
        EXPECT_TRUE(confirm_totp(tx, master_, random_, "amina", code, start));
        begin_browser_session(tx, master_, id, "amina", Stage::in, {}, start);
    });
    ASSERT_EQ(take(make("amina", "amina")->token, "another"), "amina");
    store_.write([&](store::Tx& tx) {
        EXPECT_FALSE(has_second_factor(tx, "amina"));
        EXPECT_EQ(recovery_codes_left(tx, "amina"), 0);
        EXPECT_FALSE(with_browser_session(tx, master_, id, {}, start));
    });
}

TEST_F(Invitations, AndEverythingElseGoWithTheirPerson) {
    const auto made = make("amina", "root");
    store_.write([&](store::Tx& tx) {
        EXPECT_TRUE(remove(tx, start, "amina", "root"));
        // Who comes by that name is somebody else.
        EXPECT_NE(add_to(tx, "amina"), "");
    });
    EXPECT_EQ(take(made->token), std::nullopt);
    ASSERT_EQ(take(make("amina", "root")->token), "amina");
    store_.write([&](store::Tx& tx) { EXPECT_TRUE(remove(tx, start, "amina", "root")); });
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM passwords"), 0);
}

}  // namespace
}  // namespace lango::people
