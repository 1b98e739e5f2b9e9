#include "base/result.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace lango {

void assertion_failed(const char* what, std::source_location where) {
    // stdio rather than the log: the log may be what is broken.
    std::fprintf(stderr, "%s:%u: %s: assertion failed: %s\n", where.file_name(), where.line(),
                 where.function_name(), what);
    std::fflush(stderr);
    std::abort();
}

void unsound(const char* what, std::source_location where) {
    std::string_view file{where.file_name()};
    file.remove_prefix(file.find_last_of('/') + 1);  // npos + 1 is 0
    throw Unsound{"not so: " + std::string{what} + " (" + std::string{file} + ":" +
                  std::to_string(where.line()) + ")"};
}

}  // namespace lango
