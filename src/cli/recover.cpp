#include "cli/recover.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>

#include "app/gateway.hpp"
#include "app/master_key_file.hpp"
#include "backoffice/recover.hpp"
#include "base/json_writer.hpp"
#include "base/system_clock.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace lango::cli {

namespace {

using Recovered = Result<std::string, std::string>;

Recovered recovered(const ops::Config& config, const std::string& name) {
    auto options = app::database_options(config);
    options.threading = store::Threading::inline_;
    if (!std::filesystem::exists(options.path)) {
        return Unexpected<std::string>{"there is no database in " + config.data.directory +
                                       " (--data names another directory)"};
    }
    SystemRandom random;
    const auto master = app::load_or_make_master_key(config.data.directory, random);
    asio::io_context io;
    const SystemClock clock{io.get_executor()};
    // It holds the lock: no gateway runs, of whose people this one could become a stranger.
    const auto store = store::open_sqlite(options, io.get_executor());
    std::exception_ptr failed;
    Recovered key = Unexpected<std::string>{"nothing was done"};
    asio::co_spawn(io, store->write([&, now = clock.now()](store::Tx& tx) {
        return backoffice::recover(tx, master, random, now, name);
    }),
                   [&](const std::exception_ptr& error, Recovered made) {
                       failed = error;
                       key = std::move(made);
                   });
    io.run();
    store->stop();
    if (failed) std::rethrow_exception(failed);
    return key;
}

}  // namespace

int recover(const Operator& shared, const std::string& name) {
    const auto key = recovered(shared.config(), name);
    if (!key) {
        complain << "lango: " << key.error() << '\n';
        return 1;
    }
    if (shared.json) {
        std::string out;
        json::Writer{out}
            .begin_object()
            .member("status", "ok")
            .member("name", name)
            .member("key", *key)
            .end_object();
        say.json(out);
        return 0;
    }
    say << name << " is an administrator, and the trail says that this machine made them one. "
        << "Their first key is shown once:\n  " << *key
        << "\nWith it they make their own, before anything else: lango user new-key --as " << name
        << '\n';
    return 0;
}

}  // namespace lango::cli
