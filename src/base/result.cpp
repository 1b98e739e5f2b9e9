#include "base/result.hpp"

#include <cstdio>
#include <cstdlib>

namespace lango {

void assertion_failed(const char* what, std::source_location where) {
    // stdio rather than the log: the log may be what is broken.
    std::fprintf(stderr, "%s:%u: %s: assertion failed: %s\n", where.file_name(), where.line(),
                 where.function_name(), what);
    std::fflush(stderr);
    std::abort();
}

}  // namespace lango
