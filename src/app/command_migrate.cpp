#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <iostream>

#include "app/commands.hpp"
#include "app/files.hpp"
#include "app/gateway.hpp"
#include "app/master_key_file.hpp"

namespace lango::app {

namespace {

int migrate(const Operator& shared) {
    const auto config = shared.config();
    make_private_directory(config.data.directory);
    SystemRandom random;
    // Before the database: a database without its key is refused ever after.
    static_cast<void>(load_or_make_master_key(config.data.directory, random));
    const auto path = database_path(config);
    const int before = std::filesystem::exists(path) ? store::sqlite_schema_version(path) : 0;
    asio::io_context io;
    auto options = database_options(config);
    options.threading = store::Threading::inline_;
    store::open_sqlite(options, io.get_executor())->stop();
    const int after = store::sqlite_schema_version(path);
    if (shared.json) {
        std::cout << R"({"status":"ok","before":)" << before << R"(,"after":)" << after << "}\n";
    } else if (before == after) {
        std::cout << path << " is up to date: schema version " << after << '\n';
    } else {
        std::cout << path << ": schema version " << before << " -> " << after << '\n';
    }
    return 0;
}

}  // namespace

void add_migrate(CLI::App& program, Run& run) {
    auto* command = program.add_subcommand(
        "migrate", "Bring the database to this version's schema (serve does it too)");
    const auto shared = std::make_shared<Operator>();
    shared->add_flags(*command);
    command->callback([shared, &run] { run = [shared] { return migrate(*shared); }; });
}

}  // namespace lango::app
