#include "deposits/worker.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "deposits/list_reader.hpp"
#include "deposits/phone_guard.hpp"
#include "deposits/record_push.hpp"
#include "deposits/take.hpp"
#include "runtime/due_loop.hpp"
#include "store/try_write.hpp"

namespace lango::deposits {

namespace {

Instant sooner(Instant a, std::optional<Instant> b) { return b ? std::min(a, *b) : a; }

}  // namespace

// Owned by shared_ptr because what it runs holds it; stop() waits for all of it.
struct Worker::Impl : std::enable_shared_from_this<Worker::Impl> {
    Impl(Parts p, WorkerOptions o)
        : parts(std::move(p)),
          options(o),
          loop(parts.clock, {}, [this](std::string_view error) { parts.trouble("take", error); }),
          loops(group_parts()),
          pushes(group_parts()),
          checks(group_parts()),
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
    runtime::DueLoop loop;
    runtime::TaskGroup loops;  // the one above
    runtime::TaskGroup pushes;
    runtime::TaskGroup checks;
    ListReader list;
    bool starved = false;  // more was due than there was room for
    Instant checks_at{};   // no question is due before

    Instant prune_at{};          // when phones that no longer matter are looked for next
    std::int64_t pruned_to = 0;  // the last phone looked at

    static constexpr Duration longest_sleep = std::chrono::minutes{1};
    static constexpr Duration prune_pause = std::chrono::milliseconds{50};

    runtime::TaskGroup::Parts group_parts() {
        return {.executor = parts.executor,
                .clock = parts.clock,
                .escaped = [this](std::string_view task,
                                  std::string_view error) { task_failed(task, error); },
                .ended =
                    [this] {
                        if (starved) loop.wake();
                    }};
    }

    // A row that says pushing becomes unknown when its time is over, never a second push.
    void task_failed(std::string_view task, std::string_view error) const {
        const auto space = task.find(' ');
        parts.trouble(task.substr(0, space),
                      std::string{task.substr(space + 1)} + ": " + std::string{error});
    }

    [[nodiscard]] bool busy() const { return loops.size() + pushes.size() + checks.size() > 0; }

    template <class F>
    asio::awaitable<std::invoke_result_t<F&, store::Tx&>> take(F command) {
        const auto away = [this](std::int64_t id, std::string why) -> asio::awaitable<void> {
            co_await parts.store.write([id, &why, now = parts.clock.now()](store::Tx& tx) {
                set_aside(tx, DepositId{id}, why, now);
            });
            parts.trouble("set aside", hex16(id) + ": " + why);
            checks_at = Instant{};
            loop.wake();
        };
        co_return co_await store::write_rows(parts.store, std::move(command), away);
    }

    // Takes and starts what is due; returns when to look again.
    asio::awaitable<Instant> step(Instant now) {
        starved = false;
        auto next = now + longest_sleep;
        co_await mind_the_clock(now);
        next = sooner(next, co_await start_pushes(now));
        next = sooner(next, co_await start_checks(now));
        next = sooner(next, co_await prune(now));
        co_return next;
    }

    // No sleep is longer than the longest: what lies further ahead was put there by a clock that
    // has gone back since.
    asio::awaitable<void> mind_the_clock(Instant now) {
        if (checks_at <= now + longest_sleep && prune_at <= now + longest_sleep) co_return;
        checks_at = now;
        prune_at = now;
        co_await parts.store.write(
            [timing = options.timing, spacing = spacing(parts.rail.capabilities()),
             now](store::Tx& tx) { bound_due_times(tx, timing, spacing, now); });
    }

    // The rail has a push: it is asked about after a while, which may be before the loop would
    // look.
    void ask_later(Instant now) {
        const auto due = now + options.timing.query_after;
        checks_at = std::min(checks_at, due);
        loop.look_by(due);
    }

