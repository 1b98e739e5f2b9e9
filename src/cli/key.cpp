#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>

#include "app/gateway.hpp"
#include "app/master_key_file.hpp"
#include "cli/commands.hpp"
#include "merchants/payout_key.hpp"
#include "merchants/seal.hpp"
#include "people/second_factor.hpp"
#include "process/files.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

// The file first, with the earlier keys behind the new one: whatever happens then, everything
// opens. Payouts' ids have a secret of their own, which is sealed anew and stays what it is.
int rotate(const Operator& shared) {
    const auto config = shared.config();
    SystemRandom random;
    const auto master = app::load_or_make_master_key(config.data.directory, random);
    asio::io_context io;
    auto options = app::database_options(config);
    options.threading = store::Threading::inline_;
    // It holds the lock: no gateway runs with the key that is in its memory.
    const auto store = store::open_sqlite(options, io.get_executor());
    const auto rotated = master.rotated(random);
    process::write_file(std::filesystem::path{config.data.directory} / "master.key",
                        rotated.hex() + "\n");
    std::exception_ptr failed;
    asio::co_spawn(io, store->write([&](store::Tx& tx) {
        static_cast<void>(merchants::ensure_payout_secret(tx, rotated, random));
        merchants::seal_all_anew(tx, rotated, random);
        people::seal_second_factors_anew(tx, rotated, random);
        return true;
    }),
                   [&](const std::exception_ptr& error, bool) { failed = error; });
    io.run();
    store->stop();
    if (failed) std::rethrow_exception(failed);
    if (shared.json) {
        say << R"({"status":"ok","keys":)" << rotated.size() << "}\n";
    } else {
        say << "rotated: everything is sealed with the new key. The " << rotated.size() - 1
            << " before it stay in master.key and read what was told before: "
               "docs/operating/keys.md says when to take them out\n";
    }
    return 0;
}

}  // namespace

void add_key(CLI::App& program, Run& run) {
    auto* group = program.add_subcommand("key", "The installation's master key");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    auto* command = group->add_subcommand(
        "rotate", "A new master key, while the gateway stands: everything is sealed anew");
    shared->add_flags(*command);
    command->callback([shared, &run] { run = [shared] { return rotate(*shared); }; });
}

}  // namespace lango::cli
