#include "ops/core_dumps.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace lango::ops {

// Both, because a limit of 0 does not hold for a dump that the kernel pipes to a program. Neither
// can fail: a limit may always be lowered.
void forbid_core_dumps() {
    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
}

// Cannot fail since Linux 3.5.
void forbid_new_privileges() { ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

}  // namespace lango::ops
