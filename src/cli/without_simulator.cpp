#include "cli/simulator.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

int run_simulator(int /*argc*/, char** /*argv*/) {
    process::complain
        << "This lango was built without the simulator (LANGO_SIMULATOR=OFF): it serves a "
           "real rail only, and has no sandbox.\n";
    return 2;
}

}  // namespace lango::cli
