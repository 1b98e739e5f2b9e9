#include "people/roles.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace lango::people {
namespace {

TEST(Roles, AreReadAsTheyAreWritten) {
    for (const auto role : roles) EXPECT_EQ(parse_role(name(role)), role);
    for (const auto* text : {"", "admin", "Administrator", "owner"}) EXPECT_FALSE(parse_role(text));
}

TEST(Roles, EachMayWhatTheOneBelowMay) {
    for (std::size_t i = 0; i < permission_count; ++i) {
        const auto permission = static_cast<Permission>(i);
        EXPECT_TRUE(may(Role::administrator, permission)) << name(permission);
        for (std::size_t above = 1; above < roles.size(); ++above) {
            if (may(roles.at(above), permission)) {
                EXPECT_TRUE(may(roles.at(above - 1), permission)) << name(permission);
            }
        }
    }
}

TEST(Roles, KeepMerchantsKeysAndPeopleForAdministrators) {
    for (const auto permission :
         {Permission::merchants_write, Permission::keys_write, Permission::people_write}) {
        EXPECT_FALSE(may(Role::operator_, permission)) << name(permission);
    }
    EXPECT_TRUE(may(Role::operator_, Permission::withdrawals_approve));
    EXPECT_FALSE(may(Role::support, Permission::withdrawals_approve));
    EXPECT_TRUE(may(Role::support, Permission::withdrawals_create));
    EXPECT_FALSE(may(Role::viewer, Permission::withdrawals_create));
    EXPECT_TRUE(may(Role::viewer, Permission::read));
}

TEST(Permissions, HaveNamesOfTheirOwn) {
    std::set<std::string> names;
    for (std::size_t i = 0; i < permission_count; ++i) {
        names.emplace(name(static_cast<Permission>(i)));
    }
    EXPECT_EQ(names.size(), permission_count);
}

}  // namespace
}  // namespace lango::people
