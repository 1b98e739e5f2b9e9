#include "laws/audit.hpp"

#include <algorithm>
#include <utility>

#include "laws/breaches.hpp"
#include "laws/laws.hpp"
#include "ledger/invariants/balance_scan.hpp"
#include "ledger/verify.hpp"
#include "people/trail.hpp"
#include "runtime/due_loop.hpp"
#include "store/structure.hpp"

namespace lango::laws {

namespace {

// Until the end of its block.
struct Over {
    bool& is;
    ~Over() { is = false; }
};

constexpr Duration retry_after = std::chrono::minutes{5};  // when one did not come to its end
constexpr Duration slice_max = std::chrono::minutes{1};    // a clock that was set counts no more

std::int64_t checked(const std::vector<ledger::Proof>& proofs, std::string_view law) {
    const auto found = std::ranges::find(proofs, law, &ledger::Proof::law);
    return found == proofs.end() ? 0 : static_cast<std::int64_t>(found->checked);
}

std::int64_t count_broken(const AuditResult& result) {
    return std::ranges::count_if(
               result.proofs, [](const ledger::Proof& proof) { return !proof.findings.empty(); }) +
           (result.damage.empty() ? 0 : 1);
}

std::optional<std::string> reason_of(const std::vector<Breach>& breaches) {
    const auto is_new = [](const Breach& breach) {
        return breach.of_money && breach.known_by.empty();
    };
    const auto first = std::ranges::find_if(breaches, is_new);
    if (first == breaches.end()) return std::nullopt;
    const auto more = std::ranges::count_if(breaches, is_new) - 1;
    return "a law of money is broken: " + first->law + ": " + first->said +
           (more == 0 ? "" : ", and " + std::to_string(more) + " more") +
           "; see lango verify, then lango verify --acknowledge";
}

}  // namespace

// Owned by shared_ptr because its loop holds it; stop() waits for its end.
struct Audit::Impl : std::enable_shared_from_this<Audit::Impl> {
    Impl(Parts p, AuditOptions o)
        : parts(std::move(p)),
          options(o),
          loop(parts.clock,
               {.longest_sleep = runtime::DueLoop::unbounded, .retry_after = retry_after},
               [this](std::string_view error) {
                   if (parts.trouble) parts.trouble(error);
               }),
          loops({.executor = parts.executor, .clock = parts.clock}),
          pause(parts.clock.timer()) {}

    Parts parts;
    AuditOptions options;
    runtime::DueLoop loop;
    runtime::TaskGroup loops;
    std::unique_ptr<Timer> pause;  // between two steps of an audit
    bool is_scanning = false;
    bool has_begun = false;  // any audit of this process
    std::optional<AuditResult> last;
    std::optional<std::string> stops;
    std::vector<Breach> stored;  // as they were read last

    // One step of an audit, and how long it took.
    template <class F>
    asio::awaitable<void> step(AuditResult& result, F work) {
        const auto began = parts.clock.now();
        co_await parts.store.read(std::move(work));
        result.busy += std::clamp(parts.clock.now() - began, Duration::zero(), slice_max);
    }

    // So long that the audit has taken no more than its share of the time until then.
    asio::awaitable<void> rest(Duration busy) {
        co_await pass(busy * (100 - options.percent) / options.percent);
    }

    asio::awaitable<void> pass(Duration time) {
        if (time == Duration::zero() || loop.is_stopping()) co_return;
        pause->expires_at(parts.clock.now() + time);
        static_cast<void>(co_await pause->wait());
    }

    // What cannot be read is damage; the next step has a connection of its own.
    template <class F>
    asio::awaitable<bool> step_or_damage(AuditResult& result, F work) {
        std::string damage;
        try {
            co_await step(result, std::move(work));
        } catch (const store::Broken& broken) {
            damage = broken.what();
        }
        const bool went = damage.empty();
        if (!went) {
            result.damage.push_back(std::move(damage));
            result.whole = false;
        }
        co_return went;
    }

    asio::awaitable<void> check_structure(AuditResult& result, bool gently) {
        std::vector<std::string> tables;
        if (!co_await step_or_damage(result, [&tables](store::Reader& reader) {
                tables = store::structure_parts(reader);
            })) {
            co_return;
        }
        const bool is_first = !std::exchange(has_begun, true);
        if (gently && is_first && tables.size() > 1) co_await pass(options.begins_after);
        for (const auto& table : tables) {
            if (loop.is_stopping()) co_return;
            const auto before = result.busy;
            std::vector<std::string> damage;
            co_await step_or_damage(result, [&damage, table](store::Reader& reader) {
                damage = store::damage_of(reader, table);
            });
            for (auto& line : damage) result.damage.push_back(std::move(line));
            if (gently) co_await rest(result.busy - before);
        }
    }

    // Nothing where that cannot be noted or read, or another audit is at it: then the walk proves
    // it in one snapshot.
    asio::awaitable<std::vector<ledger::Proof>> scan_balances(AuditResult& result, bool gently) {
        ledger::BalanceScan scan;
        std::vector<ledger::Proof> proved;
        // What is booked is noted for one at a time.
        if (std::exchange(is_scanning, true)) co_return proved;
        const Over over{is_scanning};
        if (!co_await noted(&ledger::BalanceScan::begin)) co_return proved;
        while (!scan.proof() && !loop.is_stopping()) {
            const auto before = result.busy;
            const bool went = co_await step_or_damage(
                result, [&scan](store::Reader& reader) { scan.step(reader); });
            if (!went) break;
            if (gently) co_await rest(result.busy - before);
        }
        co_await noted(&ledger::BalanceScan::end);
        if (scan.proof()) proved.push_back(*scan.proof());
        co_return proved;
    }

