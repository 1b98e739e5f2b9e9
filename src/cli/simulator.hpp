// `lango simulator`, which the sandbox starts beside itself: in the program or not (LANGO_SIMULATOR
// of CMakeLists.txt).
#pragma once

namespace lango::cli {

// The process's exit code.
[[nodiscard]] int run_simulator(int argc, char** argv);

}  // namespace lango::cli
