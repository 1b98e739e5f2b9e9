#include "people/passwords.hpp"

#include <gtest/gtest.h>

#include "people/people.hpp"
#include "people/trail.hpp"
#include "store/store_fixture.hpp"

namespace lango::people {
namespace {

TEST(Passwords, AreLongAndNotWhatEverybodyTries) {
    for (const auto* good : {"tembo anapanda mlima", "Xk4!vuP9qz-Lw", "mawingu ya zambarau",
                             "nairobi tembo kiti jua", "ŵŷẃžňřťůěšč ö"}) {
        EXPECT_EQ(why_weak(good, "amina"), std::nullopt) << good;
    }
    for (const auto* common :
         {"password1234", "P@ssw0rd2026!", "qwertyuiop123", "123456789012", "aaaaaaaaaaaa",
          "Welcome2Kenya!", "safaricom2026", "letmeinletmein", "iloveyou12345", "abcdefabcdef",
          "correct horse battery staple", "Summer2026!!", "0712345678900", "admin admin admin",
          "Mpesa@Nairobi254"}) {
        EXPECT_TRUE(is_common(common, "amina")) << common;
        EXPECT_NE(why_weak(common, "amina"), std::nullopt) << common;
    }
    EXPECT_EQ(why_weak("short words", "amina"), "A password has at least 12 characters.");
    EXPECT_EQ(why_weak("ŵŷẃžňřťůěšč", "amina"), "A password has at least 12 characters.")
        << "characters count, not bytes";
    EXPECT_NE(why_weak(std::string(300, 'x') + "abcdefghij", "amina"), std::nullopt);
    EXPECT_EQ(why_weak("tembo anapanda \xff mlima", "amina"), "A password is text.");
}

TEST(Passwords, AreNotTheirPersonsName) {
    EXPECT_TRUE(is_common("chebetchebet1", "chebet"));
    EXPECT_TRUE(is_common("Chebet-2026-!", "chebet"));
    EXPECT_FALSE(is_common("chebet hupanda mlima", "chebet"));
}

TEST(Passwords, AreKeptAsArgon2idWithASaltOfTheirOwn) {
    const Secret password{"tembo anapanda mlima"};
    const auto hash = hash_password(password);
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << hash;
    EXPECT_NE(hash, hash_password(password));
    EXPECT_TRUE(is_password(hash, password));
    EXPECT_FALSE(is_password(hash, Secret{"tembo anapanda mlimb"}));
    EXPECT_FALSE(is_password("", password));
    EXPECT_FALSE(is_password("$argon2id$damaged", password));
}

TEST(Passwords, StandInTheTrailAndNotThemselves) {
    const Instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};
    store::test::MemoryStore store;
    store.write([&](store::Tx& tx) {
        EXPECT_EQ(password_hash(tx, "amina"), "");
        set_password(tx, now, "amina", "one", "invitation accepted");
        set_password(tx, now, "amina", "two", "password changed");
        EXPECT_EQ(password_hash(tx, "amina"), "two");
        const auto acts = trail(tx, 10);
        EXPECT_EQ(acts.size(), 2U);
        EXPECT_EQ(acts.at(0).act + " " + acts.at(0).who + " " + acts.at(0).detail,
                  "password changed amina ");
    });
}

}  // namespace
}  // namespace lango::people
