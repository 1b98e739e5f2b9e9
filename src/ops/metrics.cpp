#include "ops/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <sstream>
#include <tuple>
#include <vector>

#include "base/result.hpp"
#include "ops/process.hpp"
#include "ops/routes.hpp"

namespace lango::ops {
namespace {

using Buckets = prometheus::Histogram::BucketBoundaries;

// In seconds. Requests are answered after a commit: half a millisecond to seconds under overload.
const Buckets request_buckets = {.0005, .001, .002, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 10};
// The rail answers in tenths of a second to its timeout.
const Buckets rail_buckets = {.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 20, 60};
// A postback takes milliseconds at best and three days at worst.
const Buckets delivery_buckets = {.005, .01, .025, .05, .1,   .25,    .5,     1,      5,
                                  15,   60,  300,  900, 3600, 21'600, 86'400, 259'200};

double seconds(Duration duration) {                          // lint: measure
    return std::chrono::duration<double>(duration).count();  // lint: measure
}

template <class Metric>
prometheus::Family<Metric>& family(prometheus::Registry& registry, const char* name,
                                   const char* help) {
    if constexpr (std::is_same_v<Metric, prometheus::Counter>) {
        return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
    } else if constexpr (std::is_same_v<Metric, prometheus::Gauge>) {
        return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
    } else {
        return prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
    }
}

// The statuses that the gateway answers; anything else counts as "other".
constexpr std::array statuses = {200, 202, 204, 302, 303, 304, 400, 401, 403, 404,
                                 405, 408, 413, 414, 415, 429, 431, 500, 502, 503};

std::size_t status_index(int status) {
    const auto* at = std::ranges::find(statuses, status);
    return static_cast<std::size_t>(at - statuses.begin());
}

std::string_view compiler() {
#if defined(__clang__)
    return "clang " __clang_version__;
#else
    return __VERSION__;
#endif
}

#ifndef LANGO_VERSION
#define LANGO_VERSION "dev"
#endif

}  // namespace

std::string_view version() { return LANGO_VERSION; }

void Counter::add(std::uint64_t count) {
    counter_->Increment(static_cast<double>(count));  // lint: measure
}
void Counter::add_cents(std::int64_t cents) {
    counter_->Increment(static_cast<double>(cents) / 100);  // lint: measure
}
void Counter::add_duration(Duration more) { counter_->Increment(seconds(more)); }
void Gauge::set_cents(std::int64_t cents) {
    gauge_->Set(static_cast<double>(cents) / 100);  // lint: measure
}
void Gauge::set(std::int64_t value) {
    gauge_->Set(static_cast<double>(value));  // lint: measure
}
void Gauge::add(std::int64_t difference) {
    gauge_->Increment(static_cast<double>(difference));  // lint: measure
}
void Timing::observe(Duration taken) { histogram_->Observe(seconds(taken)); }

// ---- Family

template <class Handle>
struct Family<Handle>::Impl {
    using Metric = std::conditional_t<std::is_same_v<Handle, Counter>, prometheus::Counter,
                                      std::conditional_t<std::is_same_v<Handle, Gauge>,
                                                         prometheus::Gauge, prometheus::Histogram>>;
    struct Known {
        std::string value;
        std::string second;
        Handle handle;
    };
    static constexpr std::size_t known_max = 64;

    prometheus::Family<Metric>& family;
    std::string label;
    std::string second_label;  // "" = one label
    const Buckets* buckets = nullptr;
    std::mutex mutex = {};
    std::vector<Known> known = {};

