#include "ops/core_dumps.hpp"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdlib>

namespace lango::ops {
namespace {

bool may_dump() {
    rlimit limit{.rlim_cur = 1, .rlim_max = 1};
    ::getrlimit(RLIMIT_CORE, &limit);
    return limit.rlim_cur != 0 || limit.rlim_max != 0 || ::prctl(PR_GET_DUMPABLE) != 0;
}

// In a process of its own: it cannot be taken back.
TEST(CoreDumps, AreForbidden) {
    ASSERT_TRUE(may_dump());
    const auto forbid = [] {
        forbid_core_dumps();
        std::_Exit(may_dump() ? 1 : 0);
    };
    EXPECT_EXIT(forbid(), testing::ExitedWithCode(0), "");
}

TEST(NewPrivileges, AreForbidden) {
    ASSERT_EQ(::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), 0);
    const auto forbid = [] {
        forbid_new_privileges();
        std::_Exit(::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? 0 : 1);
    };
    EXPECT_EXIT(forbid(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace lango::ops
