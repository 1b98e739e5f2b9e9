// The simulator as a program: `lango-simulator`, and `lango simulator`.
#pragma once

namespace lango::simulator {

// argv[0] is the program's name. Serves until SIGTERM or SIGINT; returns the exit code.
int run_simulator(int argc, char** argv);

}  // namespace lango::simulator
