// Queries beside the writer. Each runs in a transaction that only reads: one snapshot. Readers open
// their connections when they are first needed and never checkpoint. A query that runs for long
// keeps the WAL from starting over: it grows meanwhile.
//
// own_thread: `count` threads; inline_: on the executor, one at a time.
#pragma once
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/sqlite/connection.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace lango::store::sqlite {

class Readers : public std::enable_shared_from_this<Readers> {
  public:
    Readers(const SqliteOptions& options, Place place, asio::any_io_executor executor);
    ~Readers();
    Readers(const Readers&) = delete;
    Readers& operator=(const Readers&) = delete;

    void start();
    void submit(std::unique_ptr<Query> query);
    // Finishes what waits.
    void stop();

    // While it lives no query runs and no connection is open.
    class Pause {
      public:
        explicit Pause(Readers& readers) : readers_(readers) { readers_.close_all(); }
        ~Pause() { readers_.resume(); }
        Pause(const Pause&) = delete;
        Pause& operator=(const Pause&) = delete;

      private:
        Readers& readers_;
    };

  private:
    using Slot = std::unique_ptr<Connection>;

    void loop(Slot& slot);
    void run_next();
    [[nodiscard]] std::exception_ptr run(Slot& slot, Query& query) const;
    void post_done(std::unique_ptr<Query> query, std::exception_ptr error);
    void close_all();
    void resume();

    const Place place_;
    const std::int64_t cache_bytes_;
    const std::size_t queue_max_;
    const bool inline_;
    const asio::any_io_executor executor_;

    std::mutex mutex_;
    std::condition_variable work_;  // a query waits, a pause ended, or stop
    std::condition_variable idle_;  // a query ended
    std::deque<std::unique_ptr<Query>> waiting_;
    std::size_t running_ = 0;
    bool paused_ = false;
    bool stopping_ = false;

    std::vector<Slot> slots_;  // a thread uses its own, and nobody's while paused
    std::vector<std::thread> threads_;
};

}  // namespace lango::store::sqlite
