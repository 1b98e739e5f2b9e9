#include "simulator/wire_text.hpp"

#include <algorithm>
#include <array>

#include "base/json_writer.hpp"

namespace lango::simulator {

std::string shillings(std::int64_t minor) {
    const auto whole = minor < 0 ? -minor : minor;
    const auto cents = whole % 100;
    return (minor < 0 ? "-" : "") + std::to_string(whole / 100) + (cents < 10 ? ".0" : ".") +
           std::to_string(cents);
}

std::string short_shillings(std::int64_t minor) {
    return minor % 100 == 0 ? std::to_string(minor / 100) : shillings(minor);
}

bool is_number(std::string_view code) {
    return !code.empty() && std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

std::string format_eat_day_first(Instant at) {
    const auto compact = format_eat_compact(at);  // YYYYMMDDHHmmss
    const auto part = [&](std::size_t from, std::size_t length) {
        return compact.substr(from, length);
    };
    return part(6, 2) + "." + part(4, 2) + "." + part(0, 4) + " " + part(8, 2) + ":" + part(10, 2) +
           ":" + part(12, 2);
}

std::string json_text(std::string_view text) {
    std::string out;
    json::append_string(out, text);
    return out;
}

std::string customer_name(const std::string& phone) {
    static constexpr std::array<std::string_view, 10> first{
        "JOHN", "MARY", "PETER", "GRACE", "JAMES", "FAITH", "DAVID", "ESTHER", "SAMUEL", "JOYCE"};
    static constexpr std::array<std::string_view, 10> last{"KAMAU",  "OTIENO",  "WANJIKU", "MUTUA",
                                                           "KIPTOO", "ACHIENG", "NJOROGE", "CHEBET",
                                                           "WAFULA", "MWANGI"};
    const auto digit = [&](std::size_t from_end) -> std::size_t {
        if (phone.size() < from_end) return 0;
        return static_cast<std::size_t>(phone[phone.size() - from_end] - '0') % 10;
    };
    return phone + " - " + std::string{first[digit(1)]} + " " + std::string{last[digit(2)]};
}

}  // namespace lango::simulator
