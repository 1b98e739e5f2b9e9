#include "store/sqlite/writer.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

#include "base/check.hpp"
#include "store/sqlite/schema.hpp"
#include "store/sqlite/wal_rewrite.hpp"

namespace lango::store::sqlite {

Writer::Writer(const SqliteOptions& options, Place place, Readers& readers,
               asio::any_io_executor executor, std::function<std::optional<std::string>()> lost)
    : options_(options),
      place_(std::move(place)),
      inline_(options.threading == Threading::inline_),
      readers_(readers),
      executor_(std::move(executor)),
      lost_(std::move(lost)) {
    connection_ = open();
    migrate(*connection_, options_.migrations, options_.migrating);
    connection_->script(std::string{options_.volatile_schema});
}

Writer::~Writer() { stop(); }

std::unique_ptr<Connection> Writer::open() const {
    auto connection = std::make_unique<Connection>(place_, Role::writer, options_.cache_bytes);
    rewrite_wal(*connection, place_);
    return connection;
}

void Writer::start() {
    if (!inline_) thread_ = std::thread{[this] { loop(); }};
}

void Writer::submit(std::unique_ptr<Command> command) {
    const char* refusal = nullptr;
    bool first = false;
    {
        const std::lock_guard lock{mutex_};
        if (stopping_) {
            refusal = "the store is stopping";
        } else if (stats_.waiting >= options_.queue_max) {
            refusal = "too many writes wait";
        } else {
            first = waiting_.empty();
            ++stats_.waiting;
            waiting_.push_back({.command = std::move(command), .error = nullptr});
        }
    }
    if (refusal != nullptr) {
        Group refused;
        refused.push_back({.command = std::move(command),
                           .error = std::make_exception_ptr(Unavailable{refusal})});
        post_done(std::move(refused));
    } else if (!inline_) {
        if (first) work_.notify_one();
    } else if (!std::exchange(flush_posted_, true)) {
        asio::post(executor_, [weak = weak_from_this()] {
            if (const auto self = weak.lock()) self->flush();
        });
    }
}

void Writer::loop() {
    for (;;) {
        if (!wait_for_work()) {
            checkpoint();
            continue;
        }
        auto group = take();
        if (group.empty()) return;
        run(group);
        post_done(std::move(group));
        checkpoint_if_due();
    }
}

bool Writer::wait_for_work() {
    std::unique_lock lock{mutex_};
    const auto is_work = [this] { return stopping_ || !waiting_.empty(); };
    if (connection_ != nullptr && !connection_->trouble() && connection_->wal_pages() > 0) {
        return work_.wait_for(lock, options_.checkpoint_when_quiet, is_work);
    }
    work_.wait(lock, is_work);
    return true;
}

void Writer::flush() {
    flush_posted_ = false;
    auto group = take();
    if (group.empty()) return;  // stop() was here
    run(group);
    tell(group);
    // Whoever was told may have closed the store.
    if (connection_ != nullptr) checkpoint_if_due();
}

void Writer::stop() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    work_.notify_all();
    if (thread_.joinable()) thread_.join();
    if (auto group = take(); !group.empty()) {
        run(group);
        post_done(std::move(group));
    }
}

void Writer::close() {
    if (connection_ == nullptr) return;
    try {
        // Not to leave to the next start what this process knows better.
        if (connection_->trouble()) reopen();
        connection_->checkpoint(true);
    } catch (const std::exception& why) {
        const std::lock_guard lock{mutex_};
        trouble_ = why.what();
    }
    connection_.reset();
}

Group Writer::take() {
    const std::lock_guard lock{mutex_};
    return std::exchange(waiting_, {});
}

void Writer::run(Group& group) {
    GroupOutcome outcome;
    try {
        if (const auto why = lost_ ? lost_() : std::nullopt) throw Unavailable{*why};
        if (connection_ == nullptr || connection_->trouble()) reopen();
        outcome = run_group(*connection_, group);
    } catch (const std::exception& why) {
        // The group was not begun: for certain nothing of it is stored.
        outcome.trouble = Trouble{.lost = false, .text = why.what()};
        for (auto& waiter : group) waiter.error = outcome.trouble->error();
    }
    account(group, outcome);
}

void Writer::reopen() {
    // With every connection the wal-index goes, so that the next to open recovers from the WAL.
    LANGO_NOTE_UNLESS(!connection_ || connection_->trouble(),
                      "only what is in trouble is opened again");
    const Readers::Pause pause{readers_};
    connection_.reset();
    auto connection = open();
    connection->script(std::string{options_.volatile_schema});
    connection_ = std::move(connection);
}

void Writer::checkpoint_if_due() {
    if (connection_ == nullptr) return;
    if (connection_->wal_pages() >= Connection::wal_pages_max || is_wal_old()) checkpoint();
}

bool Writer::is_wal_old() {
    if (inline_ || connection_->trouble() || connection_->wal_pages() == 0) return false;
    const auto now = std::chrono::steady_clock::now();
    if (!wal_since_) wal_since_ = now;
    return now - *wal_since_ >= options_.checkpoint_when_old;
}

void Writer::checkpoint() {
    wal_since_.reset();
    try {
        connection_->checkpoint(false);
    } catch (const std::exception& why) {
        // What was committed stands in the WAL. The next group finds the connection in trouble, or
        // a checkpoint still due.
        connection_->roll_back();
        const std::lock_guard lock{mutex_};
        trouble_ = why.what();
    }
}

void Writer::account(const Group& group, const GroupOutcome& outcome) {
    const std::lock_guard lock{mutex_};
    LANGO_NOTE_UNLESS(stats_.waiting >= group.size(), "who is told had waited");
    LANGO_NOTE_UNLESS(!group.empty(), "a group has commands");
    stats_.waiting -= std::min<decltype(stats_.waiting)>(stats_.waiting, group.size());
    stats_.commands += group.size();
    stats_.group_max = std::max<std::uint64_t>(stats_.group_max, group.size());
    stats_.groups += outcome.trouble ? 0 : 1;
    stats_.reruns += outcome.rerun ? 1 : 0;
    stats_.failures += static_cast<std::uint64_t>(
        std::ranges::count_if(group, [](const Waiter& waiter) { return waiter.error != nullptr; }));
    if (outcome.trouble) {
        trouble_ = outcome.trouble->text;
    } else {
        trouble_.reset();
    }
}

void Writer::tell(Group& group) {
    for (auto& waiter : group) {
        LANGO_NOTE_UNLESS(waiter.command, "who waits is told once");
        if (waiter.command) waiter.command->done(std::move(waiter.error));
    }
}

void Writer::post_done(Group group) {
    asio::post(executor_, [group = std::move(group)]() mutable { tell(group); });
}

std::optional<std::string> Writer::trouble() const {
    const std::lock_guard lock{mutex_};
    return trouble_;
}

Stats Writer::stats() const {
    const std::lock_guard lock{mutex_};
    return stats_;
}

}  // namespace lango::store::sqlite
