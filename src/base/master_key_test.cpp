#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "base/crypto.hpp"

namespace lango::crypto {
namespace {

const std::string key_hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const MasterKey key = *MasterKey::from_hex(key_hex);

TEST(MasterKey, ComesFromHexAndGoesBack) {
    EXPECT_EQ(key.hex(), key_hex);
    EXPECT_EQ(MasterKey::from_hex(key_hex + "\n")->hex(), key_hex) << "a line of a file";
    for (const std::string& text : {std::string(), std::string("\n"), key_hex.substr(2),
                                    key_hex + "00", key_hex + "\nx", std::string(64, 'x')}) {
        EXPECT_FALSE(MasterKey::from_hex(text)) << text;
    }
}

TEST(MasterKey, IsMadeAtRandom) {
    SeededRandom random(1);
    EXPECT_NE(MasterKey::make(random).hex(), MasterKey::make(random).hex());
}

// What is stored today must be found tomorrow: these bytes, which PHP's hash_hmac and
// sodium_crypto_secretbox make as well, must never change.
TEST(MasterKey, DerivesTheSameForEver) {
    EXPECT_EQ(hex(key.lookup_hash("secret")),
              "c2913c862234b50c029d111fc0cb914b4a3f8939ae9f3a242813789390e7314a");
    EXPECT_EQ(key.token("callback", "17"), "db20b133790102d2154d8e6a6c796d95");
    const auto sealed = unhex(
        "2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a"
        "b9d0ad7ffde87ad9f8728d24f342ff904e84e5d8654004");
    ASSERT_TRUE(sealed);
    EXPECT_EQ(key.open_unnamed(*sealed), Secret("passkey"));
}

TEST(MasterKey, KeepsPurposesApart) {
    EXPECT_EQ(key.token("callback", "17").size(), 32U);
    EXPECT_NE(key.token("callback", "17"), key.token("window", "17"));
    EXPECT_NE(key.token("callback", "17"), key.token("callback", "18"));
    EXPECT_NE(key.token("callback", "17"), key.token("callback1", "7"));
}

TEST(MasterKeyDeathTest, RefusesAPurposeThatCouldBeTwo) {
    EXPECT_DEATH(static_cast<void>(key.token(std::string_view("a\0b", 3), "c")), "purpose");
    EXPECT_DEATH(static_cast<void>(key.token("lango seal", "")), "purpose");
}

TEST(MasterKey, DependsOnItsBytes) {
    SeededRandom random(1);
    const MasterKey other = MasterKey::make(random);
    EXPECT_NE(key.lookup_hash("secret"), other.lookup_hash("secret"));
    EXPECT_FALSE(other.open("use", key.seal("use", "passkey", random)));
}

TEST(MasterKey, SealsTheSameTextDifferentlyEachTime) {
    SeededRandom random(1);
    EXPECT_NE(key.seal("use", "passkey", random), key.seal("use", "passkey", random));
}

TEST(MasterKey, OpensNothingThatWasTouched) {
    SeededRandom random(1);
    const std::string sealed = key.seal("use", "passkey", random);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string touched = sealed;
        touched[i] = static_cast<char>(touched[i] ^ 1);
        EXPECT_FALSE(key.open("use", touched)) << i;
        EXPECT_FALSE(key.open("use", sealed.substr(0, i))) << i;
    }
    EXPECT_FALSE(key.open("use", sealed + "x"));
}

TEST(MasterKey, OpensForTheUseThatItWasSealedForAlone) {
    SeededRandom random(1);
    const auto sealed = key.seal("merchants/1/private_key", "passkey", random);
    for (const auto* other : {"merchants/2/private_key", "merchants/1/webhook_secret", "x"}) {
        EXPECT_FALSE(key.open(other, sealed)) << other;
    }
    EXPECT_FALSE(key.open_unnamed(sealed));
}

TEST(MasterKey, ThatWasRotatedReadsWhatTheEarlierOnesMade) {
    SeededRandom random(1);
    const auto sealed = key.seal("use", "passkey", random);
    const auto rotated = key.rotated(random).rotated(random);
    ASSERT_EQ(rotated.size(), 3U);
    EXPECT_EQ(rotated.open("use", sealed), Secret("passkey"));
    EXPECT_FALSE(key.open("use", rotated.seal("use", "passkey", random))) << "made with the new";
    EXPECT_TRUE(rotated.is_token("stk", "17", key.token("stk", "17")));
    EXPECT_TRUE(rotated.is_token("stk", "17", rotated.token("stk", "17")));
    EXPECT_FALSE(rotated.is_token("stk", "18", key.token("stk", "17")));
    EXPECT_NE(rotated.token("stk", "17"), key.token("stk", "17"));
    const auto hashes = rotated.lookup_hashes("secret");
    EXPECT_EQ(hashes.front(), rotated.lookup_hash("secret"));
    EXPECT_EQ(hashes.back(), key.lookup_hash("secret"));
}

TEST(MasterKey, IsALineForEachKey) {
    SeededRandom random(1);
    const auto rotated = key.rotated(random);
    const auto read = MasterKey::from_hex(rotated.hex() + "\r\n\n");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->hex(), rotated.hex());
    EXPECT_FALSE(MasterKey::from_hex(rotated.hex() + "\nabc"));
    EXPECT_FALSE(MasterKey::from_hex("\n"));
}

RC_GTEST_PROP(MasterKey, OpensWhatItSealed, (std::string plain, std::uint64_t seed)) {
    SeededRandom random(seed);
    RC_ASSERT(key.open("use", key.seal("use", plain, random)) == Secret(plain));
}

}  // namespace
}  // namespace lango::crypto
