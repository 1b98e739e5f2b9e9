// Points in time and how the wire formats print them. The time itself comes from a Clock.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace lango {

using Duration = std::chrono::microseconds;
// Microseconds since 1970-01-01 UTC.
using Instant = std::chrono::sys_time<Duration>;

[[nodiscard]] constexpr std::int64_t to_micros(Instant at) { return at.time_since_epoch().count(); }
[[nodiscard]] constexpr Instant from_micros(std::int64_t us) { return Instant{Duration{us}}; }

// Clocks are put right. What was remembered and lies ahead of the time was written by a clock that
// was ahead: nobody knows when that was. By less than this they are put right all the time.
inline constexpr Duration clock_step = std::chrono::minutes{1};
[[nodiscard]] constexpr bool lies_ahead(Instant at, Instant now) { return at > now + clock_step; }
// Whether that long has passed since then: of a time that lies ahead, yes.
[[nodiscard]] constexpr bool has_passed(Instant since, Duration span, Instant now) {
    return now >= since + span || lies_ahead(since, now);
}
// Whether it is not over yet what lasts until then, and never longer than `longest` from now.
[[nodiscard]] constexpr bool is_still_on(Instant until, Duration longest, Instant now) {
    return now < until && !lies_ahead(until, now + longest);
}

// "2023-09-26 22:00:54" in UTC: created_datetime of a postback (decisions, Postbacks).
[[nodiscard]] std::string format_utc(Instant at);
// "2026-11-23T20:00:00.123456Z": logs, events, extension API.
[[nodiscard]] std::string format_rfc3339(Instant at);
// "2023-09-27 01:00:52" in an IANA zone: activated_datetime (decisions, Postbacks).
// Throws std::runtime_error for an unknown zone; ask known_zone first.
[[nodiscard]] std::string format_in_zone(Instant at, const std::string& zone);
// When clocks in an IANA zone show this; of an hour that comes twice the first. Throws as above.
[[nodiscard]] Instant time_in_zone(std::chrono::year_month_day day,
                                   std::chrono::seconds since_midnight, const std::string& zone);
[[nodiscard]] bool known_zone(const std::string& zone);
// "20231121121325" in East Africa Time, UTC+3 without daylight saving (Daraja, table 1.5).
[[nodiscard]] std::string format_eat_compact(Instant at);

}  // namespace lango
