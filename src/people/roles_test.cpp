#include "people/roles.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace lango::people {
namespace {

// Who may what: a line that changes here changes who may move money.
TEST(Roles, HoldWhatTheirNamesSay) {
    std::string all;
    for (const auto& role : built_in_roles()) {
        all += std::string{role.name} + (role.is_operators ? " o" : " -") +
               (role.is_merchants ? "m: " : "-: ") + text(role.permissions) + "\n";
    }
    const auto everything = text(Permissions::all());
    EXPECT_EQ(
        all,
        "administrator o-: " + everything +
            "\n"
            "treasury o-: read withdrawals_create withdrawals_approve withdrawals_resolve "
            "refunds_create payouts_steer rates_write\n"
            "operator o-: read review postbacks_resend withdrawals_create withdrawals_approve "
            "withdrawals_resolve refunds_create deposits_resolve suspense_allocate "
            "suspense_write_off payouts_steer system_steer persons_read persons_mask rates_write "
            "merchants_stop\n"
            "owner -m: read review postbacks_resend withdrawals_create withdrawals_approve "
            "refunds_create merchants_write keys_write people_write\n"
            "finance -m: read withdrawals_create refunds_create\n"
            "approver -m: read withdrawals_approve\n"
            "support om: read review postbacks_resend withdrawals_create refunds_create\n"
            "developer -m: read postbacks_resend merchants_write keys_write\n"
            "viewer om: read\n");
}

TEST(Roles, AreStoredUnderTheNumbersThatTheyAlwaysHad) {
    EXPECT_EQ(name(Role{1}), "administrator");
    EXPECT_EQ(name(Role{2}), "operator");
    EXPECT_EQ(name(Role{3}), "support");
    EXPECT_EQ(name(Role{4}), "viewer");
    EXPECT_EQ(name(Role{5}), "treasury");
    EXPECT_EQ(name(Role{9}), "developer");
    for (const int number : {0, 10, 257, -1, 1000}) {
        EXPECT_EQ(name(Role{number}), "?") << number;
        EXPECT_TRUE(permissions_of(Role{number}, false).is_empty()) << number;
        EXPECT_TRUE(permissions_of(Role{number}, true).is_empty()) << number;
    }
}

TEST(Roles, OfTheOtherSideHoldNothing) {
    EXPECT_TRUE(permissions_of(Role::owner, false).is_empty());
    EXPECT_TRUE(permissions_of(Role::treasury, true).is_empty());
    EXPECT_TRUE(permissions_of(Role::administrator, true) == of_merchants) << "of before";
}

TEST(Permissions, HaveNamesOfTheirOwnAndAreReadAsWritten) {
    std::set<std::string> names;
    for (std::size_t i = 0; i < permission_count; ++i) {
        const auto one = static_cast<Permission>(i);
        names.emplace(name(one));
        EXPECT_EQ(parse_permission(name(one)), one);
        EXPECT_FALSE(about(one).empty());
        EXPECT_TRUE(stored_permissions(text({one})) == Permissions{one});
    }
    EXPECT_EQ(names.size(), permission_count);
    EXPECT_TRUE(stored_permissions(text(Permissions::all())) == Permissions::all());
    for (const auto* wrong : {"", "Read", "withdrawals.approve", "read "}) {
        EXPECT_FALSE(parse_permission(wrong)) << wrong;
    }
}

TEST(Permissions, OfAStoredTextAreThoseThatThereAre) {
    EXPECT_TRUE(stored_permissions("").is_empty());
    EXPECT_TRUE(stored_permissions("all * readx").is_empty());
    EXPECT_TRUE(stored_permissions("read  everything review ") ==
                (Permissions{Permission::read, Permission::review}));
}

TEST(Permissions, AreComparedAsSets) {
    const Permissions some{Permission::read, Permission::review};
    EXPECT_TRUE(Permissions::all().covers(some));
    EXPECT_TRUE(some.covers(some));
    EXPECT_TRUE(some.covers({}));
    EXPECT_FALSE(some.covers({Permission::read, Permission::keys_write}));
    EXPECT_EQ(text(Permissions{Permission::read, Permission::keys_write}.without(some)),
              "keys_write");
}

}  // namespace
}  // namespace lango::people
