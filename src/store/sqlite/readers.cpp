#include "store/sqlite/readers.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

#include "base/check.hpp"

namespace lango::store::sqlite {

Readers::Readers(const SqliteOptions& options, Place place, asio::any_io_executor executor)
    : place_(std::move(place)),
      cache_bytes_(options.cache_bytes / 4),  // the writer has the hot pages
      queue_max_(options.queue_max),
      inline_(options.threading == Threading::inline_),
      executor_(std::move(executor)),
      slots_(inline_ ? 1 : static_cast<std::size_t>(std::max(options.readers, 1))) {}

Readers::~Readers() { stop(); }

void Readers::start() {
    if (inline_) return;
    for (auto& slot : slots_) threads_.emplace_back([this, &slot] { loop(slot); });
}

void Readers::submit(std::unique_ptr<Query> query) {
    {
        const std::lock_guard lock{mutex_};
        if (!stopping_ && waiting_.size() < queue_max_) {
            waiting_.push_back(std::move(query));
        }
    }
    if (query != nullptr) {
        post_done(std::move(query),
                  std::make_exception_ptr(Unavailable{"no more reads are taken"}));
    } else if (inline_) {
        asio::post(executor_, [weak = weak_from_this()] {
            if (const auto self = weak.lock()) self->run_next();
        });
    } else {
        work_.notify_one();
    }
}

void Readers::stop() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    work_.notify_all();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
    if (inline_) {
        while (!waiting_.empty()) {
            auto query = std::move(waiting_.front());
            waiting_.pop_front();
            auto error = run(slots_.front(), *query);
            post_done(std::move(query), std::move(error));
        }
    }
    for (auto& slot : slots_) slot.reset();
}

void Readers::run_next() {
    LANGO_NOTE_UNLESS(inline_, "reads on one thread are run by it");
    if (waiting_.empty()) return;  // stop() was here
    auto query = std::move(waiting_.front());
    waiting_.pop_front();
    auto error = run(slots_.front(), *query);
    query->done(std::move(error));
}

void Readers::loop(Slot& slot) {
    std::unique_lock lock{mutex_};
    for (;;) {
        work_.wait(lock, [this] { return (!paused_ && !waiting_.empty()) || stopping_; });
        if (waiting_.empty()) return;
        auto query = std::move(waiting_.front());
        waiting_.pop_front();
        ++running_;
        lock.unlock();
        auto error = run(slot, *query);
        post_done(std::move(query), std::move(error));
        lock.lock();
        LANGO_NOTE_UNLESS(running_ > 0, "a read that ends was running");
        --running_;
        if (paused_) idle_.notify_one();
    }
}

std::exception_ptr Readers::run(Slot& slot, Query& query) const {
    std::exception_ptr error;
    try {
        if (slot == nullptr)
            slot = std::make_unique<Connection>(place_, Role::reader, cache_bytes_);
        slot->run("BEGIN");
        query.run(*slot);
        LANGO_CHECK(slot->in_transaction(), "a read does not end its snapshot");
        slot->run("COMMIT");
    } catch (...) {
        error = std::current_exception();
    }
    if (slot != nullptr) {
        slot->roll_back();
        if (slot->trouble()) slot.reset();
    }
    return error;
}

void Readers::post_done(std::unique_ptr<Query> query, std::exception_ptr error) {
    asio::post(executor_,
               [query = std::move(query), error = std::move(error)] { query->done(error); });
}

void Readers::close_all() {
    std::unique_lock lock{mutex_};
    paused_ = true;
    idle_.wait(lock, [this] { return running_ == 0; });
    for (auto& slot : slots_) slot.reset();
}

void Readers::resume() {
    {
        const std::lock_guard lock{mutex_};
        paused_ = false;
    }
    work_.notify_all();
}

}  // namespace lango::store::sqlite
