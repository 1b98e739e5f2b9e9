#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>

#include "app/gateway.hpp"
#include "app/mark_file.hpp"
#include "app/master_key_file.hpp"
#include "base/system_clock.hpp"
#include "cli/commands.hpp"
#include "process/files.hpp"
#include "process/private_files.hpp"
#include "process/terminal.hpp"
#include "recovery/restored.hpp"

namespace lango::cli {

namespace {

// What the database has told from here on is told apart from an older copy of it.
void mark(const ops::Config& config, asio::io_context& io, store::Store& store, bool is_new) {
    SystemClock clock{io.get_executor()};
    SystemRandom random;
    app::MarkFile place{app::state_directory(config)};
    recovery::Restored restored{{.executor = io.get_executor(),
                                 .store = store,
                                 .clock = clock,
                                 .random = random,
                                 .mark = &place,
                                 .is_new = is_new,
                                 .route = [] { return rails::PayoutRoute{.knows_repeats = true}; },
                                 .begun = [] {},
                                 .lifted = [] {}}};
    std::exception_ptr failed;
    asio::co_spawn(
        io,
        [](recovery::Restored& self) -> asio::awaitable<void> {
            co_await self.open();
            co_await self.stop();
        }(restored),
        [&](const std::exception_ptr& error) { failed = error; });
    io.run();
    if (failed) std::rethrow_exception(failed);
}

int migrate(const Operator& shared, bool is_new) {
    const auto config = shared.config();
    process::make_private_directory(config.data.directory);
    for (const auto& told : process::close_data(config.data.directory)) {
        complain << "lango: " << told << '\n';
    }
    SystemRandom random;
    // Before the database: a database without its key is refused ever after.
    static_cast<void>(app::load_or_make_master_key(config.data.directory, random, is_new));
    const auto path = app::database_path(config);
    const int before = std::filesystem::exists(path) ? store::sqlite_schema_version(path) : 0;
    asio::io_context io;
    auto options = app::database_options(config);
    options.threading = store::Threading::inline_;
    if (!shared.json) {
        options.migrating = [](const std::string& told) {
            say << told << '\n';
            say.flush();
        };
    }
    const auto store = store::open_sqlite(options, io.get_executor());
    mark(config, io, *store, is_new);
    store->stop();
    const int after = store::sqlite_schema_version(path);
    if (shared.json) {
        say << R"({"status":"ok","before":)" << before << R"(,"after":)" << after << "}\n";
    } else if (before == after) {
        say << path << " is up to date: schema version " << after << '\n';
    } else {
        say << path << ": schema version " << before << " -> " << after << '\n';
    }
    return 0;
}

}  // namespace

void add_migrate(CLI::App& program, Run& run) {
    auto* command = program.add_subcommand(
        "migrate", "Bring the database to this version's schema (serve does it too)");
    const auto shared = std::make_shared<Operator>();
    const auto is_new = std::make_shared<bool>(false);
    shared->add_flags(*command);
    command->add_flag("--new", *is_new,
                      "Begin an empty database beside a master.key or a mark that are there");
    command->callback(
        [shared, is_new, &run] { run = [shared, is_new] { return migrate(*shared, *is_new); }; });
}

}  // namespace lango::cli
