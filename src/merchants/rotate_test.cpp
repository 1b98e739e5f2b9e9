#include <gtest/gtest.h>

#include "merchants/merchants_fixture.hpp"

namespace lango::merchants {
namespace {

class Rotation : public test::Shops {
  protected:
    Rotation() {
        before_ = create("shop")->credentials;
        static_cast<void>(create("other"));
        directory_.replace(all());
    }
    Result<std::string, SettingError> rotate_secret(std::string_view slug = "shop") {
        auto rotated = store_.write([&](store::Tx& tx) {
            return merchants::rotate_secret(tx, master_, random_, test::start, slug, "test");
        });
        directory_.replace(all());
        return rotated;
    }
    Result<Credentials, SettingError> rotate_keys(std::string_view slug = "shop") {
        auto rotated = store_.write([&](store::Tx& tx) {
            return merchants::rotate_keys(tx, master_, random_, test::start, slug, "test");
        });
        directory_.replace(all());
        return rotated;
    }
    Directory directory_{master_};
    Credentials before_;
};

TEST_F(Rotation, OfTheSecretLetsTheNewOneInAndTheOldOneOut) {
    const auto other = the("other");
    const auto secret = rotate_secret();
    ASSERT_TRUE(secret);
    EXPECT_EQ(secret->size(), 32U);
    EXPECT_EQ(directory_.by_secret(before_.secret), nullptr);
    ASSERT_NE(directory_.by_secret(*secret), nullptr);
    EXPECT_EQ(directory_.by_secret(*secret)->slug, "shop");
    EXPECT_EQ(the("other").secret_hash, other.secret_hash);
    // Postbacks go on as they were.
    EXPECT_EQ(the().access_key, before_.access_key);
    EXPECT_EQ(the().private_access_key.reveal(), before_.private_access_key);
    EXPECT_NE(trail().find("2 secret:  -> rotated by test"), std::string::npos) << trail();
    EXPECT_EQ(trail().find(*secret), std::string::npos);
}

TEST_F(Rotation, OfAllKeysLeavesNoneOfTheOldOnes) {
    const auto other = the("other");
    ASSERT_EQ(set("fee-percent", "2"), "");
    const auto keys = rotate_keys();
    ASSERT_TRUE(keys);
    EXPECT_EQ(keys->slug, "shop");
    EXPECT_EQ(directory_.by_secret(before_.secret), nullptr);
    ASSERT_NE(directory_.by_secret(keys->secret), nullptr);
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
    EXPECT_NE(trail().find("3 keys:  -> rotated by test"), std::string::npos) << trail();
}

TEST_F(Rotation, IsRefusedForNobody) {
    EXPECT_EQ(rotate_secret("nobody").error().message, "there is no merchant nobody");
    EXPECT_EQ(rotate_keys("nobody").error().message, "there is no merchant nobody");
    EXPECT_NE(directory_.by_secret(before_.secret), nullptr);
}

}  // namespace
}  // namespace lango::merchants
