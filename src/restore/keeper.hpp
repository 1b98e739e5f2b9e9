// Keeps the mark (mark.hpp) ahead of what is told, and finds at the start that the database is
// behind it. Numbers that are told (stockpiling ids, paybill references) are reserved in blocks: no
// payment waits for the mark.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "restore/mark.hpp"
#include "store/store.hpp"

namespace lango::restore {

namespace asio = boost::asio;

struct KeeperOptions {
    // What a lost log can hide: an older copy that lacks more than this is always found.
    Duration every = std::chrono::seconds{30};
    std::int64_t stockpiling_block = 50'000;
    std::int64_t reference_block = 5'000;
    bool is_new = false;  // a person says that this database is meant to be empty
};

class Keeper {
  public:
    struct Parts {
        store::Store& store;
        Clock& clock;
        Random& random;
        MarkPlace& place;
        asio::any_io_executor executor;
        // The database is behind what it has told: in the command that finds it, so that nothing of
        // it goes out.
        std::function<void(store::Tx& tx, Instant now)> doubt;
        std::function<void(std::string_view error)> trouble;  // for logs
    };
    Keeper(Parts parts, KeeperOptions options);
    ~Keeper();
    // Before anything else is done with the database. Why it counts as restored; nothing when it is
    // what the mark says. Throws std::runtime_error for a mark that cannot be read or written.
    [[nodiscard]] asio::awaitable<std::optional<std::string>> open();
    // Renews the lease while it runs.
    void start();
    // Ends that; the mark then has exactly what was told.
    [[nodiscard]] asio::awaitable<void> stop();
    // Renews now: a copy of the database that was made before it is found when it is put back.
    [[nodiscard]] asio::awaitable<void> renew();
    // Why the mark cannot be written.
    [[nodiscard]] std::optional<std::string> trouble() const;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace lango::restore
