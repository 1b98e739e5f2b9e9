#include <gmock/gmock.h>

#include "merchants/merchants_fixture.hpp"

namespace lango::merchants {
namespace {

using testing::MatchesRegex;

class Creation : public test::Shops {};

TEST_F(Creation, MakesKeysThatAreShownOnce) {
    const auto made = create("shop", "A shop");
    ASSERT_TRUE(made);
    EXPECT_EQ(made->credentials.slug, "shop");
    EXPECT_THAT(made->credentials.secret, MatchesRegex("[A-Za-z0-9]{32}"));
    EXPECT_THAT(made->credentials.access_key, MatchesRegex("[A-Za-z0-9]{16}"));
    EXPECT_THAT(made->credentials.private_access_key, MatchesRegex("[A-Za-z0-9]{32}"));
    EXPECT_THAT(made->credentials.private_key, MatchesRegex("[A-Za-z0-9]{32}"));
    EXPECT_THAT(made->credentials.webhook_secret, MatchesRegex("whsec_[A-Za-z0-9+/]{32}"));
}

TEST_F(Creation, StoresWhatItReturns) {
    const auto made = create("shop", "A shop");
    ASSERT_TRUE(made);
    const auto stored = the();
    EXPECT_EQ(stored.id, made->merchant.id);
    EXPECT_EQ(stored.name, "A shop");
    EXPECT_EQ(stored.access_key, made->credentials.access_key);
    EXPECT_EQ(stored.private_access_key.reveal(), made->credentials.private_access_key);
    EXPECT_EQ(stored.private_key.reveal(), made->credentials.private_key);
    EXPECT_EQ("whsec_" + crypto::base64(stored.webhook_secret.reveal()),
              made->credentials.webhook_secret);
    EXPECT_EQ(stored.secret_hash, made->merchant.secret_hash);
    EXPECT_EQ(stored.created_at, test::start);
    EXPECT_EQ(stored.postback_url, "");
    EXPECT_EQ(stored.time_zone, "Africa/Nairobi");
    EXPECT_EQ(stored.deposit_min, Money::kes(10));
    EXPECT_EQ(stored.deposit_max, Money::kes(250'000));
    EXPECT_EQ(stored.fee_percent.text(), "0");
    EXPECT_TRUE(stored.fee_fixed.is_zero());
    EXPECT_TRUE(stored.ip_allow_list.empty());
    EXPECT_EQ(trail(), "1 created:  -> shop by test\n");
}

// What a copy of the database shows to whoever has not the master key.
TEST_F(Creation, StoresNoKeyInTheClear) {
    const auto made = create("shop");
    ASSERT_TRUE(made);
    const auto row = store_.write([](store::Tx& tx) {
        return *tx.first(
            "SELECT secret_hash, private_access_key, private_key, webhook_secret FROM merchants",
            [](const store::Row& found) {
                return found.string(0) + found.string(1) + found.string(2) + found.string(3);
            });
    });
    for (const auto& key : {made->credentials.secret, made->credentials.private_access_key,
                            made->credentials.private_key}) {
        EXPECT_EQ(row.find(key), std::string::npos);
    }
    EXPECT_EQ(row.find(made->merchant.webhook_secret.reveal()), std::string::npos);
}

TEST_F(Creation, OpensKeysOnlyWithTheMasterKeyOfTheDatabase) {
    ASSERT_TRUE(create("shop"));
    const crypto::MasterKey other{{}};
    try {
        store_.write([&](store::Tx& tx) { return merchants::list(tx, other); });
        FAIL() << "opened";
    } catch (const store::Broken& broken) {
        EXPECT_STREQ(broken.what(),
                     "a merchant's key does not open: is this the right master.key?");
    }
}

TEST_F(Creation, NumbersMerchantsAndKeepsThemApart) {
    const auto first = create("one");
    const auto second = create("two");
    ASSERT_TRUE(first && second);
    EXPECT_NE(first->credentials.secret, second->credentials.secret);
    const auto merchants = all();
    ASSERT_EQ(merchants.size(), 2U);
    EXPECT_EQ(merchants[0].slug, "one");
    EXPECT_EQ(merchants[1].slug, "two");
    EXPECT_LT(merchants[0].id, merchants[1].id);
}

TEST_F(Creation, TakesTheSlugForANameThatIsNotGiven) {
    ASSERT_TRUE(create("shop"));
    EXPECT_EQ(the().name, "shop");
}

TEST_F(Creation, TakesSlugsOfLettersDigitsAndDashes) {
    const auto words = refused_create("");
    EXPECT_THAT(words, testing::HasSubstr("begins with no dash"));
    for (const auto* slug : {"-shop", "Shop", "my shop", "shop_1", "shöp", "../shop",
                             "abcdefghijklmnopqrstuvwxyz012345"}) {
        EXPECT_EQ(refused_create(slug), words) << slug;
    }
    for (const auto* slug : {"s", "7", "shop-1", "a-", "abcdefghijklmnopqrstuvwxyz01234"}) {
        EXPECT_EQ(refused_create(slug), "") << slug;
    }
}

TEST_F(Creation, RefusesASlugThatIsTaken) {
    ASSERT_TRUE(create("shop"));
    EXPECT_EQ(refused_create("shop"), "there is a merchant shop already");
    EXPECT_EQ(all().size(), 1U);
}

TEST_F(Creation, TakesNamesOfUpToAHundredCharacters) {
    std::string name;
    for (int i = 0; i < 100; ++i) name += "é";
    EXPECT_EQ(refused_create("shop", name), "");
    EXPECT_EQ(refused_create("other", name + "é"), "a name has 1 to 100 characters");
    EXPECT_EQ(all().size(), 1U);
}

}  // namespace
}  // namespace lango::merchants
