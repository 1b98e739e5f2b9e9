#include "paybill/sweep.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "ledger/ledger.hpp"
#include "restore/restoration.hpp"
#include "suspense/claims.hpp"

namespace lango::paybill {

namespace {

// Where the last sweep got to; the first one begins now.
Instant begun_at(store::Tx& tx, std::int64_t shortcode, Instant now) {
    tx.run(
        "INSERT INTO paybill_sweeps (shortcode, swept_to) VALUES (?1, ?2) "
        "ON CONFLICT (shortcode) DO NOTHING",
        shortcode, now);
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

// Owned by shared_ptr because the spawned loop holds it; stop() waits for its end.
struct Sweep::Impl : std::enable_shared_from_this<Sweep::Impl> {
    Impl(Parts p, SweepOptions o)
        : parts(std::move(p)), options(o), timer(parts.clock.timer()), idle(parts.clock.timer()) {}

    Parts parts;
    SweepOptions options;
    std::unique_ptr<Timer> timer;
    std::unique_ptr<Timer> idle;
    bool stopping = false;
    std::optional<suspense::ClaimTimes> claims;  // that wait
    bool looping = false;
    bool all_of_it = false;  // as far as it reaches

    asio::awaitable<void> loop() {
        while (!stopping) {
            // Nothing wakes a sweep that is off but a claim.
            auto pause = options.every > Duration::zero() ? options.every : Duration{day};
            if (claims) {
                pause = std::min(pause,
                                 new_claim_waits() ? options.claims_every : options.claims_later);
            }
            if (all_of_it) pause = std::min(pause, options.claims_every);
            timer->expires_at(parts.clock.now() + pause);
            if (!co_await timer->wait()) continue;
            if (stopping || (options.every == Duration::zero() && !claims && !all_of_it)) continue;
            std::string error;
            try {
                co_await sweep();
            } catch (const std::exception& broken) {
                error = broken.what();
            }
            if (!error.empty()) parts.trouble(error);
        }
        looping = false;
        idle->cancel();
    }

    [[nodiscard]] bool new_claim_waits() const {
        return claims && parts.clock.now() - claims->newest < options.overlap;
    }

    asio::awaitable<void> sweep() {
        const auto now = parts.clock.now();
        auto from =
            co_await parts.store.write([shortcode = parts.rail.shortcode(), now](store::Tx& tx) {
                return begun_at(tx, shortcode, now);
            });
        if (claims) from = std::min(from, claims->oldest);
        from = std::max(from - options.overlap, now - options.reach);
        const bool back = all_of_it;
        if (back) from = now - options.reach;
        const auto begun = from;
        auto slice = options.slice;
        while (from < now && !stopping) {
            const auto to = std::min(from + slice, now);
            const auto came = co_await sweep(from, to);
            if (came == Part::silent) co_return;  // later
            if (came == Part::too_long) {
                if (to - from <= options.slice_min) {
                    throw rails::ListTooLong{"more payments in a few seconds than can be read"};
                }
                slice = std::max(options.slice_min, (to - from) / 4);
                continue;
            }
            from = to;
        }
        if (!back || stopping) co_return;
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
        }
        const auto now = parts.clock.now();
        claims = co_await parts.store.write([shortcode = parts.rail.shortcode(), to, now,
                                             reach = options.reach](store::Tx& tx) {
            tx.run("UPDATE paybill_sweeps SET swept_to = MAX(swept_to, ?2) WHERE shortcode = ?1",
                   shortcode, to);
            suspense::settle_booked_claims(tx, now);
            return suspense::waiting_claims(tx, now - reach);
        });
        co_return Part::read;
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
            static_cast<void>(begun_at(tx, shortcode, now));
            return suspense::waiting_claims(tx, now - reach);
        });
    impl_->looping = true;
    asio::co_spawn(
        impl_->parts.executor,
        [](std::shared_ptr<Impl> self) -> asio::awaitable<void> { co_await self->loop(); }(impl_),
        asio::detached);
}

void Sweep::wake() {
    if (impl_->new_claim_waits()) return;  // it looks soon already
    const auto now = impl_->parts.clock.now();
    impl_->claims = {.oldest = impl_->claims ? impl_->claims->oldest : now, .newest = now};
    impl_->timer->cancel();
}

void Sweep::read_back() {
    impl_->all_of_it = true;
    impl_->timer->cancel();
}

asio::awaitable<void> Sweep::stop() {
    auto self = impl_;
    self->stopping = true;
    self->parts.rail.stop_reading();
    self->timer->cancel();
    while (self->looping) {
        self->idle->expires_at(self->parts.clock.now() + std::chrono::minutes{1});
        static_cast<void>(co_await self->idle->wait());
    }
}

}  // namespace lango::paybill
