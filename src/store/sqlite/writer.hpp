// The one writer: takes everything that waits, runs it as one group, commits, tells everybody with
// one post. No timer and no cap: at light load a commit follows at once, under load the groups grow
// by themselves. Checkpoints after those who waited for the commit have been told, and when nothing
// is to do.
//
// own_thread: a thread; inline_: the executor, after everything that is ready now.
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "store/sqlite/group.hpp"
#include "store/sqlite/readers.hpp"

namespace lango::store::sqlite {

class Writer : public std::enable_shared_from_this<Writer> {
  public:
    // Opens and migrates; throws Broken.
    // lost: why the file is not where others look for it; nothing when it is. May be empty.
    Writer(const SqliteOptions& options, Place place, Readers& readers,
           asio::any_io_executor executor, std::function<std::optional<std::string>()> lost);
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void start();
    void submit(std::unique_ptr<Command> command);
    // Finishes what waits and ends the thread. Then, once the readers are gone, close().
    void stop();
    void close();

    [[nodiscard]] std::optional<std::string> trouble() const;
    [[nodiscard]] Stats stats() const;

  private:
    [[nodiscard]] std::unique_ptr<Connection> open() const;
    void reopen();
    void loop();
    // False: nothing came for a while, and the WAL holds what the file lacks.
    [[nodiscard]] bool wait_for_work();
    void flush();
    [[nodiscard]] Group take();
    void run(Group& group);
    void checkpoint_if_due();
    void checkpoint();
    [[nodiscard]] bool is_wal_old();
    void account(const Group& group, const GroupOutcome& outcome);
    void post_done(Group group);
    static void tell(Group& group);

    const SqliteOptions options_;
    const Place place_;
    const bool inline_;
    Readers& readers_;
    const asio::any_io_executor executor_;
    const std::function<std::optional<std::string>()> lost_;
    std::unique_ptr<Connection> connection_;  // none after a failed reopening
    // Since when the WAL holds what the file lacks. For the thread.
    std::optional<std::chrono::steady_clock::time_point> wal_since_;

    mutable std::mutex mutex_;  // guards what follows
    std::condition_variable work_;
    Group waiting_;
    bool flush_posted_ = false;
    bool stopping_ = false;
    std::optional<std::string> trouble_;
    Stats stats_;  // stats_.waiting: submitted and not yet run to the end

    std::thread thread_;
};

}  // namespace lango::store::sqlite
