#include "history/when.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/check.hpp"

namespace lango::history {

namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::floor;
using std::chrono::sys_days;

constexpr Duration east_africa = 3h;  // all year
constexpr unsigned opens = 8;
constexpr unsigned closes = 18;

// Of an hour of the day: lunch, the way home, and an evening on the phone.
constexpr std::array<std::int64_t, 24> by_hour{2,  1,  1,  1,  2,  5,  14, 30, 48, 58, 64, 68,
                                               80, 78, 62, 58, 62, 74, 84, 72, 52, 30, 14, 6};
// From Sunday.
constexpr std::array<std::int64_t, 7> by_weekday{72, 95, 92, 94, 98, 118, 124};

// Salaries come at the end of the month, advances in its middle.
std::int64_t by_day(unsigned day) {
    if (day >= 28) return 135;
    if (day <= 5) return 145;
    if (day <= 8) return 115;
    if (day >= 14 && day <= 16) return 112;
    return day >= 20 && day <= 26 ? 82 : 100;
}

// Those with a fixed date.
bool is_holiday(std::chrono::year_month_day day) {
    constexpr std::array<std::array<unsigned, 2>, 8> holidays{
        {{1, 1}, {5, 1}, {6, 1}, {10, 10}, {10, 20}, {12, 12}, {12, 25}, {12, 26}}};
    const std::array<unsigned, 2> date{static_cast<unsigned>(day.month()),
                                       static_cast<unsigned>(day.day())};
    return std::ranges::find(holidays, date) != holidays.end();
}

struct Local {
    std::chrono::year_month_day day;
    unsigned weekday;
    unsigned hour;
};
Local local(Instant at) {
    const auto there = at + east_africa;
    const auto day = floor<days>(there);
    return {.day = std::chrono::year_month_day{day},
            .weekday = std::chrono::weekday{day}.c_encoding(),
            .hour = static_cast<unsigned>((there - day) / 1h)};
}

}  // namespace

std::int64_t weight(Instant hour) {
    const auto when = local(hour);
    const auto usual = by_hour.at(when.hour) * by_weekday.at(when.weekday) *
                       by_day(static_cast<unsigned>(when.day.day()));
    return is_holiday(when.day) ? usual * 7 / 10 : usual;
}

When::When(std::int64_t count, Duration length, Instant until)
    : count_(count), began_(floor<std::chrono::hours>(until - length)), until_(until) {
    LANGO_CHECK(count >= 0 && length > Duration::zero(), "a history has a length");
    before_.push_back(0);
    for (auto hour = began_; hour < until; hour += 1h) {
        // The last hour is not over.
        const auto lived = std::min<Duration>(until - hour, 1h);
        before_.push_back(before_.back() +
                          std::max<std::int64_t>(weight(hour) * (lived / 1s) / 3600, 1));
    }
}

Instant When::next(Random& random) {
    LANGO_CHECK(nth_ < count_, "no more moments than were asked for");
    const auto all = before_.back();
    // Each has its own share of all the weight, and a place in it by chance: in order.
    const auto share = std::max<std::int64_t>(all / count_, 1);
    const auto place = std::min(
        all - 1, all / count_ * nth_ + all % count_ * nth_ / count_ +
                     static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(share))));
    ++nth_;
    while (before_[hour_ + 1] <= place) ++hour_;
    const auto from = began_ + static_cast<std::int64_t>(hour_) * Duration{1h};
    const auto length = std::min<Duration>(until_ - from, 1h);
    const auto of_hour = before_[hour_ + 1] - before_[hour_];
    return from + length * (place - before_[hour_]) / of_hour;
}

bool is_at_work(Instant at) {
    const auto when = local(at);
    return when.weekday != 0 && !is_holiday(when.day) && when.hour >= opens && when.hour < closes;
}

Instant at_a_desk(Instant at, Random& random) {
    const auto minutes = [&random](std::uint64_t most) {
        return std::chrono::minutes{1 + random.below(most)};
    };
    const auto when = local(at);
    if (is_at_work(at)) return at + minutes(40);
    auto day = sys_days{when.day};
    if (when.hour >= opens) day += days{1};
    while (std::chrono::weekday{day} == std::chrono::Sunday ||
           is_holiday(std::chrono::year_month_day{day})) {
        day += days{1};
    }
    return Instant{day} - east_africa + std::chrono::hours{opens} + minutes(120);
}

}  // namespace lango::history
