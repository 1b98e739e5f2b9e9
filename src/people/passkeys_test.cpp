#include "people/passkeys.hpp"

#include <gtest/gtest.h>

#include "base/base64url.hpp"
#include "base/crypto.hpp"
#include "people/authenticator.hpp"
#include "people/people.hpp"
#include "people/trail.hpp"
#include "store/store_fixture.hpp"

namespace lango::people {
namespace {

const Instant start =
    Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 30} + std::chrono::hours{9}};
const RelyingParty party{.id = "pay.example", .origin = "https://pay.example", .name = "Lango"};

class PasskeysKept : public testing::Test {
  protected:
    PasskeysKept() {
        store_.write([&](store::Tx& tx) {
            for (const auto* name : {"amina", "brian"}) {
                EXPECT_TRUE(people::add(tx, master_, random_, start, {.name = name}, "root"));
            }
        });
    }
    std::string add(const NewPasskey& key, std::string_view label = "my laptop",
                    std::string_view person = "amina") {
        const auto added =
            store_.write([&](store::Tx& tx) { return add_passkey(tx, start, person, label, key); });
        return added ? "" : added.error().message;
    }
    std::string remove(std::string_view person, std::string_view key_id) {
        const auto removed = store_.write(
            [&](store::Tx& tx) { return remove_passkey(tx, start, person, key_id, "root"); });
        return removed ? "" : removed.error().message;
    }
    std::optional<Passkey> found(std::string_view key_id) {
        return store_.write([&](store::Tx& tx) { return find_passkey(tx, key_id); });
    }
    std::size_t count(std::string_view person) {
        return store_.write([&](store::Tx& tx) { return passkeys_of(tx, person); }).size();
    }
    bool used(const Assertion& said, std::string_view about = about_login) {
        return store_.write([&](store::Tx& tx) { return record_use(tx, start, said, about); });
    }
    static NewPasskey key(std::string id) {
        return {.id = std::move(id),
                .algorithm = KeyAlgorithm::eddsa,
                .public_key = std::string("\0key", 4),
                .counter = 3};
    }
    static Assertion said(std::uint32_t counter) {
        return {.key_id = "one",
                .counter = counter,
                .authenticator_data = std::string("\0data", 5),
                .client_data = "client",
                .signature = "signature"};
    }
    std::string last_act() {
        const auto act = store_.write([](store::Tx& tx) { return trail(tx, 1); }).front();
        return act.who + ": " + act.act + " " + act.subject + ": " + act.detail;
    }

    SeededRandom random_{7};
    crypto::MasterKey master_ = crypto::MasterKey::make(random_);
    store::test::MemoryStore store_;
};

TEST_F(PasskeysKept, AreAddedAndFoundAsTheyWere) {
    EXPECT_EQ(add(key("one")), "");
    EXPECT_EQ(last_act(), "amina: passkey added amina: my laptop");
    const auto kept = found("one");
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->person, "amina");
    EXPECT_EQ(kept->label, "my laptop");
    EXPECT_EQ(kept->key.algorithm, KeyAlgorithm::eddsa);
    EXPECT_EQ(kept->key.public_key, std::string("\0key", 4));
    EXPECT_EQ(kept->key.counter, 3U);
    EXPECT_FALSE(kept->last_used_at);
    EXPECT_FALSE(found("two"));
    EXPECT_EQ(count("brian"), 0U);
}

TEST_F(PasskeysKept, AreKnownOnceAndNotTooMany) {
    EXPECT_EQ(add(key("one")), "");
    EXPECT_EQ(add(key("one"), "x", "brian"), "that passkey is known already");
    for (std::size_t i = 1; i < passkeys_max; ++i) EXPECT_EQ(add(key(std::to_string(i))), "");
    EXPECT_EQ(add(key("more")), "a person has at most 20 passkeys");
    EXPECT_EQ(add(key("more"), "x", "brian"), "");
}

TEST_F(PasskeysKept, HaveLabelsThatCanBeShown) {
    for (const std::string label : {"", "a\nb", "\x7f", "\xff", "\xc3"}) {
        EXPECT_NE(add(key("one"), label), "") << label;
    }
    EXPECT_NE(add(key("one"), std::string(61, 'x')), "");
    std::string accented;
    for (int i = 0; i < 60; ++i) accented += "\xc3\xa9";
    EXPECT_EQ(add(key("one"), accented), "");
}

