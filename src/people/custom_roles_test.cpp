#include "people/custom_roles.hpp"

#include <gtest/gtest.h>

#include "people/people.hpp"
#include "people/trail.hpp"
#include "store/store_fixture.hpp"

namespace lango::people {
namespace {

const Instant start =
    Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 30} + std::chrono::hours{9}};
constexpr Permissions cash{Permission::read, Permission::refunds_create};
constexpr Permissions looks{Permission::read};

class CustomRoles : public testing::Test {
  protected:
    // "": done.
    template <class Change>
    std::string done(Change&& change) {
        const auto result = store_.write(change);
        return result ? "" : result.error().message;
    }
    std::string make(std::string name, Permissions permissions = cash,
                     std::optional<MerchantId> merchant = {}) {
        return done([&](store::Tx& tx) {
            return create_role(
                tx, now_, {.name = name, .permissions = permissions, .merchant = merchant}, "root");
        });
    }
    std::string set(std::string name, Permissions permissions,
                    std::optional<MerchantId> merchant = {}) {
        return done([&](store::Tx& tx) {
            return set_role(
                tx, now_, {.name = name, .permissions = permissions, .merchant = merchant}, "root");
        });
    }
    std::string remove(const std::string& name, std::optional<MerchantId> merchant = {}) {
        return done([&](store::Tx& tx) { return remove_role(tx, now_, name, merchant, "root"); });
    }
    std::optional<KnownRole> known(std::string_view name, std::optional<MerchantId> merchant = {}) {
        return store_.write([&](store::Tx& tx) { return find_role(tx, name, merchant); });
    }
    void add(const std::string& name, Role role, std::optional<MerchantId> merchant = {}) {
        store_.write([&](store::Tx& tx) {
            EXPECT_TRUE(people::add(tx, master_, random_, now_,
                                    {.name = name, .role = role, .merchant = merchant}, "root"));
        });
    }
    Person person(std::string_view name) {
        return store_.write([&](store::Tx& tx) { return find(tx, name); }).value();
    }
    std::string last_act() {
        const auto act = store_.write([](store::Tx& tx) { return trail(tx, 1); }).front();
        return act.who + ": " + act.act + " " + act.subject + ": " + act.detail;
    }

    Instant now_ = start;
    SeededRandom random_{7};
    crypto::MasterKey master_ = crypto::MasterKey::make(random_);
    store::test::MemoryStore store_;
};

TEST_F(CustomRoles, AreMadeAndHeld) {
    EXPECT_EQ(make("cashier"), "");
    EXPECT_EQ(last_act(), "root: role made cashier: read refunds_create");
    ASSERT_TRUE(known("cashier"));
    EXPECT_EQ(known("cashier")->role, Role::first_custom);
    add("amina", known("cashier")->role);
    EXPECT_EQ(person("amina").role_name, "cashier");
    EXPECT_TRUE(person("amina").permissions == cash);
    EXPECT_EQ(make("cashier"), "there is a role cashier already");
}

TEST_F(CustomRoles, AreOfOneMerchantOrOfTheOperator) {
    EXPECT_EQ(make("cashier"), "");
    EXPECT_EQ(make("cashier", looks, MerchantId{1}), "");
    EXPECT_EQ(last_act(), "root: role made cashier: of merchant 1: read");
    EXPECT_TRUE(known("cashier")->permissions == cash);
    EXPECT_TRUE(known("cashier", MerchantId{1})->permissions == looks);
    EXPECT_FALSE(known("cashier", MerchantId{2}));
    const auto of_shop = known("cashier", MerchantId{1})->role;
    EXPECT_FALSE(store_.write([&](store::Tx& tx) {
        return people::add(tx, master_, random_, now_, {.name = "eve", .role = of_shop}, "root");
    })) << "that is none of the operator's";
    add("otieno", of_shop, MerchantId{1});
    // A hand that moves them moves nothing of what they may.
    store_.write([](store::Tx& tx) {
        tx.run("UPDATE operators SET merchant_id = NULL WHERE name = 'otieno'");
    });
    EXPECT_TRUE(person("otieno").permissions.is_empty());
}

