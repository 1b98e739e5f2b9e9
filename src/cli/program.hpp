// The command line as a whole: every command, its help and its exit codes.
#pragma once
#include <string>

namespace lango::cli {

// 0 done, 1 refused or failed, 2 not understood; what went wrong is said on standard error.
// `version` is printed by --version.
[[nodiscard]] int run_program(int argc, const char* const* argv, const std::string& version);

}  // namespace lango::cli
