#include "window/shown.hpp"

#include <array>

namespace lango::window {

namespace {

constexpr Duration east_africa = std::chrono::hours{3};  // no daylight saving

std::string two(unsigned value) {
    std::string text = std::to_string(value);
    return text.size() < 2 ? "0" + text : text;
}

}  // namespace

std::string shown(Money amount) {
    return shown_whole(amount) + "." + two(static_cast<unsigned>(amount.minor() % 100));
}

std::string shown_whole(Money amount) {
    auto whole = std::to_string(amount.minor() / 100);
    for (auto at = static_cast<std::ptrdiff_t>(whole.size()) - 3; at > 0; at -= 3) {
        whole.insert(static_cast<std::size_t>(at), ",");
    }
    return std::string{amount.currency().code()} + " " + whole;
}

std::string shown(Msisdn phone) {
    const auto number = phone.raw();
    return "0" + number.substr(3, 1) + "** *** " + number.substr(number.size() - 3);
}

std::string shown(Instant at, Language language) {
    using Months = std::array<std::string_view, 12>;
    static constexpr Months english{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    static constexpr Months swahili{"Januari",  "Februari", "Machi",   "Aprili",
                                    "Mei",      "Juni",     "Julai",   "Agosti",
                                    "Septemba", "Oktoba",   "Novemba", "Desemba"};
    const auto& months = language == Language::sw ? swahili : english;
    const auto local = at + east_africa;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{local - day};
    return std::to_string(static_cast<unsigned>(date.day())) + " " +
           std::string{months.at(static_cast<unsigned>(date.month()) - 1)} + " " +
           std::to_string(static_cast<int>(date.year())) + ", " +
           two(static_cast<unsigned>(time.hours().count())) + ":" +
           two(static_cast<unsigned>(time.minutes().count()));
}

std::string shown_code(std::string_view code) {
    if (code.size() < 3) return std::string{code};
    return std::string{code.substr(0, 2)} + "-" + std::string{code.substr(2)};
}

}  // namespace lango::window
