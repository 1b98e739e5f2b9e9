// lango: the gateway, its sandbox and its tools in one program.
#include <sys/resource.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <csignal>
#include <iostream>
#include <string_view>

#include "app/commands.hpp"
#include "app/suggest.hpp"
#include "ops/config.hpp"
#include "simulator/main_program.hpp"

namespace {

constexpr int exit_failed = 1;
constexpr int exit_usage = 2;

// Each connection is a descriptor, and the usual soft limit of 1024 is for programs that select().
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

void describe(CLI::App& program, lango::app::Run& run) {
    program.require_subcommand(1);
    program.set_version_flag("--version", "lango " LANGO_VERSION);
    lango::app::add_serve(program, run);
    lango::app::add_sandbox(program, run);
    lango::app::add_migrate(program, run);
    lango::app::add_merchant(program, run);
    lango::app::add_rates(program, run);
    lango::app::add_verify(program, run);
    lango::app::add_deposit(program, run);
    lango::app::add_balances(program, run);
    // Listed for --help; main() hands over before anything is parsed.
    program.add_subcommand("simulator", "Safaricom's Daraja, simulated, alone");
    program.add_subcommand("help-settings", "Every setting, as docs/configuration.md prints it")
        ->callback([&run] {
            run = [] {
                std::cout << lango::ops::settings_markdown();
                return 0;
            };
        });
    program.add_subcommand("version", "This program's version")->callback([&run] {
        run = [] {
            std::cout << "lango " LANGO_VERSION "\n";
            return 0;
        };
    });
}

int run_program(int argc, char** argv) {
    lango::app::Run run;
    CLI::App program{"Lango, a self-hosted gateway for mobile money", "lango"};
    describe(program, run);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return program.exit(error);  // --help, --version
        program.exit(error);
        std::cerr << lango::app::suggestion(program);
        return exit_usage;
    }
    return run();
}

}  // namespace

int main(int argc, char** argv) {
    // A peer that went away is an error of the write, not the end of the process.
    std::signal(SIGPIPE, SIG_IGN);
    raise_descriptor_limit();
    if (argc > 1 && std::string_view{argv[1]} == "simulator") {
        return lango::simulator::run_simulator(argc - 1, argv + 1);
    }
    try {
        return run_program(argc, argv);
    } catch (const lango::app::UsageError& error) {
        std::cerr << "lango: " << error.what() << '\n';
        return exit_usage;
    } catch (const std::exception& error) {
        std::cerr << "lango: " << error.what() << '\n';
        return exit_failed;
    }
}
