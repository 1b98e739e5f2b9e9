#include "app/program.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iostream>

#include "app/commands.hpp"
#include "app/suggest.hpp"
#include "ops/config.hpp"

namespace lango::app {

namespace {

constexpr int exit_failed = 1;
constexpr int exit_usage = 2;

void describe(CLI::App& program, Run& run, const std::string& version) {
    program.require_subcommand(1);
    program.set_version_flag("--version", "lango " + version);
    add_serve(program, run);
    add_sandbox(program, run);
    add_migrate(program, run);
    add_merchant(program, run);
    add_rates(program, run);
    add_verify(program, run);
    add_deposit(program, run);
    add_postback(program, run);
    add_balances(program, run);
    add_payouts(program, run);
    add_restore(program, run);
    add_backup(program, run);
    add_key(program, run);
    add_operator(program, run);
    add_withdrawal(program, run);
    add_paybill(program, run);
    add_refund(program, run);
    add_person(program, run);
    // Listed for --help; main() hands over before anything is parsed.
    program.add_subcommand("simulator", "Safaricom's Daraja, simulated, alone");
    program.add_subcommand("help-settings", "Every setting, as docs/configuration.md prints it")
        ->callback([&run] {
            run = [] {
                std::cout << ops::settings_markdown();
                return 0;
            };
        });
    program.add_subcommand("version", "This program's version")->callback([&run, version] {
        run = [version] {
            std::cout << "lango " << version << '\n';
            return 0;
        };
    });
}

int parse_and_run(int argc, const char* const* argv, const std::string& version) {
    Run run;
    CLI::App program{"Lango, a self-hosted gateway for mobile money", "lango"};
    describe(program, run, version);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return program.exit(error);  // --help, --version
        program.exit(error);
        std::cerr << suggestion(program);
        return exit_usage;
    }
    return run();
}

}  // namespace

int run_program(int argc, const char* const* argv, const std::string& version) {
    try {
        return parse_and_run(argc, argv, version);
    } catch (const UsageError& error) {
        std::cerr << "lango: " << error.what() << '\n';
        return exit_usage;
    } catch (const std::exception& error) {
        std::cerr << "lango: " << error.what() << '\n';
        return exit_failed;
    }
}

}  // namespace lango::app
