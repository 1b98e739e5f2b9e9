#include <gtest/gtest.h>

#include "merchants/merchants_fixture.hpp"

namespace lango::merchants {
namespace {

using namespace std::chrono_literals;

class Rotation : public test::Shops {
  protected:
    Rotation() {
        before_ = create("shop")->credentials;
        static_cast<void>(create("other"));
        directory_.replace(all());
    }
    Result<std::string, SettingError> rotate_secret(std::string_view slug = "shop",
                                                    Duration overlap = overlap_usual) {
        auto rotated = store_.write([&](store::Tx& tx) {
            return merchants::rotate_secret(tx, master_, random_, now_, slug, "test", overlap);
        });
        directory_.replace(all());
        return rotated;
    }
    Result<Credentials, SettingError> rotate_keys(std::string_view slug = "shop",
                                                  Duration overlap = overlap_usual) {
        auto rotated = store_.write([&](store::Tx& tx) {
            return merchants::rotate_keys(tx, master_, random_, now_, slug, "test", overlap);
        });
        directory_.replace(all());
        return rotated;
    }
    // Whose secret it is now; "" for nobody's.
    std::string whose(std::string_view secret) {
        const auto found = directory_.by_secret(secret, now_);
        return found == nullptr ? "" : found->slug;
    }
    Merchant held() { return *directory_.by_slug("shop"); }
    std::vector<std::string> link_keys() {
        std::vector<std::string> keys;
        for (const auto& key : held().link_keys(now_)) keys.push_back(key.reveal());
        return keys;
    }

