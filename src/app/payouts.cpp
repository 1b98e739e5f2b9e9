#include "app/payouts.hpp"

#include "backoffice/withdrawal_text.hpp"
#include "laws/payout.hpp"
#include "ops/logging.hpp"
#include "people/trail.hpp"
#include "withdrawals/backlog.hpp"
#include "withdrawals/payout_float.hpp"

namespace lango::app {

using namespace std::chrono_literals;
using withdrawals::Settled;

namespace {

// The initiator's password lives 90 days (daraja.md 5.2).
constexpr std::int64_t password_alarm_days = 14;

constexpr const char* law_is_broken =
    "A law of money is broken: payouts stand still until an audit proves it again, or until an "
    "operator says that he knows of it. See lango verify, then lango verify --acknowledge --as "
    "NAME.";

std::int64_t days_between(Instant from, Instant to) {
    return std::chrono::floor<std::chrono::days>(to - from).count();
}

std::function<void(std::string_view, std::string_view)> log_trouble() {
    return [](std::string_view operation, std::string_view error) {
        log::error("withdrawals", "a step could not be recorded",
                   {{"operation", operation}, {"error", error}});
    };
}

}  // namespace

Payouts::Payouts(Parts parts, PayoutSetup setup)
    : parts_(std::move(parts)),
      setup_(std::move(setup)),
      rail_(setup_.rail, parts_.app, parts_.clock, parts_.master, parts_.rail_noticed),
      settler_({.store = parts_.store,
                .clock = parts_.clock,
                .ids = parts_.ids,
                .merchants = parts_.merchants,
                .rates = parts_.rates,
                .rail = rail_,
                .hand_over = parts_.hand_over,
                .noticed = [this](Settled settled) { notice_settled(settled); },
                .wake_worker = [this] { worker_.wake(); }},
               setup_.worker),
      worker_(
          {.store = parts_.store,
           .rail = rail_,
           .clock = parts_.clock,
           .settler = settler_,
           .executor = parts_.executor,
           .trouble = log_trouble(),
           .stopped = [this] { return is_stopped(); },
           .prove = laws::fault_before_payout,
           .halt_seen = [this](const std::optional<withdrawals::Halt>& seen) { notice_halt(seen); },
           .questions_halt_seen =
               [this](const std::optional<withdrawals::Halt>& seen) { questions_halt_ = seen; }},
          setup_.worker),
      watch_({.store = parts_.store,
              .rail = rail_,
              .clock = parts_.clock,
              .executor = parts_.executor,
              .noticed = [this](const rails::FloatReading& reading) { notice_float(reading); },
              .refused = [this](const rails::FloatSeen& seen) { notice_float_refused(seen); },
              .trouble =
                  [](std::string_view error) {
                      log::error("withdrawals", "the float could not be asked for",
                                 {{"error", error}});
                  }},
             setup_.float_poll),
      intake_{.settler = settler_,
              .wake_worker = [this] { worker_.wake(); },
              .float_watch = &watch_,
              .shortcode = setup_.rail.shortcode},
      releaser_({.store = parts_.store,
                 .clock = parts_.clock,
                 .ids = parts_.ids,
                 .merchants = parts_.merchants,
                 .executor = parts_.executor,
                 .read = backoffice::manual_withdrawal,
                 .stopped = parts_.stops_batches,
                 .made = [this] { worker_.wake(); },
                 .trouble =
                     [](std::string_view error) {
                         log::error("batches", "rows of a batch could not be made",
                                    {{"error", error}});
                     }},
                setup_.batches) {}

void Payouts::start() {
    log::info("withdrawals", "payouts are on",
              {{"shortcode", setup_.rail.shortcode},
               {"initiator", setup_.rail.initiator},
               {"certificate", setup_.rail.certificate.fingerprint()}});
    if (const auto why = trouble()) log::error("withdrawals", "payouts", {{"reason", *why}});
    worker_.start();
    watch_.start();
    releaser_.start();
}

asio::awaitable<void> Payouts::stop() {
    co_await releaser_.stop();
    co_await watch_.stop();
    co_await worker_.stop();
}

asio::awaitable<std::string> Payouts::resume(std::string who, std::string seen) {
    const bool stopped = is_stopped();
    auto refused =
        co_await parts_.store.write([stopped, who = std::move(who), seen = std::move(seen),
                                     now = parts_.clock.now()](store::Tx& tx) {
            if (stopped || withdrawals::open_law_halt(tx)) return std::string{law_is_broken};
            const auto stands = withdrawals::halt_code(tx);
            if (stands.empty()) return std::string{"Payouts are not halted."};
            if (stands != seen) {
                return std::string{"It is not the halt that you saw: look at it again."};
            }
            if (!withdrawals::lift_halt(tx, who, now))
                return std::string{"Payouts are not halted."};
            people::record(tx, now, who, "payouts resumed", "", "halt " + seen);
            return std::string{};
        });
    float_refused_.clear();
    if (refused.empty()) {
        log::warn("withdrawals", "a person has lifted the halt: one payout tries, then the others");
    }
    worker_.wake();
    co_return refused;
}

void Payouts::notice_halt(const std::optional<withdrawals::Halt>& seen) {
    const bool is_new =
        seen && (!halt_ || halt_->number != seen->number || halt_->what < seen->what);
    if (is_new && !seen->lifted_at) {
        log::error("withdrawals",
                   seen->code == withdrawals::law_code
                       ? "payouts are halted: nothing goes out until every law of money holds, or "
                         "a person has acknowledged what is broken"
                       : "payouts are halted: nothing goes out until a person resumes",
                   {{"code", seen->code},
                    {"description", seen->description},
                    {"withdrawal", hex16(seen->withdrawal.value())}});
    }
    halt_ = seen;
}

void Payouts::notice_settled(Settled settled) {
    if (settled == Settled::contradiction || settled == Settled::other_payout ||
        settled == Settled::amount_differs || settled == Settled::other_recipient ||
        settled == Settled::claimed || settled == Settled::receipt_used ||
        settled == Settled::unknown_code || settled == Settled::unknown_withdrawal) {
        log::warn("withdrawals", "an outcome that a person may want to look at",
                  {{"outcome", withdrawals::name(settled)}});
    }
    if (settled == Settled::needs_person) {
        log::error("withdrawals",
                   "refused for a setting, a password or a role of ours: "
                   "lango withdrawal list --state attention");
    }
    if (parts_.metrics != nullptr) {
        if (settled == Settled::paid) parts_.metrics->withdrawals_closed.with("paid").add();
        if (settled == Settled::failed) parts_.metrics->withdrawals_closed.with("failed").add();
    }
    // What failed may have halted payouts, what was paid may have ended a halt: the worker looks at
    // once.
    if (settled == Settled::failed || (settled == Settled::paid && halt_)) worker_.wake();
}

void Payouts::notice_float_refused(const rails::FloatSeen& seen) {
    log::error("withdrawals", "the initiator may not ask for the float, or his password is wrong",
               {{"code", seen.code}, {"description", seen.description}});
    float_refused_ = seen.code + " " + seen.description;
}

void Payouts::notice_float(const rails::FloatReading& reading) {
    float_refused_.clear();
    const bool low = !setup_.float_alarm.is_zero() && reading.utility < setup_.float_alarm;
    if (low && !low_) {
        log::error("withdrawals", "the Utility account runs low: move money to it",
                   {{"utility_cents", reading.utility.minor()},
                    {"working_cents", reading.working.minor()},
                    {"alarm_below_cents", setup_.float_alarm.minor()}});
    }
    low_ = low;
}

asio::awaitable<void> Payouts::collect() {
    if (parts_.metrics == nullptr) co_return;
    struct Counted {
        withdrawals::Backlog backlog;
        std::optional<withdrawals::Halt> halt;
        std::optional<withdrawals::Halt> law_halt;
        std::optional<withdrawals::StoredFloat> stored;
        Money paid_in_a_day = Money::zero();
    };
    const auto now = parts_.clock.now();
    const auto counted =
        co_await parts_.store.read([now, code = shortcode()](store::Reader& reader) {
            return Counted{.backlog = withdrawals::backlog(reader),
                           .halt = withdrawals::open_halt(reader),
                           .law_halt = withdrawals::open_law_halt(reader),
                           .stored = withdrawals::latest_float(reader, code),
                           .paid_in_a_day = withdrawals::paid_within_a_day(reader, now)};
        });
    auto& metrics = *parts_.metrics;
    for (const auto& [state, count] : counted.backlog.open) {
        metrics.withdrawals.with(withdrawals::name(state)).set(count);
    }
    metrics.withdrawals_attention.set(counted.backlog.attention);
    metrics.payouts_halted.set(counted.halt || counted.law_halt ? 1 : 0);
    const bool unasked =
        questions_halt_ || (counted.halt && counted.halt->what == rails::Halts::everything);
    metrics.payout_questions_halted.set(unasked ? 1 : 0);
    metrics.payout_float_low.set(low_ ? 1 : 0);
    metrics.payout_float_age_seconds.set(-1);
    metrics.payout_runway_seconds.set(-1);
    metrics.payout_password_known.set(setup_.password_expires ? 1 : 0);
    if (setup_.password_expires) {
        metrics.payout_password_seconds.set((*setup_.password_expires - now) / 1s);
    }
    if (!counted.stored) co_return;
    const auto& reading = counted.stored->reading;
    metrics.payout_float.with("utility").set_cents(reading.utility.minor());
    metrics.payout_float.with("working").set_cents(reading.working.minor());
    metrics.payout_float.with("charges").set_cents(reading.charges.minor());
    metrics.payout_float_age_seconds.set((now - counted.stored->read_at) / 1s);
    const auto left = withdrawals::runway(reading.utility, counted.paid_in_a_day);
    if (left) metrics.payout_runway_seconds.set(*left / 1s);
}

std::optional<std::string> Payouts::trouble() const {
    std::string why;
    const auto add = [&](const std::string& reason) {
        if (!why.empty()) why += "; ";
        why += reason;
    };
    if (halt_) {
        add((halt_->lifted_at ? "halted until the one payout that tries is paid: " : "halted: ") +
            halt_->code + " " + halt_->description);
    }
    if (questions_halt_) {
        add("nothing is asked: " + questions_halt_->code + " " + questions_halt_->description);
    }
    if (!float_refused_.empty()) add("the float is not known: " + float_refused_);
    if (low_) add("the Utility account runs low");
    if (setup_.password_expires) {
        const auto days = days_between(parts_.clock.now(), *setup_.password_expires);
        if (days < 0)
            add("the initiator's password has expired");
        else if (days < password_alarm_days) {
            add("the initiator's password expires in " + std::to_string(days) + " days");
        }
    }
    return why.empty() ? std::nullopt : std::optional{why};
}

}  // namespace lango::app
