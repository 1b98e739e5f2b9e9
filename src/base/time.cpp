#include "base/time.hpp"

// Debian's library reads the system's own tables and is built so; its header must be told.
#ifndef USE_OS_TZDB
#define USE_OS_TZDB 1
#endif
#include <date/tz.h>

#include <stdexcept>

namespace lango {
namespace {

struct Civil {
    unsigned year, month, day, hour, minute, second, micro;
};

Civil civil(Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const auto year = static_cast<int>(date.year());
    if (year < 0 || year > 9999) throw std::out_of_range("a time outside the years 0 to 9999");
    const std::chrono::hh_mm_ss time{at - day};
    return {static_cast<unsigned>(year),
            static_cast<unsigned>(date.month()),
            static_cast<unsigned>(date.day()),
            static_cast<unsigned>(time.hours().count()),
            static_cast<unsigned>(time.minutes().count()),
            static_cast<unsigned>(time.seconds().count()),
            static_cast<unsigned>(time.subseconds().count())};
}

// Fills a text made of the right length beforehand, left to right.
class Digits {
  public:
    explicit Digits(std::string& text) : at_(text.data()) {}
    Digits& put(unsigned value, int width) {
        for (int i = width - 1; i >= 0; --i, value /= 10) {
            at_[i] = static_cast<char>('0' + value % 10);
        }
        at_ += width;
        return *this;
    }
    Digits& skip() { return ++at_, *this; }

  private:
    char* at_;
};

void put_date_and_time(Digits& digits, const Civil& c) {
    digits.put(c.year, 4).skip().put(c.month, 2).skip().put(c.day, 2).skip();
    digits.put(c.hour, 2).skip().put(c.minute, 2).skip().put(c.second, 2);
}

}  // namespace

std::string format_utc(Instant at) {
    std::string out = "0000-00-00 00:00:00";
    Digits digits(out);
    put_date_and_time(digits, civil(at));
    return out;
}

std::string format_rfc3339(Instant at) {
    const Civil c = civil(at);
    std::string out = "0000-00-00T00:00:00.000000Z";
    Digits digits(out);
    put_date_and_time(digits, c);
    digits.skip().put(c.micro, 6);
    return out;
}

std::string format_in_zone(Instant at, const std::string& zone) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    return format_utc(at + date::locate_zone(zone)->get_info(seconds).offset);
}

Instant time_in_zone(std::chrono::year_month_day day, std::chrono::seconds since_midnight,
                     const std::string& zone) {
    const date::local_seconds shown{std::chrono::sys_days{day}.time_since_epoch() + since_midnight};
    return date::locate_zone(zone)->to_sys(shown, date::choose::earliest);
}

bool known_zone(const std::string& zone) {
    try {
        return date::locate_zone(zone) != nullptr;
    } catch (const std::runtime_error&) {
        return false;
    }
}

std::string format_eat_compact(Instant at) {
    const Civil c = civil(at + std::chrono::hours{3});
    std::string out(14, '0');
    Digits(out)
        .put(c.year, 4)
        .put(c.month, 2)
        .put(c.day, 2)
        .put(c.hour, 2)
        .put(c.minute, 2)
        .put(c.second, 2);
    return out;
}

}  // namespace lango
