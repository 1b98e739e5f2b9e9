#include "paybill/sweep.hpp"

#include <algorithm>
#include <exception>

#include "ledger/ledger.hpp"
#include "restore/restoration.hpp"
#include "runtime/due_loop.hpp"
#include "suspense/claims.hpp"

namespace lango::paybill {

namespace {

// Where the last sweep got to; the first one begins now. One that got further than now went by a
// clock that was ahead, and what it has really read nobody knows: all that the list reaches is
// read.
Instant begun_at(store::Tx& tx, std::int64_t shortcode, Duration reach, Instant now) {
    tx.run(
        "INSERT INTO paybill_sweeps (shortcode, swept_to) VALUES (?1, ?2) "
        "ON CONFLICT (shortcode) DO NOTHING",
        shortcode, now);
    tx.run("UPDATE paybill_sweeps SET swept_to = ?3 WHERE shortcode = ?1 AND swept_to > ?2",
           shortcode, now + clock_step, now - reach);
    return tx
        .first(
            "SELECT swept_to FROM paybill_sweeps WHERE shortcode = ?1",
            [](const store::Row& row) { return row.instant(0); }, shortcode)
        .value_or(now);
}

// Those whose receipts nobody has booked.
std::vector<rails::PulledPayment> unknown(store::Reader& reader,
                                          const std::vector<rails::PulledPayment>& payments) {
    std::vector<rails::PulledPayment> found;
    for (const auto& payment : payments) {
        if (!payment.unreadable.empty() || !ledger::is_used(reader, payment.receipt))
            found.push_back(payment);
    }
    return found;
}

}  // namespace

// Owned by shared_ptr because its loop holds it; stop() waits for its end.
struct Sweep::Impl : std::enable_shared_from_this<Sweep::Impl> {
    Impl(Parts p, SweepOptions o)
        : parts(std::move(p)),
          options(o),
          loop(parts.clock, {.longest_sleep = runtime::DueLoop::unbounded},
               [this](std::string_view error) { parts.trouble(error); }),
          loops({.executor = parts.executor, .clock = parts.clock}) {}

    Parts parts;
    SweepOptions options;
    runtime::DueLoop loop;
    runtime::TaskGroup loops;
    std::optional<suspense::ClaimTimes> claims;  // that wait
    bool all_of_it = false;                      // as far as it reaches
    Instant since{};  // the last sweep's end, or when somebody gave it a reason for another

    [[nodiscard]] bool has_reason() const {
        return options.every > Duration::zero() || claims || all_of_it;
    }

    [[nodiscard]] Instant due() const {
        // Nothing wakes a sweep that is off but a claim.
        auto pause = options.every > Duration::zero() ? options.every : Duration{day};
        if (claims) {
            pause =
                std::min(pause, new_claim_waits() ? options.claims_every : options.claims_later);
        }
        if (all_of_it) pause = std::min(pause, options.claims_every);
        return since + pause;
    }

    asio::awaitable<Instant> step(Instant now) {
        if (lies_ahead(since, now)) since = Instant{};  // of a clock that was put right
        if (now < due()) co_return due();
        std::string error;
        if (has_reason()) error = co_await runtime::attempt(sweep());
        since = parts.clock.now();
        if (!error.empty()) parts.trouble(error);
        co_return due();
    }

    void begin_anew() {
        since = parts.clock.now();
        loop.wake();
    }

    [[nodiscard]] bool new_claim_waits() const {
        return claims && !has_passed(claims->newest, options.overlap, parts.clock.now());
    }

    // Stretches with a page that nobody could read. The row stays before the first of them, so that
    // a restart reads them; this process need not read again what comes after.
    struct Stretch {
        Instant from{};
        Instant to{};
    };
    std::vector<Stretch> unread;
    Instant unread_due{};  // when they are read again
    std::optional<Instant> read_to;

    void leave(Stretch stretch) {
        std::erase_if(unread, [&](const Stretch& other) {
            const bool meets = other.from <= stretch.to && stretch.from <= other.to;
            if (meets) {
                stretch = {.from = std::min(stretch.from, other.from),
                           .to = std::max(stretch.to, other.to)};
            }
            return meets;
        });
        unread.push_back(stretch);
        const auto now = parts.clock.now();
        if (!is_still_on(unread_due, options.unread_every, now))
            unread_due = now + options.unread_every;
    }

    // As far as everything has been read, when the list was read to there.
    [[nodiscard]] Instant done_to(Instant to) const {
        for (const auto& stretch : unread) to = std::min(to, stretch.from);
        return to;
    }

    // False: the rail is silent, and the rest is for later.
    asio::awaitable<bool> read(Stretch& stretch) {
        auto slice = options.slice;
        while (stretch.from < stretch.to && !loop.is_stopping()) {
            const auto to = std::min(stretch.from + slice, stretch.to);
            const auto came = co_await sweep(stretch.from, to);
            if (came == Part::silent) co_return false;
            if (came == Part::too_long) {
                if (to - stretch.from <= options.slice_min) {
                    throw rails::ListTooLong{"more payments in a few seconds than can be read"};
                }
                slice = std::max(options.slice_min, (to - stretch.from) / 4);
                continue;
            }
            stretch.from = to;
        }
        co_return !loop.is_stopping();
    }

