#include <charconv>

#include "base/typed.hpp"

namespace lango::typed {

namespace {

// Takes `digits` digits off the front.
std::optional<int> number(std::string_view& rest, std::size_t digits) {
    int value = 0;
    if (rest.size() < digits) return std::nullopt;
    const auto* const end = rest.data() + digits;
    const auto read = std::from_chars(rest.data(), end, value);
    if (read.ec != std::errc{} || read.ptr != end || value < 0) return std::nullopt;
    rest.remove_prefix(digits);
    return value;
}

bool take(std::string_view& rest, char mark) {
    if (rest.empty() || rest.front() != mark) return false;
    rest.remove_prefix(1);
    return true;
}

std::optional<std::chrono::year_month_day> day(std::string_view& rest) {
    const auto year = number(rest, 4);
    if (!year || !take(rest, '-')) return std::nullopt;
    const auto month = number(rest, 2);
    if (!month || !take(rest, '-')) return std::nullopt;
    const auto of_month = number(rest, 2);
    if (!of_month) return std::nullopt;
    const std::chrono::year_month_day read{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*of_month)}};
    return read.ok() ? std::optional{read} : std::nullopt;
}

// "14:05" or "14:05:09"
std::optional<std::chrono::seconds> since_midnight(std::string_view& rest) {
    const auto hour = number(rest, 2);
    if (!hour || *hour > 23 || !take(rest, ':')) return std::nullopt;
    const auto minute = number(rest, 2);
    if (!minute || *minute > 59) return std::nullopt;
    int second = 0;
    if (take(rest, ':')) {
        const auto read = number(rest, 2);
        if (!read || *read > 59) return std::nullopt;
        second = *read;
    }
    return std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{second};
}

// "90m", "24h", "7d"
std::optional<Duration> ago(std::string_view text) {
    if (text.size() < 2 || text.size() > 6) return std::nullopt;
    const char unit = text.back();
    text.remove_suffix(1);
    const auto count = number(text, text.size());
    if (!count) return std::nullopt;
    if (unit == 'm') return std::chrono::minutes{*count};
    if (unit == 'h') return std::chrono::hours{*count};
    return unit == 'd' ? std::optional<Duration>{std::chrono::days{*count}} : std::nullopt;
}

}  // namespace

std::optional<Instant> instant(std::string_view text, Instant now, const std::string& zone) {
    if (const auto before = ago(text)) return now - *before;
    const auto date = day(text);
    if (!date) return std::nullopt;
    if (text.empty()) return time_in_zone(*date, {}, zone);
    if (!take(text, 'T') && !take(text, ' ')) return std::nullopt;
    const auto time = since_midnight(text);
    if (!time) return std::nullopt;
    const bool is_utc = take(text, 'Z');
    if (!text.empty()) return std::nullopt;
    return is_utc ? Instant{std::chrono::sys_days{*date} + *time}
                  : time_in_zone(*date, *time, zone);
}

}  // namespace lango::typed
