// A run's own life: one at a time over all workers, ten minutes, a clean end.
#include "runs/watch.hpp"

#include <gtest/gtest.h>

#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include "base/manual_clock.hpp"
#include "store/store_fixture.hpp"

namespace lango::runs {
namespace {

using namespace std::chrono_literals;

const Instant at = Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29} + 9h};

class Watching : public testing::Test {
  protected:
    ~Watching() override {
        if (watch_) stop();
    }
    // The process's store: the book, or a disk that is full for now.
    class Disk final : public store::Store {
      public:
        explicit Disk(store::Store& real) : real_(real) {}
        bool full = false;
        [[nodiscard]] std::optional<std::string> trouble() const override {
            return real_.trouble();
        }
        [[nodiscard]] store::Stats stats() const override { return real_.stats(); }
        void stop() override { real_.stop(); }
        void submit(std::unique_ptr<store::Command> command) override {
            if (!full) {
                real_.submit(std::move(command));
                return;
            }
            asio::post(executor(), [refused = std::shared_ptr{std::move(command)}] {
                refused->done(std::make_exception_ptr(store::Unavailable{"full"}));
            });
        }
        void submit(std::unique_ptr<store::Query> query) override {
            real_.submit(std::move(query));
        }
        [[nodiscard]] asio::any_io_executor executor() const override { return real_.executor(); }

      private:
        store::Store& real_;
    };
    // A process starts on the store as it stands.
    void start() {
        watch_ = std::make_unique<Watch>(Watch::Parts{
            .store = disk_,
            .clock = clock_,
            .executor = book_.context().get_executor(),
            .workers = {[this] { return try_one(first_); }, [this] { return try_one(second_); }},
            .settled = [this] { ++settled_; },
            .trouble = [this](std::string_view error) { troubles_.emplace_back(error); }});
        watch_->start(book_.write([this](store::Tx& tx) { return begin(tx, clock_.now()); }).run);
        clock_.settle();
    }
    void die() { watch_.reset(); }
    void stop() {
        asio::co_spawn(book_.context(), watch_->stop(), asio::detached);
        clock_.settle();
        asio::co_spawn(book_.context(), watch_->end(), asio::detached);
        clock_.settle();
        watch_.reset();
    }
    void die_twice() {
        start();
        die();
        start();
        die();
    }
    struct Worker {
        int suspected = 0;
        Duration takes = 1s;
        bool names = false;   // in the row `run`, and does not take it back
        bool breaks = false;  // after it
        bool fills_the_disk = false;
        std::vector<Instant> began;
    };
    asio::awaitable<Tried> try_one(Worker& worker) {
        if (worker.suspected == 0) co_return Tried::waiting;
        --worker.suspected;
        worker.began.push_back(clock_.now());
        EXPECT_EQ(++going_, 1) << "another goes";
        if (worker.names) {
            book_.write([](store::Tx& tx) { begin_alone(tx, {.kind = Kind::deposit, .id = 7}); });
        }
        co_await clock_.sleep_until(clock_.now() + worker.takes);
        --going_;
        disk_.full = worker.fills_the_disk;
        if (worker.breaks) throw std::runtime_error{"its last write failed"};
        co_return Tried::one;
    }
    runs::Run stored() {
        return book_.write([](store::Tx& tx) { return current(tx); });
    }

    store::test::MemoryStore book_;
    Disk disk_{book_.store()};
    ManualClock clock_{book_.context(), at};
    Worker first_;
    Worker second_;
    int going_ = 0;
    int settled_ = 0;
    std::vector<std::string> troubles_;
    std::unique_ptr<Watch> watch_;
};

TEST_F(Watching, AsksNobodyWhileRunsDoNotDie) {
    first_.suspected = 1;
    start();
    die();
    start();
    clock_.advance(1h);
    EXPECT_FALSE(watch_->is_careful());
    EXPECT_EQ(first_.suspected, 1);
}

TEST_F(Watching, TriesOneAtATimeEachWorkerInItsTurn) {
    die_twice();
    first_.suspected = 2;
    second_.suspected = 1;
    start();
    clock_.advance(10s);
    EXPECT_EQ(first_.began, (std::vector{at, at + 2s}));
    EXPECT_EQ(second_.began, (std::vector{at + 1s}));
}

