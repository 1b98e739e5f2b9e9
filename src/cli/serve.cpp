#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <csignal>

#include "app/gateway.hpp"
#include "app/start_check.hpp"
#include "cli/commands.hpp"
#include "ops/logging.hpp"
#include "process/run_until_signal.hpp"

namespace lango::cli {

void add_serve(CLI::App& program, Run& run) {
    auto* command = program.add_subcommand("serve", "Run the gateway");
    const auto sources = std::make_shared<ops::ConfigSources>();
    const auto is_new = std::make_shared<bool>(false);
    ops::add_flags(*command, *sources);
    command->add_flag("--new", *is_new,
                      "Begin an empty database beside a master.key or a mark that are there");
    command->callback([sources, is_new, &run] {
        run = [sources, is_new] {
            const auto config = config_from(*sources);
            if (auto problems = app::start_problems(config); !problems.empty()) {
                throw app::StartRefused{problems};
            }
            log::start({.level = log::parse_level(config.log.level),
                        .json = config.log.format == "json",
                        .write = {},
                        .now = {}});
            asio::io_context io{1};
            auto signals = process::stop_signals(io);
            asio::signal_set hangups{io, SIGHUP};
            process::outlive_hangups(hangups, [] {
                log::warn("gateway",
                          "SIGHUP is not obeyed: settings are read at the start, and the log goes "
                          "to standard error, which this program does not open again");
            });
            app::Gateway gateway{io, config, *is_new};
            const process::Service service{.start = [&] { return gateway.start(); },
                                           .stop = [&] { return gateway.stop(); }};
            const auto code = process::run_until_signal(io, signals, service);
            log::stop();
            return code;
        };
    });
}

}  // namespace lango::cli
