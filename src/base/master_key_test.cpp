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
    for (const std::string& text :
         {std::string(), key_hex.substr(2), key_hex + "00", key_hex + "\n", std::string(64, 'x')}) {
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
    EXPECT_EQ(key.open(*sealed), Secret("passkey"));
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
    EXPECT_FALSE(other.open(key.seal("passkey", random)));
}

TEST(MasterKey, SealsTheSameTextDifferentlyEachTime) {
    SeededRandom random(1);
    EXPECT_NE(key.seal("passkey", random), key.seal("passkey", random));
}

TEST(MasterKey, OpensNothingThatWasTouched) {
    SeededRandom random(1);
    const std::string sealed = key.seal("passkey", random);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string touched = sealed;
        touched[i] = static_cast<char>(touched[i] ^ 1);
        EXPECT_FALSE(key.open(touched)) << i;
        EXPECT_FALSE(key.open(sealed.substr(0, i))) << i;
    }
    EXPECT_FALSE(key.open(sealed + "x"));
}

RC_GTEST_PROP(MasterKey, OpensWhatItSealed, (std::string plain, std::uint64_t seed)) {
    SeededRandom random(seed);
    RC_ASSERT(key.open(key.seal(plain, random)) == Secret(plain));
}

}  // namespace
}  // namespace lango::crypto