// The next death is not its: whatever the worker forgot, or could not write.
TEST_F(Watching, NamesNothingThatHasComeToItsEnd) {
    die_twice();
    first_.suspected = 1;
    first_.names = true;
    start();
    clock_.advance(500ms);
    EXPECT_TRUE(stored().alone);
    clock_.advance(1s);
    EXPECT_EQ(stored().alone, std::nullopt);
}

TEST_F(Watching, NamesNothingThatBroke) {
    die_twice();
    first_.suspected = 1;
    first_.names = first_.breaks = true;
    start();
    clock_.advance(1100ms);
    EXPECT_EQ(troubles_.size(), 1U);
    clock_.advance(2s);
    EXPECT_EQ(stored().alone, std::nullopt);
}

TEST_F(Watching, TakesANameBackAsSoonAsItCanBeWritten) {
    die_twice();
    first_.suspected = 1;
    first_.names = first_.fills_the_disk = true;
    start();
    clock_.advance(3s);
    EXPECT_TRUE(stored().alone) << "the disk is full";
    disk_.full = false;
    second_.suspected = 1;
    clock_.advance(2s);
    EXPECT_EQ(stored().alone, std::nullopt);
    EXPECT_EQ(second_.suspected, 0) << "and the others go on";
}

TEST_F(Watching, AMessageThatLeavesItsNameHasItTakenBack) {
    die_twice();
    start();
    book_.write([](store::Tx& tx) { begin_alone(tx, {.kind = Kind::message, .id = 3}); });
    watch_->name_may_stand();
    clock_.advance(2s);
    EXPECT_EQ(stored().alone, std::nullopt);
}

TEST_F(Watching, LooksAgainForWhatBecomesDue) {
    die_twice();
    start();
    clock_.advance(3s);
    first_.suspected = 1;
    clock_.advance(2s);
    EXPECT_EQ(first_.suspected, 0);
}

TEST_F(Watching, TenMinutesOfLifeEndCareAndWakeTheWorkers) {
    die_twice();
    start();
    EXPECT_TRUE(watch_->is_careful());
    clock_.advance(9min + 59s);
    EXPECT_FALSE(stored().settled);
    clock_.advance(2s);
    EXPECT_TRUE(stored().settled);
    EXPECT_FALSE(watch_->is_careful());
    EXPECT_EQ(settled_, 1);
    die();
    start();
    EXPECT_EQ(stored().deaths, 0);
}

TEST_F(Watching, ACleanEndEndsTheRowOfDeaths) {
    die_twice();
    start();
    EXPECT_EQ(stored().deaths, 2);
    stop();
    start();
    EXPECT_EQ(stored().deaths, 0);
    EXPECT_FALSE(watch_->is_careful());
}

TEST_F(Watching, AStopWaitsForTheOneThatGoesAndTriesNoMore) {
    die_twice();
    first_.suspected = 5;
    first_.takes = 10s;
    start();
    bool stopped = false;
    asio::co_spawn(book_.context(), watch_->stop(),
                   [&](const std::exception_ptr&) { stopped = true; });
    clock_.advance(9s);
    EXPECT_FALSE(stopped);
    clock_.advance(2s);
    EXPECT_TRUE(stopped);
    EXPECT_EQ(first_.suspected, 4);
}

asio::awaitable<void> hold(Watch& watch, Clock& clock, Duration length, int& got, int& refused) {
    const auto turn = co_await watch.turn();
    ++(turn ? got : refused);
    co_await clock.sleep_until(clock.now() + length);
}

TEST_F(Watching, AMessageHasItsTurnBetweenTwoOfThem) {
    die_twice();
    first_.suspected = 2;
    start();
    int got = 0;
    int refused = 0;
    asio::co_spawn(book_.context(), hold(*watch_, clock_, 3s, got, refused), asio::detached);
    clock_.advance(10s);
    EXPECT_EQ(got, 1);
    EXPECT_EQ(first_.began, (std::vector{at, at + 4s}));
}

TEST_F(Watching, AMessageWaitsNoLongerThanTheRailDoes) {
    die_twice();
    first_.suspected = 1;
    first_.takes = 10s;
    start();
    int got = 0;
    int refused = 0;
    asio::co_spawn(book_.context(), hold(*watch_, clock_, 1s, got, refused), asio::detached);
    clock_.advance(6s);
    EXPECT_EQ(refused, 1);
    asio::co_spawn(book_.context(), hold(*watch_, clock_, 1s, got, refused), asio::detached);
    clock_.advance(10s);
    EXPECT_EQ(got, 1) << "the next one is not in its place";
}

}  // namespace
}  // namespace lango::runs
