#include "deposits/worker.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "deposits/list_reader.hpp"
#include "deposits/phone_guard.hpp"
#include "deposits/record_push.hpp"
#include "deposits/take.hpp"

namespace lango::deposits {

namespace {

Instant sooner(Instant a, std::optional<Instant> b) { return b ? std::min(a, *b) : a; }

}  // namespace

// Owned by shared_ptr because the spawned pushes hold it; stop() waits for all of them.
struct Worker::Impl : std::enable_shared_from_this<Worker::Impl> {
    Impl(Parts p, WorkerOptions o)
        : parts(std::move(p)),
          options(o),
          timer(parts.clock.timer()),
          idle(parts.clock.timer()),
          list({.rail = parts.rail,
                .clock = parts.clock,
                .observer = parts.observer,
                .trouble = parts.trouble}) {
        // A push that is still under way is never called lost.
        options.timing.push_timeout =
            std::max(o.timing.push_timeout, parts.rail.capabilities().push_max);
    }

    Parts parts;
    WorkerOptions options;
    std::unique_ptr<Timer> timer;  // the loop's sleep
    std::unique_ptr<Timer> idle;   // stop()'s wait
    ListReader list;
    bool stopping = false;
    bool woken = false;
    bool starved = false;  // more was due than there was room for
    Instant checks_at{};   // no question is due before
    Instant sleeps_to{};   // when the loop looks again by itself; no end: it is looking
    bool looping = false;
    std::size_t pushes = 0;
    std::size_t checks = 0;

    Instant prune_at{};          // when phones that no longer matter are looked for next
    std::int64_t pruned_to = 0;  // the last phone looked at

    static constexpr Duration longest_sleep = std::chrono::minutes{1};
    static constexpr Duration prune_pause = std::chrono::milliseconds{50};

    void wake() {
        woken = true;
        timer->cancel();
    }

    [[nodiscard]] bool busy() const { return looping || pushes > 0 || checks > 0; }

    void task_ended() {
        if (starved || stopping) wake();
        if (stopping) idle->cancel();
    }

    asio::awaitable<void> loop() {
        looping = true;
        while (!stopping) {
            woken = false;
            starved = false;
            sleeps_to = Instant::max();
            const auto next = co_await step();
            if (stopping || woken) continue;
            sleeps_to = next;
            timer->expires_at(next);
            static_cast<void>(co_await timer->wait());
        }
        looping = false;
        idle->cancel();
    }

    // Takes and starts what is due; returns when to look again.
    asio::awaitable<Instant> step() {
        const auto now = parts.clock.now();
        auto next = now + longest_sleep;
        std::string error;
        try {
            co_await mind_the_clock(now);
            next = sooner(next, co_await start_pushes(now));
            next = sooner(next, co_await start_checks(now));
            next = sooner(next, co_await prune(now));
        } catch (const std::exception& broken) {
            error = broken.what();
        }
        if (!error.empty()) {
            parts.trouble("take", error);
            next = now + std::chrono::seconds{1};
        }
        co_return next;
    }

    // No sleep is longer than the longest: what lies further ahead was put there by a clock that
    // has gone back since.
    asio::awaitable<void> mind_the_clock(Instant now) {
        if (checks_at <= now + longest_sleep && prune_at <= now + longest_sleep) co_return;
        checks_at = now;
        prune_at = now;
        co_await parts.store.write(
            [timing = options.timing, now](store::Tx& tx) { bound_due_times(tx, timing, now); });
    }

    // The rail has a push: it is asked about after a while, which may be before the loop would
    // look.
    void ask_later(Instant now) {
        const auto due = now + options.timing.query_after;
        checks_at = std::min(checks_at, due);
        if (due < std::min(sleeps_to, now + longest_sleep)) wake();
    }

    asio::awaitable<std::optional<Instant>> start_pushes(Instant now) {
        const auto room =
            options.pushes_in_flight_max - std::min(pushes, options.pushes_in_flight_max);
        starved = room == 0;
        if (starved) co_return std::nullopt;  // a push that ends wakes the loop
        const auto allowance = parts.rail.allowance(now);
        if (allowance.pushes == 0) {
            starved = true;  // the end of a push may let more go than it did before
            co_return allowance.retry_at;
        }
        const auto limit = std::min(room, allowance.pushes);
        auto taken = co_await parts.store.write(
            [limit, timing = options.timing, shortcode = parts.rail.shortcode(),
             now](store::Tx& tx) { return take_pushes(tx, limit, timing, shortcode, now); });
        parts.rail.spend(taken.pushes.size());
        for (const auto& push : taken.pushes) {
            ++pushes;
            asio::co_spawn(parts.executor, push_one(shared_from_this(), push), asio::detached);
        }
        // Due already and not taken: the room or the allowance is used up, and both say when next.
        if (taken.next_due && *taken.next_due <= now) {
            if (taken.pushes.empty()) co_return now;  // all of it was too old, and there is more
            starved = true;
            const auto later = parts.rail.allowance(now);
            co_return later.pushes == 0 ? std::optional{later.retry_at} : std::nullopt;
        }
        co_return taken.next_due;
    }

