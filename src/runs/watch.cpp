#include "runs/watch.hpp"

#include <algorithm>
#include <list>

#include "runtime/due_loop.hpp"

namespace lango::runs {

namespace {

using namespace std::chrono_literals;

constexpr Duration pause = 1s;         // while nothing that is suspected is due
constexpr Duration try_again = 1min;   // when the store could not be written
constexpr Duration longest_wait = 1h;  // for a turn: each one ends

}  // namespace

// Owned by shared_ptr because its loop and the turns hold it; stop() waits for the loop.
struct Watch::Impl : std::enable_shared_from_this<Watch::Impl> {
    explicit Impl(Parts p)
        : parts(std::move(p)),
          loop(parts.clock, {.longest_sleep = runtime::DueLoop::unbounded, .retry_after = pause},
               [this](std::string_view error) { parts.trouble(error); }),
          loops({.executor = parts.executor, .clock = parts.clock}) {}

    Parts parts;
    runtime::DueLoop loop;
    runtime::TaskGroup loops;
    Run run{.settled = true};
    Instant lived_at{};  // then it has lived long enough
    bool begun = false;
    bool taken = false;  // something goes alone
    bool named = false;  // the row `run` may name what has come to its end
    struct Place;
    std::list<Place*> waiting;  // for its end, the first first

    // Whoever waits for his turn; out of the row again however his waiting ends.
    struct Place {
        explicit Place(Impl& of)
            : row(of.waiting), at(row.insert(row.end(), this)), timer(of.parts.clock.timer()) {}
        ~Place() {
            if (!has_turn) row.erase(at);
        }
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;
        std::list<Place*>& row;
        std::list<Place*>::iterator at;
        std::unique_ptr<Timer> timer;
        bool has_turn = false;  // and is out of the row
    };

    // False: it took too long.
    asio::awaitable<bool> take_turn(Duration at_most) {
        if (!taken) {
            taken = true;
            co_return true;
        }
        const Place place{*this};
        place.timer->expires_at(parts.clock.now() + at_most);
        static_cast<void>(co_await place.timer->wait());
        co_return place.has_turn;
    }
    void give_turn() {
        if (waiting.empty()) {
            taken = false;
            return;
        }
        auto* next = waiting.front();
        waiting.pop_front();
        next->has_turn = true;  // `taken` stays as it is
        next->timer->cancel();
    }

    // Until it has lived long enough.
    asio::awaitable<Instant> step(Instant now) {
        if (now >= lived_at) {
            if (!co_await settle()) lived_at = now + try_again;
            if (run.settled) {
                parts.settled();
                loop.stop();
            }
            co_return lived_at;
        }
        if (!runs::is_careful(run)) co_return lived_at;
        if (co_await one_round()) co_return now;
        co_return std::min(now + pause, lived_at);
    }

    // Whether any worker had one.
    asio::awaitable<bool> one_round() {
        bool tried = false;
        for (const auto& try_one : parts.workers) {
            if (loop.is_stopping() || parts.clock.now() >= lived_at) break;
            if (!co_await take_turn(longest_wait)) continue;
            auto error = co_await runtime::attempt(try_named(try_one, tried));
            if (!error.empty()) named = true;
            if (error.empty()) error = co_await runtime::attempt(take_back_name());
            give_turn();
            if (!error.empty()) {
                parts.trouble(error);
                co_return false;  // not at once again
            }
        }
        co_return tried;
    }

    // The next death is not its.
    asio::awaitable<void> take_back_name() {
        if (!named) co_return;
        const auto stands = co_await parts.store.read(
            [](store::Reader& reader) { return current(reader).alone.has_value(); });
        if (stands) co_await parts.store.write([](store::Tx& tx) { end_alone(tx); });
        named = false;
    }
    asio::awaitable<void> try_named(const TryOne& try_one, bool& tried) {
        co_await take_back_name();
        const auto came = co_await try_one();
        named = came == Tried::one;
        if (named) tried = true;
    }

    asio::awaitable<bool> settle() {
        const auto error = co_await runtime::attempt(write_settled());
        if (!error.empty()) parts.trouble(error);
        co_return error.empty();
    }
    asio::awaitable<void> write_settled() {
        co_await parts.store.write(
            [now = parts.clock.now()](store::Tx& tx) { runs::settle(tx, now); });
        run.settled = true;
    }
};

Watch::Watch(Parts parts) : impl_(std::make_shared<Impl>(std::move(parts))) {}

Watch::~Watch() { impl_->loop.stop(); }

void Watch::start(const Run& run) {
    impl_->run = run;
    impl_->begun = true;
    impl_->lived_at = impl_->parts.clock.now() + long_enough;
    if (run.settled) return;
    impl_->loop.start(impl_->loops, impl_, "runs",
                      [self = impl_.get()](Instant at) { return self->step(at); });
}

bool Watch::is_careful() const { return runs::is_careful(impl_->run); }

asio::awaitable<std::optional<Watch::Turn>> Watch::turn(Duration at_most) {
    auto self = impl_;
    if (!co_await self->take_turn(at_most)) co_return std::nullopt;
    co_return Turn{std::move(self)};
}

void Watch::name_may_stand() { impl_->named = true; }

asio::awaitable<void> Watch::stop() {
    auto self = impl_;
    self->loop.stop();
    co_await self->loops.join();
}

asio::awaitable<void> Watch::end() {
    auto self = impl_;
    if (self->begun) static_cast<void>(co_await self->settle());
}

Watch::Turn::Turn(std::shared_ptr<Impl> of) : of_(std::move(of)) {}

Watch::Turn::~Turn() {
    if (of_) of_->give_turn();
}

}  // namespace lango::runs
