// What the gateway counts and measures, in Prometheus' text format under /metrics. Names begin with
// lango_; times are in seconds there, Duration here. Any thread.
//
// Counter, Gauge and Timing are handles, as cheap to copy as a pointer, valid as long as Metrics
// lives. with("label value") searches a short list: on a hot path keep what it returns. Label
// values are few and fixed by the program; beyond 64 of a family all further ones count as "other".
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "store/stats.hpp"

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace lango::ops {

// Of this program.
[[nodiscard]] std::string_view version();

class Counter {
  public:
    explicit Counter(prometheus::Counter& counter) : counter_(&counter) {}
    void add(std::uint64_t count = 1);
    // Of an amount in cents, not below zero, for a metric in KES.
    void add_cents(std::int64_t cents);
    // For a metric in seconds.
    void add_duration(Duration more);

  private:
    prometheus::Counter* counter_;
};

class Gauge {
  public:
    explicit Gauge(prometheus::Gauge& gauge) : gauge_(&gauge) {}
    void set(std::int64_t value);
    void add(std::int64_t difference);
    // Of an amount in cents, for a metric in KES.
    void set_cents(std::int64_t cents);

  private:
    prometheus::Gauge* gauge_;
};

// A histogram of durations.
class Timing {
  public:
    explicit Timing(prometheus::Histogram& histogram) : histogram_(&histogram) {}
    void observe(Duration taken);

  private:
    prometheus::Histogram* histogram_;
};

// One metric by the values of one or two labels; made on first use.
template <class Handle>
class Family {
  public:
    struct Impl;
    explicit Family(std::unique_ptr<Impl> impl);
    Family(Family&&) noexcept;
    ~Family();
    // second: only for a family with two labels.
    [[nodiscard]] Handle with(std::string_view value, std::string_view second = {});

  private:
    std::unique_ptr<Impl> impl_;
};

class Metrics {
    struct Impl;
    std::unique_ptr<Impl> impl_;  // first: the members below are made from it

  public:
    Metrics();
    ~Metrics();

    // lango_requests_total{route,status} and lango_request_seconds{route}; route: routes.hpp.
    void request(std::size_t route, int status, Duration taken);
    Gauge requests_in_flight;
    Counter requests_shed;  // answered 503 because of limits.requests_in_flight
    Gauge connections;

    // lango_store_*: commands, groups (= commits), group_max, reruns, failures, waiting.
    void store(const store::Stats& stats);

    Family<Gauge> deposits;           // {state}
    Family<Gauge> deposits_pending;   // {age}: pending_age() of how long they have been open
    Gauge unreadable_waiting;         // messages of the rail that a person must read
    Gauge deposits_attention;         // that a person must look at, whatever their state
    Family<Counter> deposits_closed;  // {state}: paid, failed, by what the rail said
    Family<Counter> deposits_failed;  // {code}: the rail's result code
    Family<Counter> told_kes;         // {direction,merchant}: in, out, by postbacks
    Gauge suspense_items;             // money that has no order yet
    Gauge suspense_kes;
    Gauge suspense_oldest_seconds;      // 0: there is none
    Family<Gauge> balances;             // {account,owner}: of the ledger, in KES
    Family<Gauge> postbacks;            // {state}: waiting, exhausted
    Gauge postback_oldest_seconds;      // since the oldest one that waits was due; 0: none is due
    Family<Counter> postback_attempts;  // {outcome}
    Family<Gauge> set_aside;            // {kind}: what a run died of (runs/run.hpp)
    Gauge deaths_in_a_row;              // of runs before this one; 0 once it has lived long enough
    Gauge failed_checks;                // of the program's own, since the start (base/check.hpp)
    Timing created_to_delivered;        // postback created to the merchant's ok

    Family<Counter>
        rail_outcomes;            // {operation,outcome}: push accepted, query pending, token failed
    Family<Timing> rail_seconds;  // {operation}
    Family<Counter>
        rail_alerts;            // {operation,code}: refused for settings of ours or of our account
    Family<Counter> callbacks;  // {outcome}: taken, unknown_token, foreign_address, unreadable
    Family<Counter> refused_callers;  // {kind,merchant}: refused_callers.hpp
    Gauge breaker_open;               // 1 while the rail's breaker is open

    Family<Gauge> withdrawals;           // {state}: those under way
    Gauge withdrawals_attention;         // of those: a person must look
    Family<Counter> withdrawals_closed;  // {state}: paid, failed
    Gauge payouts_halted;                // 1: nothing is paid out
    Gauge payout_questions_halted;       // 1: nothing is asked either
    Gauge restored;                      // 1: an older backup stands here, and halts what goes out
    Family<Gauge> payout_float;          // {account}: utility, working, charges; in KES
    Gauge payout_float_age_seconds;      // since the rail said so; -1: never
    Gauge payout_float_low;              // 1 while Utility is below payouts.float_alarm_kes
    Gauge payout_runway_seconds;         // -1: nothing was paid out within a day
    Gauge payout_password_seconds;       // until it expires, negative when it has
    Gauge payout_password_known;         // 1: payouts.password_expires is set
    Gauge audit_ended_at_seconds;        // when every law was last proved, since 1970; 0: never
    Gauge audit_seconds;                 // how long that took
    Gauge audit_payments;                // how many payments it proved
    Gauge audit_broken;                  // laws that do not hold
    Gauge writes_stopped;                // 1 while a new breach stops creates and payouts
    Gauge database_bytes;                // the file; what is new stands in its log
    Gauge database_log_bytes;
    Gauge data_free_bytes;  // that a file system still has for us
    Gauge collected;        // 0: what is counted in the store could not be read this time
    // lango_build_info{version,compiler} is always 1. process_*: of this process, by /proc/self.

    // Sets gauges that are looked up rather than counted; called first thing in render().
    void set_collector(std::function<void(Metrics&)> collect);
    [[nodiscard]] std::string render();
};

inline constexpr std::array<std::string_view, 6> pending_ages{"0-1m",   "1-5m",  "5-15m",
                                                              "15-60m", "1-24h", "24h+"};
[[nodiscard]] std::string_view pending_age(Duration open_since);

}  // namespace lango::ops