    static asio::awaitable<void> push_one(std::shared_ptr<Impl> self, rails::Push push) {
        std::string error;
        try {
            auto answer = co_await self->parts.rail.push(push);
            const auto now = self->parts.clock.now();
            const bool goes_again = answer.outcome == rails::Submitted::not_submitted;
            if (answer.alert && self->parts.alert) self->parts.alert("push", answer.code);
            co_await self->parts.store.write(
                [id = push.deposit, answer = std::move(answer), timing = self->options.timing,
                 now](store::Tx& tx) { record_push(tx, id, answer, timing, now); });
            if (goes_again)
                self->wake();  // it is due sooner than the loop knew
            else
                self->ask_later(now);
        } catch (const std::exception& broken) {
            // The row says pushing: it becomes unknown when its time is over, never a second push.
            error = broken.what();
        }
        if (!error.empty()) self->parts.trouble("push", hex16(push.deposit.value()) + ": " + error);
        --self->pushes;
        self->task_ended();
    }

    asio::awaitable<std::optional<Instant>> start_checks(Instant now) {
        if (now < checks_at) co_return checks_at;
        const auto room =
            options.checks_in_flight_max - std::min(checks, options.checks_in_flight_max);
        if (room == 0) {
            starved = true;
            co_return std::nullopt;
        }
        checks_at = now + longest_sleep;
        auto taken = co_await parts.store.write(
            [room, timing = options.timing, capabilities = parts.rail.capabilities(),
             now](store::Tx& tx) { return take_checks(tx, room, timing, capabilities, now); });
        std::vector<Check> to_pull;
        for (auto& check : taken.checks) {
            if (!check.by_query) {
                to_pull.push_back(std::move(check));
                continue;
            }
            ++checks;
            asio::co_spawn(parts.executor, query_one(shared_from_this(), std::move(check)),
                           asio::detached);
        }
        list.ask(std::move(to_pull));
        if (list.has_work()) {
            ++checks;
            asio::co_spawn(parts.executor, read_list(shared_from_this()), asio::detached);
        }
        if (taken.next_due && *taken.next_due <= now) {
            checks_at = now;
            // What the list answers takes no room.
            if (checks < options.checks_in_flight_max) co_return now;
            starved = true;
            co_return std::nullopt;
        }
        checks_at = sooner(checks_at, taken.next_due);
        co_return checks_at;
    }

    // A slice at a time, so that nobody waits long for the writer.
    asio::awaitable<Instant> prune(Instant now) {
        if (now < prune_at) co_return prune_at;
        pruned_to = co_await parts.store.write(
            [after = pruned_to, spacing = spacing(parts.rail.capabilities()), now](store::Tx& tx) {
                return prune_guards(tx, spacing, now, after);
            });
        prune_at = now + (pruned_to == 0 ? longest_sleep : prune_pause);
        co_return prune_at;
    }

    static asio::awaitable<void> query_one(std::shared_ptr<Impl> self, Check check) {
        std::string error;
        try {
            auto seen = co_await self->parts.rail.query(check.checkout_request_id);
            if (seen) {
                static_cast<void>(
                    co_await self->parts.observer.observe(check.id, std::move(*seen)));
            }
        } catch (const std::exception& broken) {
            error = broken.what();
        }
        if (!error.empty()) self->parts.trouble("query", hex16(check.id.value()) + ": " + error);
        --self->checks;
        self->task_ended();
    }

    static asio::awaitable<void> read_list(std::shared_ptr<Impl> self) {
        co_await self->list.read();
        --self->checks;
        self->task_ended();
    }
};

Worker::Worker(Parts parts, WorkerOptions options)
    : impl_(std::make_shared<Impl>(std::move(parts), options)) {}

Worker::~Worker() = default;

asio::awaitable<void> Worker::start() {
    const auto now = impl_->parts.clock.now();
    co_await impl_->parts.store.write(
        [now, timing = impl_->options.timing,
         spacing = spacing(impl_->parts.rail.capabilities())](store::Tx& tx) {
            rebuild_guards(tx, spacing, now);
            bound_due_times(tx, timing, now);
            give_up_submissions(tx, now);
        });
    asio::co_spawn(
        impl_->parts.executor,
        [](std::shared_ptr<Impl> self) -> asio::awaitable<void> { co_await self->loop(); }(impl_),
        asio::detached);
}

asio::awaitable<runs::Tried> Worker::try_alone() {
    auto self = impl_;
    // The list is read for many: not beside one that goes alone.
    if (self->stopping || self->list.is_reading()) co_return runs::Tried::waiting;
    auto taken = co_await self->parts.store.write([timing = self->options.timing,
                                                   capabilities = self->parts.rail.capabilities(),
                                                   now = self->parts.clock.now()](store::Tx& tx) {
        return take_alone(tx, timing, capabilities, now);
    });
    if (!taken.any) co_return runs::Tried::waiting;
    if (!taken.check) co_return runs::Tried::one;
    if (taken.check->by_query) {
        ++self->checks;
        co_await Impl::query_one(self, std::move(*taken.check));
    } else {
        self->list.ask({std::move(*taken.check)});
        if (self->list.has_work()) {
            ++self->checks;
            co_await Impl::read_list(self);
        }
    }
    co_return runs::Tried::one;
}

void Worker::wake() { impl_->wake(); }

void Worker::wake_checks() {
    impl_->checks_at = Instant{};
    impl_->wake();
}

asio::awaitable<void> Worker::stop() {
    while (!co_await drain(std::chrono::minutes{1})) {
    }
}

asio::awaitable<bool> Worker::drain(Duration at_most) {
    auto self = impl_;
    const auto until = self->parts.clock.now() + at_most;
    self->stopping = true;
    self->list.stop();
    self->wake();
    while (self->busy() && self->parts.clock.now() < until) {
        self->idle->expires_at(until);
        static_cast<void>(co_await self->idle->wait());
    }
    co_return !self->busy();
}

}  // namespace lango::deposits
