// `lango sandbox --fill N`: before the sandbox serves, its empty database is given a history.
#include <algorithm>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <filesystem>

#include "app/master_key_file.hpp"
#include "history/fill.hpp"
#include "process/terminal.hpp"
#include "sandbox/sandbox.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace lango::sandbox {

using process::say;

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t told_times = 20;
constexpr std::int64_t cache_bytes = 512LL * 1024 * 1024;

std::string with_commas(std::int64_t number) {
    auto text = std::to_string(number);
    for (auto at = text.size(); at > 3;) text.insert(at -= 3, ",");
    return text;
}

}  // namespace

// The gateway has started once: keys, rates and the demo merchant are there. While the past is
// made nothing else writes.
asio::awaitable<void> Sandbox::fill() {
    co_await gateway_->stop();
    gateway_.reset();
    const std::filesystem::path data{options_.data};
    const auto master = app::load_or_make_master_key(data, random_);
    store::SqliteOptions database;
    database.path = (data / "lango.db").string();
    database.threading = store::Threading::inline_;
    database.cache_bytes = cache_bytes;
    const auto store = store::open_sqlite(database, executor_);
    // Whoever is tired of waiting: what a signal asks for is done after the group under way.
    asio::signal_set signals{executor_, SIGINT, SIGTERM, SIGHUP};
    bool is_cut_off = false;
    signals.async_wait([&is_cut_off](const boost::system::error_code& error, int) {
        if (!error) is_cut_off = true;
    });
    const auto all = options_.fill;
    const auto began = clock_.now();
    std::int64_t next_told = 0;
    const auto told = [&](const history::Progress& progress) {
        if (progress.payments >= next_told) {
            say << "  history            " << progress.payments * 100 / all << " %, "
                << with_commas(progress.payments) << " payments, "
                << format_in_zone(progress.at, "Africa/Nairobi").substr(0, 10) << '\n';
            say.flush();
            next_told = progress.payments + std::max<std::int64_t>(all / told_times, 1000);
        }
        return !is_cut_off;
    };
    const history::Plan plan{.payments = all, .seed = options_.fill_seed, .until = began};
    const bool made = co_await history::fill(*store, master, random_, plan, told);
    store->stop();
    if (made) {
        say << "  history            " << with_commas(all) << " payments of "
            << history::span / std::chrono::days{1} << " days, made in "
            << (clock_.now() - began) / 1s << " s\n\n";
    } else {
        say << "  history            of " << with_commas(all)
            << " payments: it is here already\n\n";
    }
    say.flush();
    open_gateway();
    co_await gateway_->start();
}

}  // namespace lango::sandbox
