#include <gtest/gtest.h>

#include <algorithm>

#include "merchants/merchants_fixture.hpp"

namespace lango::merchants {
namespace {

class Lookup : public test::Shops {
  protected:
    Lookup() {
        one_ = create("one")->credentials.secret;
        two_ = create("two")->credentials.secret;
        directory_.replace(all());
    }
    Directory directory_{master_};
    std::string one_, two_;
};

TEST_F(Lookup, FindsAMerchantByHisSecretAlone) {
    ASSERT_NE(directory_.by_secret(one_, test::start), nullptr);
    EXPECT_EQ(directory_.by_secret(one_, test::start)->slug, "one");
    EXPECT_EQ(directory_.by_secret(two_, test::start)->slug, "two");
    for (const auto& secret : {std::string{}, one_ + "x", one_.substr(1), " " + one_,
                               directory_.by_secret(one_, test::start)->secret_hash}) {
        EXPECT_EQ(directory_.by_secret(secret, test::start), nullptr);
    }
}

TEST_F(Lookup, FindsAMerchantBySlugAndId) {
    ASSERT_NE(directory_.by_slug("two"), nullptr);
    const auto id = directory_.by_slug("two")->id;
    EXPECT_EQ(directory_.by_id(id)->slug, "two");
    EXPECT_EQ(directory_.by_slug("Two"), nullptr);
    EXPECT_EQ(directory_.by_slug(""), nullptr);
    EXPECT_EQ(directory_.by_id(MerchantId{99}), nullptr);
    EXPECT_EQ(directory_.by_id(MerchantId{0}), nullptr);
}

TEST_F(Lookup, FindsAMerchantByDomainAndAccessKey) {
    EXPECT_EQ(set("domain", "pay.one.example", "one"), "");
    directory_.replace(all());
    ASSERT_NE(directory_.by_domain("pay.one.example"), nullptr);
    EXPECT_EQ(directory_.by_domain("pay.one.example")->slug, "one");
    EXPECT_EQ(directory_.by_domain("one.localhost")->slug, "one");
    EXPECT_EQ(directory_.by_domain("two.localhost")->slug, "two");
    for (const auto* foreign : {"", "localhost", "example", "api.one.localhost", "One.localhost"}) {
        EXPECT_EQ(directory_.by_domain(foreign), nullptr) << foreign;
    }
    EXPECT_EQ(directory_.by_access_key(the("two").access_key)->slug, "two");
    EXPECT_EQ(directory_.by_access_key(""), nullptr);
}

TEST_F(Lookup, KnowsTheOnlyMerchantWhileHeIs) {
    EXPECT_EQ(directory_.only(), nullptr);
    directory_.replace({the("two")});
    ASSERT_NE(directory_.only(), nullptr);
    EXPECT_EQ(directory_.only()->slug, "two");
    directory_.replace({});
    EXPECT_EQ(directory_.only(), nullptr);
}

TEST_F(Lookup, ListsMerchantsInTheOrderOfTheirMaking) {
    auto backwards = all();
    std::ranges::reverse(backwards);
    directory_.replace(std::move(backwards));
    ASSERT_EQ(directory_.all().size(), 2U);
    EXPECT_EQ(directory_.all()[0]->slug, "one");
}

// A request that began before a change ends with the merchant that it began with.
TEST_F(Lookup, LeavesAMerchantThatIsInUseAsHeWas) {
    const auto before = directory_.by_slug("one");
    ASSERT_EQ(set("name", "Changed", "one"), "");
    directory_.replace(all());
    EXPECT_EQ(before->name, "one");
    EXPECT_EQ(directory_.by_slug("one")->name, "Changed");
}

TEST_F(Lookup, KnowsNobodyBeforeTheFirstReplacement) {
    const Directory empty{master_};
    EXPECT_EQ(empty.by_secret(one_, test::start), nullptr);
    EXPECT_EQ(empty.by_slug("one"), nullptr);
    EXPECT_TRUE(empty.all().empty());
}

}  // namespace
}  // namespace lango::merchants