    asio::awaitable<void> read_again(Instant now) {
        const auto oldest = now - options.reach;
        std::erase_if(unread, [&](const Stretch& one) { return one.to <= oldest; });
        if (unread.empty() || is_still_on(unread_due, options.unread_every, now)) co_return;
        unread_due = now + options.unread_every;
        for (auto stretch : std::vector{unread}) {
            // What is read leaves the list, and nothing else does.
            std::erase_if(unread, [&](const Stretch& one) { return one.from == stretch.from; });
            stretch.from = std::max(stretch.from, oldest);
            std::exception_ptr error;
            bool went = false;
            try {
                went = co_await read(stretch);
            } catch (...) {
                error = std::current_exception();
            }
            if (went) continue;
            leave(stretch);
            if (error) std::rethrow_exception(error);
            co_return;
        }
    }

    asio::awaitable<void> sweep() {
        const auto now = parts.clock.now();
        auto from = co_await parts.store.write(
            [shortcode = parts.rail.shortcode(), reach = options.reach, now](store::Tx& tx) {
                return begun_at(tx, shortcode, reach, now);
            });
        if (read_to && lies_ahead(*read_to, now)) read_to.reset();
        if (read_to) from = std::max(from, *read_to);
        if (claims) from = std::min(from, claims->oldest);
        from = std::max(from - options.overlap, now - options.reach);
        const bool back = all_of_it;
        if (back) from = now - options.reach;
        const auto begun = from;
        Stretch fresh{.from = from, .to = now};
        const bool whole = co_await read(fresh);
        read_to = std::max(read_to.value_or(fresh.from), fresh.from);
        if (!whole) co_return;  // later
        co_await read_again(now);
        if (!back || loop.is_stopping()) co_return;
        co_await parts.store.write(
            [begun, now](store::Tx& tx) { restore::note_pulled(tx, begun, now); });
        all_of_it = false;
    }

    enum class Part : std::int8_t { read, silent, too_long };
    asio::awaitable<Part> sweep(Instant from, Instant to) {
        std::optional<std::vector<rails::PulledPayment>> payments;
        try {
            payments = co_await parts.rail.pull(from, to);
        } catch (const rails::ListTooLong&) {
            co_return Part::too_long;
        }
        if (!payments) co_return Part::silent;
        if (!payments->empty() && payments->back().is_page) leave({.from = from, .to = to});
        const auto fresh =
            co_await parts.store.read([payments = std::move(*payments)](store::Reader& reader) {
                return unknown(reader, payments);
            });
        for (const auto& payment : fresh) {
            if (!payment.unreadable.empty()) {
                co_await parts.desk.keep_unreadable(
                    {.door = unreadable::Door::list,
                     .subject = std::to_string(parts.rail.shortcode()),
                     .why = payment.unreadable,
                     .body = payment.raw});
                continue;
            }
            co_await take(payment);
        }
        const auto now = parts.clock.now();
        claims = co_await parts.store.write([shortcode = parts.rail.shortcode(), to = done_to(to),
                                             now, reach = options.reach](store::Tx& tx) {
            // The clock may have been put right while the list was read.
            if (!lies_ahead(to, now)) {
                tx.run(
                    "UPDATE paybill_sweeps SET swept_to = MAX(swept_to, ?2) WHERE shortcode = ?1",
                    shortcode, to);
            }
            suspense::settle_booked_claims(tx, now);
            return suspense::waiting_claims(tx, now - reach);
        });
        co_return Part::read;
    }

    // What the books refuse is kept for a person by then, and hides no other row.
    asio::awaitable<void> take(const rails::PulledPayment& payment) {
        std::string refused;
        try {
            static_cast<void>(co_await parts.desk.take(
                {.receipt = payment.receipt,
                 .amount = payment.amount,
                 .reference = payment.reference,
                 .prompted = payment.prompted,
                 .phone = payment.phone,
                 .order = {},
                 .shortcode = parts.rail.shortcode(),
                 .paid_at = {},
                 .raw = payment.receipt + " " + payment.amount.text() + " " + payment.reference},
                Told::list));
        } catch (const store::Unavailable&) {
            throw;
        } catch (const store::Broken&) {
            throw;
        } catch (const std::exception& error) {
            refused = error.what();
        }
        if (!refused.empty()) parts.trouble(payment.receipt + ": " + refused);
    }

    static constexpr std::chrono::hours day{24};
};

Sweep::Sweep(Parts parts, SweepOptions options)
    : impl_(std::make_shared<Impl>(std::move(parts), options)) {}

Sweep::~Sweep() = default;

asio::awaitable<void> Sweep::start() {
    const auto now = impl_->parts.clock.now();
    // The first start of all is where money begins to be ours to explain.
    impl_->claims =
        co_await impl_->parts.store.write([shortcode = impl_->parts.rail.shortcode(), now,
                                           reach = impl_->options.reach](store::Tx& tx) {
            static_cast<void>(begun_at(tx, shortcode, reach, now));
            suspense::settle_booked_claims(tx, now);
            return suspense::waiting_claims(tx, now - reach);
        });
    impl_->since = now;
    impl_->loop.start(impl_->loops, impl_, "sweep",
                      [self = impl_.get()](Instant at) { return self->step(at); });
}

void Sweep::wake() {
    if (impl_->new_claim_waits()) return;  // it looks soon already
    const auto now = impl_->parts.clock.now();
    impl_->claims = {.oldest = impl_->claims ? impl_->claims->oldest : now, .newest = now};
    impl_->begin_anew();
}

void Sweep::read_back() {
    impl_->all_of_it = true;
    impl_->begin_anew();
}

asio::awaitable<void> Sweep::stop() {
    auto self = impl_;
    self->parts.rail.stop_reading();
    self->loop.stop();
    co_await self->loops.join();
}

}  // namespace lango::paybill