TEST_F(CustomRoles, OfAMerchantHoldWhatAMerchantsPersonMayHave) {
    EXPECT_EQ(make("boss", {Permission::read, Permission::payouts_steer}, MerchantId{1}),
              "no merchant's person may have payouts_steer");
    EXPECT_EQ(make("boss", of_merchants, MerchantId{1}), "");
    EXPECT_EQ(set("boss", Permissions::all(), MerchantId{1}),
              "no merchant's person may have " + text(Permissions::all().without(of_merchants)));
    add("otieno", known("boss", MerchantId{1})->role, MerchantId{1});
    store_.write([](store::Tx& tx) {
        tx.run("UPDATE custom_roles SET permissions = ?1", text(Permissions::all()));
    });
    EXPECT_TRUE(person("otieno").permissions == of_merchants) << "whatever a hand wrote there";
}

TEST_F(CustomRoles, HaveNamesThatAreFree) {
    for (const auto* name : {"", "Cashier", "a b", "-a", ".a", "a/b"}) {
        EXPECT_NE(make(name), "") << name;
    }
    for (const auto& role : built_in_roles()) {
        EXPECT_EQ(make(std::string{role.name}), std::string{role.name} + " is a role of its own");
    }
    EXPECT_EQ(make("empty", {}), "a role has at least one permission");
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM custom_roles"), 0);
}

TEST_F(CustomRoles, AreChangedForWhoeverHasThem) {
    EXPECT_EQ(make("cashier"), "");
    add("amina", known("cashier")->role);
    EXPECT_EQ(set("cashier", looks), "");
    EXPECT_EQ(last_act(), "root: role changed cashier: read refunds_create -> read");
    EXPECT_TRUE(person("amina").permissions == looks);
    EXPECT_EQ(person("amina").role_name, "cashier");
    EXPECT_EQ(set("cashier", looks), "");
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM custom_roles"), 2) << "nothing was to change";
    EXPECT_EQ(set("night", looks), "there is no role night that can be changed");
    EXPECT_EQ(set("cashier", looks, MerchantId{1}), "there is no role cashier that can be changed");
    EXPECT_NE(set("operator", looks), "") << "what is built in stays as it is";
}

// Whoever takes the only other one's permission away would else act alone at once.
TEST_F(CustomRoles, WhatTheyHeldIsMissedForAWhile) {
    EXPECT_EQ(make("cashier"), "");
    add("amina", known("cashier")->role);
    add("brian", known("cashier")->role);
    const auto another = [&](Instant now) {
        return store_.write([&](store::Tx& tx) {
            return has_another(tx, Permission::refunds_create, "root", now);
        });
    };
    EXPECT_TRUE(another(now_));
    EXPECT_EQ(set("cashier", looks), "");
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM former_people"), 2);
    EXPECT_TRUE(another(now_ + missed_for - std::chrono::seconds{1}));
    EXPECT_FALSE(another(now_ + missed_for));
}

TEST_F(CustomRoles, AreRemovedWhenNobodyHasThem) {
    EXPECT_EQ(make("cashier"), "");
    add("amina", known("cashier")->role);
    EXPECT_EQ(remove("cashier"), "amina has the role cashier");
    store_.write([&](store::Tx& tx) { EXPECT_TRUE(people::remove(tx, now_, "amina", "root")); });
    EXPECT_EQ(remove("cashier"), "");
    EXPECT_EQ(last_act(), "root: role removed cashier: read refunds_create");
    EXPECT_FALSE(known("cashier"));
    EXPECT_EQ(remove("cashier"), "there is no role cashier that can be removed");
    EXPECT_EQ(make("cashier", looks), "") << "the name is free again";
    EXPECT_NE(known("cashier")->role, Role::first_custom) << "and is no role of before";
}

TEST_F(CustomRoles, AreListedWithWhoHasThem) {
    EXPECT_EQ(make("night", looks), "");
    EXPECT_EQ(make("cashier"), "");
    EXPECT_EQ(make("till", looks, MerchantId{2}), "");
    add("amina", known("cashier")->role);
    const auto listed = [&](std::optional<MerchantId> merchant) {
        std::string all;
        for (const auto& role :
             store_.write([&](store::Tx& tx) { return custom_roles(tx, merchant); })) {
            all += role.name + (role.merchant ? "*" : "") + std::to_string(role.people) + " ";
        }
        return all;
    };
    EXPECT_EQ(listed({}), "cashier1 night0 till*0 ");
    EXPECT_EQ(listed(MerchantId{2}), "till*0 ");
    EXPECT_EQ(listed(MerchantId{1}), "");
}

}  // namespace
}  // namespace lango::people
