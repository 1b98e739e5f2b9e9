#include "merchants/postback_schedule.hpp"

#include <algorithm>
#include <charconv>

#include "merchants/rows.hpp"

namespace lango::merchants {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t pauses_max = 50;
constexpr std::int64_t number_max = 100'000;

std::optional<Duration> unit(char c) {
    switch (c) {
        case 's':
            return 1s;
        case 'm':
            return 1min;
        case 'h':
            return 1h;
        default:
            return std::nullopt;
    }
}

}  // namespace

std::optional<Duration> parse_pause(std::string_view text) {
    if (text.empty()) return std::nullopt;
    const auto each = unit(text.back());
    text.remove_suffix(1);
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    if (!each || !whole || number < 1 || number > number_max) {
        return std::nullopt;
    }
    return number * *each;
}

std::optional<std::vector<Duration>> parse_pauses(std::string_view text) {
    std::vector<Duration> pauses;
    for (const auto& item : split(text)) {
        const auto pause = parse_pause(item);
        if (!pause || *pause > 24h) return std::nullopt;
        pauses.push_back(*pause);
    }
    if (pauses.empty() || pauses.size() > pauses_max) return std::nullopt;
    return pauses;
}

std::string pause_text(Duration pause) {
    if (pause % 1h == Duration{}) return std::to_string(pause / 1h) + "h";
    if (pause % 1min == Duration{}) return std::to_string(pause / 1min) + "m";
    return std::to_string(pause / 1s) + "s";
}

std::string pauses_text(const std::vector<Duration>& pauses) {
    std::vector<std::string> texts;
    std::ranges::transform(pauses, std::back_inserter(texts), pause_text);
    return joined(texts);
}

}  // namespace lango::merchants
