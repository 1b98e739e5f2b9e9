#include "cli/simulator.hpp"
#include "simulator/main_program.hpp"

namespace lango::cli {

int run_simulator(int argc, char** argv) { return simulator::run_simulator(argc, argv); }

}  // namespace lango::cli