    asio::awaitable<bool> noted(void (*command)(store::Tx& tx)) {
        try {
            co_await parts.store.write(command);
            co_return true;
        } catch (const std::exception&) {
            co_return false;
        }
    }

    asio::awaitable<void> prove_laws(AuditResult& result, bool gently) {
        auto balances = co_await scan_balances(result, gently);
        ledger::Walk walk{all(), ledger::slice_size, std::move(balances)};
        while (!walk.is_done() && !loop.is_stopping()) {
            const auto before = result.busy;
            const bool went = co_await step_or_damage(
                result, [&walk](store::Reader& reader) { walk.step(reader); });
            if (!went) break;
            if (gently) co_await rest(result.busy - before);
        }
        result.proofs = walk.take();
    }

    // Nothing when it was stopped before its end.
    asio::awaitable<std::optional<AuditResult>> prove(bool gently) {
        AuditResult result;
        result.began_at = parts.clock.now();
        co_await check_structure(result, gently);
        co_await prove_laws(result, gently);
        if (loop.is_stopping()) co_return std::nullopt;
        result.merchants = co_await parts.store.read([](store::Reader& reader) {
            return reader
                .first("SELECT COUNT(*) FROM merchants",
                       [](const store::Row& row) { return row.integer(0); })
                .value_or(0);
        });
        result.payments = checked(result.proofs, "OpenIsDueOrFlagged");
        result.postings = checked(result.proofs, "BookingsAreOfTheirPayment");
        result.broken = count_broken(result);
        result.ended_at = parts.clock.now();
        co_await keep_result(result);
        co_return result;
    }

    // Where nothing can be written any more the breaches count in memory, but for those that a
    // person knew of before.
    asio::awaitable<void> keep_result(const AuditResult& result) {
        std::vector<Breach> fresh;
        std::string error;
        try {
            fresh = co_await parts.store.write(
                [&result](store::Tx& tx) { return laws::keep(tx, result); });
            co_await load();
        } catch (const std::exception& broken) {
            error = broken.what();
        }
        if (!error.empty()) {
            fresh = standing(result, stored);
            stops = reason_of(fresh);
            std::erase_if(fresh, [&](const Breach& breach) { return was_stored(breach); });
            if (parts.trouble) parts.trouble(error);
        }
        last = result;
        if (parts.ended) parts.ended(result, fresh);
    }

    [[nodiscard]] bool was_stored(const Breach& breach) const {
        return std::ranges::any_of(stored, [&](const Breach& known) {
            return known.law == breach.law && known.subject == breach.subject &&
                   known.said == breach.said;
        });
    }

    asio::awaitable<void> load() {
        stored = co_await parts.store.write([](store::Tx& tx) { return stored_breaches(tx); });
        stops = reason_of(stored);
    }

    asio::awaitable<Instant> audit_once() {
        static_cast<void>(co_await prove(true));
        co_return parts.clock.now() + options.every;
    }
};

Audit::Audit(Parts parts, AuditOptions options)
    : impl_(std::make_shared<Impl>(std::move(parts), options)) {}

Audit::~Audit() = default;

asio::awaitable<void> Audit::start() {
    const auto self = impl_;
    co_await self->load();
    static_cast<void>(co_await self->noted(&ledger::BalanceScan::end));  // of the last run
    self->last =
        co_await self->parts.store.read([](store::Reader& reader) { return last_audit(reader); });
    if (self->options.every == Duration::zero()) co_return;
    self->loop.start(self->loops, self, "audit",
                     [it = self.get()](Instant) { return it->audit_once(); });
}

asio::awaitable<void> Audit::stop() {
    const auto self = impl_;
    self->loop.stop();
    self->pause->cancel();
    co_await self->loops.join();
}

asio::awaitable<AuditResult> Audit::prove_now() {
    const auto self = impl_;
    auto result = co_await self->prove(false);
    if (!result) throw store::Unavailable{"the gateway is stopping"};
    co_return std::move(*result);
}

std::optional<AuditResult> Audit::last() const { return impl_->last; }

std::optional<std::string> Audit::stops() const { return impl_->stops; }

asio::awaitable<std::vector<Breach>> Audit::breaches() {
    return impl_->parts.store.write([](store::Tx& tx) { return stored_breaches(tx); });
}

asio::awaitable<std::optional<std::int64_t>> Audit::acknowledge(std::string who, std::string seen) {
    const auto self = impl_;
    const auto now = self->parts.clock.now();
    const auto changed = co_await self->parts.store.write(
        [who = std::move(who), seen = std::move(seen), now](store::Tx& tx) {
            const auto count = laws::acknowledge(tx, who, seen, now);
            if (count) {
                people::record(tx, now, who, "breaches acknowledged", "verify",
                               std::to_string(*count) + ", code " + seen);
            }
            return count;
        });
    co_await self->load();
    co_return changed;
}

}  // namespace lango::laws