    Metric& make(const std::string& value, const std::string& second) {
        prometheus::Labels labels = {{label, value}};
        if (!second_label.empty()) labels.emplace(second_label, second);
        if constexpr (std::is_same_v<Metric, prometheus::Histogram>) {
            return family.Add(labels, *buckets);
        } else {
            return family.Add(labels);
        }
    }
};

template <class Handle>
Family<Handle>::Family(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
template <class Handle>
Family<Handle>::Family(Family&&) noexcept = default;
template <class Handle>
Family<Handle>::~Family() = default;

template <class Handle>
Handle Family<Handle>::with(std::string_view value, std::string_view second) {
    LANGO_ASSERT(second.empty() || !impl_->second_label.empty());
    const std::lock_guard lock(impl_->mutex);
    for (const auto& known : impl_->known) {
        if (known.value == value && known.second == second) return known.handle;
    }
    const bool full = impl_->known.size() >= Impl::known_max;
    const std::string value_kept = full ? "other" : std::string(value);
    const std::string second_kept = full && !second.empty() ? "other" : std::string(second);
    const Handle handle(impl_->make(value_kept, second_kept));
    if (!full) impl_->known.push_back({value_kept, second_kept, handle});
    return handle;
}

template class Family<Counter>;
template class Family<Gauge>;
template class Family<Timing>;

// ---- Metrics

struct Metrics::Impl {
    prometheus::Registry registry;
    std::function<void(Metrics&)> collect;

    prometheus::Family<prometheus::Counter>& requests = family<prometheus::Counter>(
        registry, "lango_requests_total", "Requests answered, by route and status");
    prometheus::Family<prometheus::Histogram>& request_seconds = family<prometheus::Histogram>(
        registry, "lango_request_seconds", "From the last byte of a request to its answer");
    // Filled when first seen, so that what never happens has no series. Two threads that meet here
    // get the same counter from the family.
    struct Route {
        std::array<std::atomic<prometheus::Counter*>, statuses.size() + 1> counters{};
        std::atomic<prometheus::Histogram*> histogram{};
    };
    std::vector<Route> routes = std::vector<Route>(route_count());

    Gauge store_waiting = gauge("lango_store_waiting", "Commands that wait for the writer");
    Gauge store_group_max = gauge("lango_store_group_max", "Most commands in one commit so far");
    struct Total {
        Counter counter;
        std::uint64_t seen = 0;
        void reach(std::uint64_t total) {
            if (total > seen) counter.add(total - seen);
            seen = total;
        }
    };
    std::mutex store_mutex;
    Total commands{counter("lango_store_commands_total", "Commands run")};
    Total groups{counter("lango_store_commits_total", "Groups of commands committed")};
    Total reruns{counter("lango_store_reruns_total", "Groups run again in savepoints")};
    Total failures{counter("lango_store_failures_total", "Commands that threw")};

    Impl() {
        family<prometheus::Gauge>(registry, "lango_build_info", "Always 1")
            .Add({{"version", LANGO_VERSION}, {"compiler", std::string(compiler())}})
            .Set(1);
    }

    // By the names that every Prometheus client library uses.
    Counter cpu = counter("process_cpu_seconds_total", "Processor time of this process");
    Gauge resident = gauge("process_resident_memory_bytes", "Memory that it has in use");
    Gauge virtual_memory = gauge("process_virtual_memory_bytes", "Addresses that it has");
    Gauge open_fds = gauge("process_open_fds", "Files and sockets that it has open");
    Gauge max_fds = gauge("process_max_fds", "Files and sockets that it may have open");
    Gauge started = gauge("process_start_time_seconds", "When it began, in Unix time");
    std::mutex process_mutex;
    Duration cpu_seen{};
    void look_at_process() {
        const auto now = look_at_this_process();
        if (!now) return;
        const std::lock_guard lock(process_mutex);
        cpu.add_duration(std::max(now->cpu - cpu_seen, Duration::zero()));
        cpu_seen = now->cpu;
        resident.set(now->resident_bytes);
        virtual_memory.set(now->virtual_bytes);
        open_fds.set(now->open_files);
        max_fds.set(now->open_files_max);
        started.set(now->started_unix_seconds);
    }

    Counter counter(const char* name, const char* help) {
        return Counter(family<prometheus::Counter>(registry, name, help).Add({}));
    }
    Gauge gauge(const char* name, const char* help) {
        return Gauge(family<prometheus::Gauge>(registry, name, help).Add({}));
    }
    Timing timing(const char* name, const char* help, const Buckets& buckets) {
        return Timing(family<prometheus::Histogram>(registry, name, help).Add({}, buckets));
    }
    template <class Handle>
    Family<Handle> labelled(const char* name, const char* help, const char* label,
                            const char* second = "", const Buckets* buckets = nullptr) {
        using Inner = typename Family<Handle>::Impl;
        return Family<Handle>(std::unique_ptr<Inner>(new Inner{
            family<typename Inner::Metric>(registry, name, help), label, second, buckets}));
    }
};

Metrics::Metrics()
    : impl_(std::make_unique<Impl>()),
      requests_in_flight(impl_->gauge("lango_requests_in_flight", "Requests in work")),
      requests_shed(impl_->counter("lango_requests_shed_total",
                                   "Requests answered 503 because too many were in work")),
      connections(impl_->gauge("lango_connections", "Open connections of callers")),
      deposits(impl_->labelled<Gauge>("lango_deposits", "Deposits by state", "state")),
      deposits_pending(impl_->labelled<Gauge>("lango_deposits_pending",
                                              "Open deposits by how long they are open", "age")),
      unreadable_waiting(
          impl_->gauge("lango_unreadable_waiting", "Messages of the rail that a person must read")),
      deposits_attention(
          impl_->gauge("lango_deposits_attention", "Deposits that a person must look at")),
      deposits_closed(impl_->labelled<Counter>(
          "lango_deposits_closed_total", "Deposits that the rail called paid or failed", "state")),
      deposits_failed(impl_->labelled<Counter>(
          "lango_deposits_failed_total", "Failed deposits by the rail's result code", "code")),
      told_kes(impl_->labelled<Counter>(
          "lango_told_kes_total",
          "Money that merchants were told of: paid in (less commission), and paid out at their "
          "programs' request",
          "direction", "merchant")),
      suspense_items(impl_->gauge("lango_suspense_items", "Payments that have no order yet")),
      suspense_kes(impl_->gauge("lango_suspense_kes", "What they come to")),
      suspense_oldest_seconds(
          impl_->gauge("lango_suspense_oldest_seconds", "Since the oldest of them was booked")),
      balances(impl_->labelled<Gauge>(
          "lango_balance_kes",
          "Balance of an account of the ledger; the rail's is negative: it holds the money",
          "account", "owner")),
      postbacks(impl_->labelled<Gauge>("lango_postbacks", "Postbacks by state", "state")),
      postback_oldest_seconds(
          impl_->gauge("lango_postback_oldest_seconds",
                       "Since the postback that waits longest was due; 0: none is overdue")),
      postback_attempts(impl_->labelled<Counter>("lango_postback_attempts_total",
                                                 "Attempts to deliver a postback", "outcome")),
      set_aside(impl_->labelled<Gauge>("lango_set_aside",
                                       "What the gateway died of and does not try again", "kind")),
      deaths_in_a_row(impl_->gauge("lango_deaths_in_a_row",
                                   "Runs before this one that died, while it is young")),
      failed_checks(impl_->gauge("lango_failed_checks",
                                 "Checks of the program's own that failed since the start")),
      created_to_delivered(impl_->timing("lango_postback_delivery_seconds",
                                         "From a postback's creation to the merchant's ok",
                                         delivery_buckets)),
      rail_outcomes(impl_->labelled<Counter>(
          "lango_rail_outcomes_total", "What came of calls to the rail", "operation", "outcome")),
      rail_seconds(impl_->labelled<Timing>("lango_rail_seconds", "How long the rail took",
                                           "operation", "", &rail_buckets)),
      rail_alerts(impl_->labelled<Counter>(
          "lango_rail_alerts_total",
          "Refusals that only an operator can end: settings, or our account's limits", "operation",
          "code")),
      callbacks(impl_->labelled<Counter>(
          "lango_callbacks_total", "Callbacks of the rail, by what became of them", "outcome")),
      refused_callers(impl_->labelled<Counter>(
          "lango_refused_callers_total",
          "Callers refused for a wrong secret, signature, token, key or address", "kind",
          "merchant")),
      breaker_open(impl_->gauge("lango_rail_breaker_open",
                                "1 while nothing is sent to the rail because it fails")),
      withdrawals(impl_->labelled<Gauge>("lango_withdrawals", "Withdrawals under way", "state")),
      withdrawals_attention(impl_->gauge("lango_withdrawals_attention",
                                         "Withdrawals under way that a person must look at")),
      withdrawals_closed(impl_->labelled<Counter>(
          "lango_withdrawals_closed_total", "Withdrawals that reached a closed state", "state")),
      payouts_halted(impl_->gauge("lango_payouts_halted", "1 while nothing is paid out")),
      payout_questions_halted(impl_->gauge("lango_payout_questions_halted",
                                           "1 while nothing is asked about payouts either")),
      restored(impl_->gauge("lango_restored",
                            "1 while an older backup stands here and what goes out is halted")),
      payout_float(impl_->labelled<Gauge>("lango_payout_float_kes",
                                          "What the rail holds for payouts", "account")),
      payout_float_age_seconds(impl_->gauge("lango_payout_float_age_seconds",
                                            "Since the rail said what it holds; -1: never")),
      payout_float_low(impl_->gauge("lango_payout_float_low",
                                    "1 while the Utility account holds less than the alarm's")),
      payout_runway_seconds(
          impl_->gauge("lango_payout_runway_seconds",
                       "How long the Utility account will do when days are as the last one; -1: "
                       "nothing was paid out")),
      payout_password_seconds(
          impl_->gauge("lango_payout_password_left_seconds",
                       "Until the initiator's password expires; negative: it has")),
      payout_password_known(impl_->gauge("lango_payout_password_known",
                                         "1 where payouts.password_expires says when")),
      audit_ended_at_seconds(impl_->gauge("lango_audit_ended_at_seconds",
                                          "When every law was last proved, since 1970; 0: never")),
      audit_seconds(impl_->gauge("lango_audit_seconds", "How long the last audit took")),
      audit_payments(impl_->gauge("lango_audit_payments", "Payments that the last audit proved")),
      audit_broken(impl_->gauge("lango_audit_broken", "Laws that do not hold")),
      writes_stopped(impl_->gauge("lango_writes_stopped",
                                  "1 while a broken law of money stops creates and payouts")),
      database_bytes(impl_->gauge("lango_database_bytes", "Size of the database's file")),
      database_log_bytes(impl_->gauge("lango_database_log_bytes", "Size of its write-ahead log")),
      data_free_bytes(impl_->gauge("lango_data_free_bytes",
                                   "What the data directory's file system still has for us")),
      collected(impl_->gauge("lango_metrics_collected",
                             "0 when what is counted in the store could not be read")) {}

Metrics::~Metrics() = default;

void Metrics::request(std::size_t route, int status, Duration taken) {
    LANGO_ASSERT(route < impl_->routes.size());
    Impl::Route& here = impl_->routes[route];
    const std::size_t index = status_index(status);
    prometheus::Counter* counter = here.counters[index].load(std::memory_order_acquire);
    if (counter == nullptr) {
        const std::string text = index < statuses.size() ? std::to_string(status) : "other";
        counter =
            &impl_->requests.Add({{"route", std::string(route_name(route))}, {"status", text}});
        here.counters[index].store(counter, std::memory_order_release);
    }
    prometheus::Histogram* histogram = here.histogram.load(std::memory_order_acquire);
    if (histogram == nullptr) {
        histogram = &impl_->request_seconds.Add({{"route", std::string(route_name(route))}},
                                                request_buckets);
        here.histogram.store(histogram, std::memory_order_release);
    }
    counter->Increment();
    histogram->Observe(seconds(taken));
}

void Metrics::store(const store::Stats& stats) {
    const std::lock_guard lock(impl_->store_mutex);
    impl_->commands.reach(stats.commands);
    impl_->groups.reach(stats.groups);
    impl_->reruns.reach(stats.reruns);
    impl_->failures.reach(stats.failures);
    impl_->store_group_max.set(static_cast<std::int64_t>(stats.group_max));
    impl_->store_waiting.set(static_cast<std::int64_t>(stats.waiting));
}

void Metrics::set_collector(std::function<void(Metrics&)> collect) {
    impl_->collect = std::move(collect);
}

std::string Metrics::render() {
    if (impl_->collect) impl_->collect(*this);
    impl_->look_at_process();
    return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

std::string_view pending_age(Duration open_since) {
    using std::chrono::hours;
    using std::chrono::minutes;
    constexpr std::array<Duration, 5> ends{minutes{1}, minutes{5}, minutes{15}, hours{1},
                                           hours{24}};
    const auto* const end = std::ranges::upper_bound(ends, open_since);
    return pending_ages.at(static_cast<std::size_t>(end - ends.begin()));
}

}  // namespace lango::ops