    asio::awaitable<std::optional<Instant>> start_pushes(Instant now) {
        const auto room = pushes.room(options.pushes_in_flight_max);
        starved = room == 0;
        if (starved) co_return std::nullopt;  // a push that ends wakes the loop
        const auto allowance = parts.rail.allowance(now);
        if (allowance.pushes == 0) {
            starved = true;  // the end of a push may let more go than it did before
            co_return allowance.retry_at;
        }
        const auto limit = std::min(room, allowance.pushes);
        auto taken = co_await take(
            [limit, timing = options.timing, shortcode = parts.rail.shortcode(),
             now](store::Tx& tx) { return take_pushes(tx, limit, timing, shortcode, now); });
        LANGO_CHECK(taken.pushes.size() <= limit, "no more is pushed than the rail allows");
        parts.rail.spend(taken.pushes.size());
        for (const auto& push : taken.pushes) {
            pushes.spawn(shared_from_this(), "push " + hex16(push.deposit.value()), push_one(push));
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

    asio::awaitable<void> push_one(rails::Push push) {
        auto answer = co_await parts.rail.push(push);
        const auto now = parts.clock.now();
        const bool goes_again = answer.outcome == rails::Submitted::not_submitted;
        if (answer.alert && parts.alert) parts.alert("push", answer.code);
        co_await parts.store.write(
            [id = push.deposit, answer = std::move(answer), timing = options.timing,
             now](store::Tx& tx) { record_push(tx, id, answer, timing, now); });
        if (goes_again)
            loop.wake();  // it is due sooner than the loop knew
        else
            ask_later(now);
    }

    asio::awaitable<std::optional<Instant>> start_checks(Instant now) {
        if (now < checks_at) co_return checks_at;
        const auto room = checks.room(options.checks_in_flight_max);
        if (room == 0) {
            starved = true;
            co_return std::nullopt;
        }
        const auto allowance = parts.rail.question_allowance(now);
        if (allowance.pushes == 0) co_return allowance.retry_at;
        checks_at = now + longest_sleep;
        auto taken =
            co_await take([limit = std::min(room, allowance.pushes), timing = options.timing,
                           capabilities = parts.rail.capabilities(), now](store::Tx& tx) {
                return take_checks(tx, limit, timing, capabilities, now);
            });
        std::vector<Check> to_pull;
        for (auto& check : taken.checks) {
            if (!check.by_query) {
                to_pull.push_back(std::move(check));
                continue;
            }
            parts.rail.spend_questions(1);
            auto name = "query " + hex16(check.id.value());
            checks.spawn(shared_from_this(), std::move(name), query_one(std::move(check)));
        }
        list.ask(std::move(to_pull));
        if (list.has_work()) checks.spawn(shared_from_this(), "list", list.read());
        if (taken.next_due && *taken.next_due <= now) {
            checks_at = now;
            // What the list answers takes no room.
            if (checks.room(options.checks_in_flight_max) > 0) co_return now;
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

    asio::awaitable<void> query_one(Check check) {
        auto seen = co_await parts.rail.query(check.checkout_request_id);
        if (seen) static_cast<void>(co_await parts.observer.observe(check.id, std::move(*seen)));
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
            bound_due_times(tx, timing, spacing, now);
            give_up_submissions(tx, now);
        });
    impl_->loop.start(impl_->loops, impl_, "loop",
                      [self = impl_.get()](Instant at) { return self->step(at); });
}

asio::awaitable<runs::Tried> Worker::try_alone() {
    auto self = impl_;
    // The list is read for many: not beside one that goes alone.
    if (self->loop.is_stopping() || self->list.is_reading()) co_return runs::Tried::waiting;
    auto taken = co_await self->parts.store.write([timing = self->options.timing,
                                                   capabilities = self->parts.rail.capabilities(),
                                                   now = self->parts.clock.now()](store::Tx& tx) {
        return take_alone(tx, timing, capabilities, now);
    });
    if (!taken.any) co_return runs::Tried::waiting;
    if (!taken.check) co_return runs::Tried::one;
    if (taken.check->by_query) {
        self->parts.rail.spend_questions(1);
        auto name = "query " + hex16(taken.check->id.value());
        co_await self->checks.run(self, std::move(name), self->query_one(std::move(*taken.check)));
    } else {
        self->list.ask({std::move(*taken.check)});
        if (self->list.has_work()) co_await self->checks.run(self, "list", self->list.read());
    }
    co_return runs::Tried::one;
}

void Worker::wake() { impl_->loop.wake(); }

void Worker::wake_checks() {
    impl_->checks_at = Instant{};
    impl_->loop.wake();
}

asio::awaitable<void> Worker::stop() {
    while (!co_await drain(std::chrono::minutes{1})) {
    }
}

asio::awaitable<bool> Worker::drain(Duration at_most) {
    auto self = impl_;
    const auto until = self->parts.clock.now() + at_most;
    self->list.stop();
    self->loop.stop();
    for (auto* group : {&self->loops, &self->pushes, &self->checks}) {
        static_cast<void>(co_await group->join(until));
    }
    co_return !self->busy();
}

}  // namespace lango::deposits