    Instant now_ = test::start;
    Directory directory_{master_};
    Credentials before_;
};

TEST_F(Rotation, OfTheSecretLetsTheOldOneInForADay) {
    const auto other = the("other");
    const auto secret = rotate_secret();
    ASSERT_TRUE(secret);
    EXPECT_EQ(secret->size(), 32U);
    EXPECT_EQ(whose(*secret), "shop");
    EXPECT_EQ(whose(before_.secret), "shop");
    now_ += 24h - 1us;
    EXPECT_EQ(whose(before_.secret), "shop");
    now_ += 1us;
    EXPECT_EQ(whose(before_.secret), "");
    EXPECT_EQ(whose(*secret), "shop");
    EXPECT_EQ(the("other").secret_hash, other.secret_hash);
    // Postbacks go on as they were.
    EXPECT_EQ(the().access_key, before_.access_key);
    EXPECT_EQ(the().private_access_key.reveal(), before_.private_access_key);
    EXPECT_EQ(link_keys(), std::vector{before_.private_access_key});
    EXPECT_NE(trail().find("2 secret:  -> rotated; the old one is good until " +
                           format_rfc3339(test::start + 24h) + " by test"),
              std::string::npos)
        << trail();
    EXPECT_EQ(trail().find(*secret), std::string::npos);
}

TEST_F(Rotation, AtOnceLetsNoOldSecretIn) {
    const auto second = rotate_secret();
    const auto third = rotate_secret("shop", 0s);
    EXPECT_EQ(whose(before_.secret), "");
    EXPECT_EQ(whose(*second), "");
    EXPECT_EQ(whose(*third), "shop");
    EXPECT_NE(trail().find("3 secret:  -> rotated by test"), std::string::npos) << trail();
}

TEST_F(Rotation, LastsAsLongAsItWasAskedFor) {
    const auto second = rotate_secret("shop", 1h);
    now_ += 30min;
    const auto third = rotate_secret("shop", 72h);
    EXPECT_EQ(whose(before_.secret), "shop");
    now_ += 30min;
    EXPECT_EQ(whose(before_.secret), "") << "each has an end of its own";
    EXPECT_EQ(whose(*second), "shop");
    now_ += 72h;
    EXPECT_EQ(whose(*second), "");
    EXPECT_EQ(whose(*third), "shop");
    EXPECT_EQ(rotate_secret("shop", 721h).error().message,
              "an overlap is a time of at most 720h, such as 24h");
}

TEST_F(Rotation, OfAllKeysKeepsTheOldSetForADay) {
    const auto other = the("other");
    ASSERT_EQ(set("fee-percent", "2"), "");
    const auto keys = rotate_keys();
    ASSERT_TRUE(keys);
    EXPECT_EQ(keys->slug, "shop");
    const auto shop = the();
    EXPECT_EQ(shop.access_key, keys->access_key);
    EXPECT_EQ(shop.private_access_key.reveal(), keys->private_access_key);
    EXPECT_EQ(shop.private_key.reveal(), keys->private_key);
    EXPECT_EQ("whsec_" + crypto::base64(shop.webhook_secret.reveal()), keys->webhook_secret);
    EXPECT_NE(keys->access_key, before_.access_key);
    EXPECT_NE(keys->private_access_key, before_.private_access_key);
    EXPECT_NE(keys->private_key, before_.private_key);
    EXPECT_NE(keys->webhook_secret, before_.webhook_secret);
    EXPECT_EQ(shop.fee_percent.text(), "2");
    EXPECT_EQ(the("other").private_key.reveal(), other.private_key.reveal());

    EXPECT_EQ(whose(before_.secret), "shop");
    EXPECT_EQ(directory_.by_access_key(before_.access_key)->slug, "shop");
    ASSERT_EQ(held().former_keys.size(), 1U);
    EXPECT_EQ(held().former_keys[0].private_key.reveal(), before_.private_key);
    EXPECT_EQ("whsec_" + crypto::base64(held().former_keys[0].webhook_secret.reveal()),
              before_.webhook_secret);
    EXPECT_EQ(link_keys(), (std::vector{keys->private_access_key, before_.private_access_key}));
    now_ += 24h;
    EXPECT_EQ(whose(before_.secret), "");
    EXPECT_EQ(link_keys(), std::vector{keys->private_access_key});
}

TEST_F(Rotation, OfAllKeysAtOnceLeavesNoneOfTheOldOnes) {
    static_cast<void>(rotate_secret());
    ASSERT_TRUE(rotate_keys("shop", 0s));
    EXPECT_EQ(whose(before_.secret), "");
    EXPECT_TRUE(held().former_keys.empty());
    EXPECT_EQ(directory_.by_access_key(before_.access_key), nullptr);
}

TEST_F(Rotation, EndsWhenAPersonSaysSo) {
    const auto end = [&] {
        const auto ended = store_.write(
            [&](store::Tx& tx) { return merchants::end_former_keys(tx, now_, "shop", "test"); });
        directory_.replace(all());
        return ended ? "" : ended.error().message;
    };
    EXPECT_EQ(end(), "shop has no old keys that are still good");
    const auto keys = rotate_keys();
    EXPECT_EQ(end(), "");
    EXPECT_EQ(whose(before_.secret), "");
    EXPECT_EQ(whose(keys->secret), "shop");
    EXPECT_EQ(link_keys(), std::vector{keys->private_access_key});
}

TEST_F(Rotation, TellsWhenAKeyWasUsedLast) {
    const auto used = [&](std::string_view secret) {
        return store_.write([&](store::Tx& tx) {
            save_key_uses(tx, directory_.uses().take());
            return last_use(tx, master_.lookup_hash(secret));
        });
    };
    EXPECT_EQ(used(before_.secret), std::nullopt);
    EXPECT_EQ(whose(before_.secret), "shop");
    EXPECT_EQ(used(before_.secret), test::start);
    const auto secret = rotate_secret();
    EXPECT_EQ(used(*secret), std::nullopt);
    now_ += 1h;
    EXPECT_EQ(whose(*secret), "shop");
    EXPECT_EQ(whose("wrong"), "");
    EXPECT_EQ(used(*secret), now_);
    EXPECT_EQ(used(before_.secret), test::start) << "kept, though nothing is noted any more";
    EXPECT_EQ(used("wrong"), std::nullopt);
}

TEST_F(Rotation, IsRefusedForNobody) {
    EXPECT_EQ(rotate_secret("nobody").error().message, "there is no merchant nobody");
    EXPECT_EQ(rotate_keys("nobody").error().message, "there is no merchant nobody");
    EXPECT_EQ(whose(before_.secret), "shop");
}

}  // namespace
}  // namespace lango::merchants
