#include "cli/program.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <sstream>

#include "app/start_check.hpp"
#include "backoffice/openapi.hpp"
#include "cli/commands.hpp"
#include "cli/suggest.hpp"
#include "manual/help.hpp"
#include "ops/config.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

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
    add_find(program, run);
    add_totals(program, run);
    add_deposit(program, run);
    add_postback(program, run);
    add_balances(program, run);
    add_payouts(program, run);
    add_set_aside(program, run);
    add_restore(program, run);
    add_backup(program, run);
    add_key(program, run);
    add_user(program, run);
    add_role(program, run);
    add_trail(program, run);
    add_login(program, run);
    add_proposal(program, run);
    add_withdrawal(program, run);
    add_batch(program, run);
    add_paybill(program, run);
    add_suspense(program, run);
    add_unreadable(program, run);
    add_refund(program, run);
    add_person(program, run);
    // Listed for --help; main() hands over before anything is parsed.
    program.add_subcommand("simulator", "Safaricom's Daraja, simulated, alone");
    manual::add_help(program, version, [&run](std::string text) {
        run = [text = std::move(text)] {
            say.lines(text);
            return 0;
        };
    });
    program.add_subcommand("help-settings", "Every setting, as docs/configuration.md prints it")
        ->callback([&run] {
            run = [] {
                say.lines(ops::settings_markdown());
                return 0;
            };
        });
    program
        .add_subcommand("openapi",
                        "What operators do, as an OpenAPI 3.1 document: for your own programs")
        ->callback([&run, version] {
            run = [version] {
                say.json(backoffice::openapi(version));
                return 0;
            };
        });
    program.add_subcommand("version", "This program's version")->callback([&run, version] {
        run = [version] {
            say << "lango " << version << '\n';
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
        std::ostringstream asked_for;  // --help, --version
        std::ostringstream wrong;
        const auto code = program.exit(error, asked_for, wrong);
        say.lines(asked_for.str());
        complain.lines(wrong.str()).lines(suggestion(program));
        // Who names no command asks what there is.
        if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr &&
            std::string_view{error.what()}.starts_with("A subcommand is required")) {
            complain << '\n';
            complain.lines(innermost(program).help());
        }
        return code == 0 ? 0 : exit_usage;
    }
    return run();
}

}  // namespace

int run_program(int argc, const char* const* argv, const std::string& version) {
    try {
        return parse_and_run(argc, argv, version);
    } catch (const Proposed& proposed) {
        complain.lines(std::string{proposed.what()} + '\n');
        return 0;
    } catch (const UsageError& error) {
        complain.lines("lango: " + std::string{error.what()} + '\n');
        return exit_usage;
    } catch (const app::StartRefused& error) {
        complain.lines("lango: " + std::string{error.what()} + '\n');
        return exit_failed;
    } catch (const std::exception& error) {
        complain << "lango: " << error.what() << '\n';
        return exit_failed;
    }
}

}  // namespace lango::cli
