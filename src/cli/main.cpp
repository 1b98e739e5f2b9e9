// lango: the gateway, its sandbox and its tools in one program.
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <string_view>

#include "cli/program.hpp"
#include "cli/simulator.hpp"
#include "ops/core_dumps.hpp"

namespace {

// Each connection is a descriptor, and the usual soft limit of 1024 is for programs that select().
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int argc, char** argv) {
    // What this program makes is nobody else's, whoever made the directory.
    ::umask(077);
    lango::ops::forbid_core_dumps();
    lango::ops::forbid_new_privileges();
    // A peer that went away is an error of the write, not the end of the process.
    std::signal(SIGPIPE, SIG_IGN);
    raise_descriptor_limit();
    if (argc > 1 && std::string_view{argv[1]} == "simulator") {
        return lango::cli::run_simulator(argc - 1, argv + 1);
    }
    return lango::cli::run_program(argc, argv, LANGO_VERSION);
}
