#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>
#include <csignal>

#include "cli/commands.hpp"
#include "history/fill.hpp"
#include "ops/logging.hpp"
#include "process/run_until_signal.hpp"
#include "sandbox/sandbox.hpp"

namespace lango::cli {

namespace {

std::string milliseconds_or_off(const std::string& text) {
    const bool digits = !text.empty() && text.size() < 9 &&
                        text.find_first_not_of("0123456789") == std::string::npos;
    return digits || text == "off" ? "" : "must be a number of milliseconds, or off";
}

int run_sandbox(const sandbox::SandboxOptions& options) {
    log::start(
        {.level = log::parse_level(options.log_level), .json = false, .write = {}, .now = {}});
    asio::io_context io{1};
    auto signals = process::stop_signals(io);
    signals.add(SIGHUP);  // its terminal is gone, and nobody tries anything out any more
    sandbox::Sandbox sandbox{io, options};
    const process::Service service{.start = [&] { return sandbox.start(); },
                                   .stop = [&] { return sandbox.stop(); }};
    const auto code = process::run_until_signal(io, signals, service);
    log::stop();
    return code;
}

}  // namespace

void add_sandbox(CLI::App& program, Run& run) {
    auto* command = program.add_subcommand(
        "sandbox", "Try it out: the gateway, a simulated M-PESA and a demo shop on this machine");
    const auto options = std::make_shared<sandbox::SandboxOptions>();
    command->add_option("--port", options->port, "The gateway's port; 0: a free one")
        ->capture_default_str();
    command->add_option("--data", options->data, "Where everything is kept")->capture_default_str();
    command->add_option(
        "--info", options->info,
        "A file for scripts: addresses and keys as JSON, written when all is ready");
    command->add_option("--postback", options->postback,
                        "Where postbacks go, instead of the demo shop");
    command
        ->add_option("--auto-pay", options->auto_pay,
                     "Milliseconds until the payer enters the PIN, or off")
        ->capture_default_str()
        ->check(CLI::Validator{milliseconds_or_off, "MS|off"});
    const auto next_free = " [the next one that is free]; 0: any free one";
    command->add_option("--simulator-port", options->simulator_port,
                        std::string{"The simulated M-PESA's"} + next_free);
    command->add_option("--shop-port", options->shop_port,
                        std::string{"The demo shop's"} + next_free);
    command->add_option("--metrics-port", options->metrics_port,
                        std::string{"Of health and metrics"} + next_free);
    command->add_option("--backoffice-port", options->backoffice_port,
                        std::string{"Of the back office"} + next_free);
    command->add_option("--log-level", options->log_level, "What is told on standard error")
        ->capture_default_str()
        ->check(CLI::IsMember({"debug", "info", "warn", "error"}));
    command
        ->add_option("--fill", options->fill,
                     "First give an empty database a made history of so many payments in 90 days")
        ->check(CLI::Range(std::int64_t{1}, history::payments_max));
    command
        ->add_option("--fill-seed", options->fill_seed,
                     "Another seed, another history of that kind")
        ->capture_default_str()
        ->needs("--fill");
    command->add_flag("!--no-first-payment", options->first_payment,
                      "Do not show a first payment (nor is one shown with --info)");
    command->callback([options, &run] { run = [options] { return run_sandbox(*options); }; });
}

}  // namespace lango::cli