TEST_F(PasskeysKept, AreRemovedByTheirPersonAndStayProvable) {
    EXPECT_EQ(add(key("one")), "");
    EXPECT_TRUE(used(said(4)));
    EXPECT_EQ(remove("brian", "one"), "there is no such passkey");
    EXPECT_EQ(remove("amina", "one"), "");
    EXPECT_EQ(last_act(), "root: passkey removed amina: my laptop");
    EXPECT_FALSE(found("one"));
    EXPECT_EQ(count("amina"), 0U);
    EXPECT_EQ(remove("amina", "one"), "there is no such passkey");
    EXPECT_FALSE(used(said(5)));
    EXPECT_EQ(add(key("one")), "that passkey is known already");
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM passkeys p JOIN passkey_uses u "
                            "ON u.key_id = p.key_id WHERE p.public_key IS NOT NULL"),
              1);
}

TEST_F(PasskeysKept, EndWithTheirPerson) {
    EXPECT_EQ(add(key("one")), "");
    store_.write([&](store::Tx& tx) {
        EXPECT_TRUE(people::remove(tx, start, "amina", "root"));
        EXPECT_TRUE(people::add(tx, master_, random_, start, {.name = "amina"}, "root"));
    });
    EXPECT_FALSE(found("one")) << "whoever comes by that name may be somebody else";
}

TEST_F(PasskeysKept, AreUsedAndWhatTheySignedIsKept) {
    EXPECT_EQ(add(key("one")), "");
    const std::string body{crypto::view(crypto::sha256("{}"))};
    const auto about = about_act({.method = "POST", .path = "/admin/x", .body_sha256 = body}, "no");
    EXPECT_EQ(about, "act POST /admin/x " + crypto::hex(body) + " 6e6f");
    EXPECT_TRUE(used(said(4), about));
    EXPECT_EQ(last_act(), "amina: passkey used amina: my laptop: " + about);
    EXPECT_EQ(found("one")->last_used_at, start);
    EXPECT_EQ(found("one")->key.counter, 4U);
    EXPECT_TRUE(used(said(9)));
    const auto uses = store_.write([](store::Tx& tx) { return uses_of(tx, "one", 10); });
    ASSERT_EQ(uses.size(), 2U);
    EXPECT_EQ(uses[0].about, "login");
    EXPECT_EQ(uses[1].about, about);
    EXPECT_EQ(uses[1].number, 1);
    EXPECT_EQ(uses[1].authenticator_data, std::string("\0data", 5));
    EXPECT_EQ(uses[1].client_data, "client");
    EXPECT_EQ(uses[1].signature, "signature");
}

// Two requests with one assertion may have been verified before either is kept.
TEST_F(PasskeysKept, CountOnOrAreNotUsed) {
    EXPECT_EQ(add(key("one")), "");
    EXPECT_TRUE(used(said(4)));
    for (const std::uint32_t counter : {4U, 3U, 0U}) EXPECT_FALSE(used(said(counter))) << counter;
    EXPECT_TRUE(used(said(5)));
    auto uncounted = key("two");
    uncounted.counter = 0;
    EXPECT_EQ(add(uncounted), "");
    auto again = said(0);
    again.key_id = "two";
    EXPECT_TRUE(used(again));
    EXPECT_TRUE(used(again)) << "it counts nothing; its challenge is good once";
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM passkey_uses"), 4);
}

// From the browser to what is kept, and proved again from that alone.
TEST_F(PasskeysKept, ProveAnActToWhoeverLooksLater) {
    const test::Authenticator device{KeyAlgorithm::es256};
    Challenges challenges;
    const auto asked = challenges.begin(random_, start, "amina");
    const auto made =
        verify_registration(*json::parse(device.registration({.challenge = asked})), party, asked);
    ASSERT_TRUE(made);
    EXPECT_EQ(add(*made), "");
    const std::string body{crypto::view(crypto::sha256(R"({"seen":"0123"})"))};
    const ActAsked act{.method = "POST", .path = "/admin/proposals/7/agree", .body_sha256 = body};
    const auto challenge = challenges.begin_act(random_, start, "amina", act);
    const auto said =
        verify_assertion(*json::parse(device.assertion({.challenge = challenge})),
                         found(device.id())->key, user_handle("amina"), party, challenge);
    ASSERT_TRUE(said);
    const auto nonce = challenges.take_act(challenge, "amina", start, act);
    ASSERT_TRUE(nonce);
    EXPECT_TRUE(used(*said, about_act(act, *nonce)));
    const auto use = store_.write([&](store::Tx& tx) { return uses_of(tx, device.id(), 1); })[0];
    EXPECT_EQ(use.about,
              "act POST /admin/proposals/7/agree " + crypto::hex(body) + " " + crypto::hex(*nonce));
    EXPECT_EQ(json::parse(use.client_data)->text_at("challenge"),
              crypto::base64url(act_challenge(act, *nonce)));
    EXPECT_EQ(use.signature, said->signature);
}

}  // namespace
}  // namespace lango::people
