#include "privacy/bodies.hpp"

#include <algorithm>

#include "privacy/mask.hpp"

namespace lango::privacy {

namespace {

constexpr std::size_t national = 9;  // digits behind the country's 254, or behind the 0
constexpr std::string_view country = "254";
constexpr std::string_view hidden_mark = "masked";  // no message of the rail begins so

std::optional<Msisdn> number_of(std::string_view digits) {
    if (digits.size() < national) return std::nullopt;
    const auto before = digits.substr(0, digits.size() - national);
    if (!before.empty() && before != "0" && !before.ends_with(country)) return std::nullopt;
    return Msisdn::parse(std::string{country} + std::string{digits.substr(before.size())});
}

std::string hidden_word(std::int64_t hidden) { return " " + std::to_string(-hidden); }

}  // namespace

std::vector<Msisdn> numbers_in(std::string_view body) {
    std::vector<Msisdn> found;
    std::string digits;
    const auto end_of_digits = [&] {
        const auto phone = number_of(digits);
        if (phone && std::ranges::find(found, *phone) == found.end()) found.push_back(*phone);
        digits.clear();
    };
    for (const char byte : body) {
        if (byte >= '0' && byte <= '9') {
            digits += byte;
        } else if (byte != '\0') {
            end_of_digits();
        }
    }
    end_of_digits();
    return found;
}

bool is_hidden_body(std::string_view body) { return body.starts_with(hidden_mark); }

bool has_number(std::string_view body, Msisdn phone) {
    const auto found = numbers_in(body);
    return std::ranges::find(found, phone) != found.end();
}

std::string hidden_body(const crypto::MasterKey& master, std::string_view body) {
    std::string hidden{hidden_mark};
    for (const auto phone : numbers_in(body)) hidden += hidden_word(hidden_number(master, phone));
    return hidden;
}

bool names(std::string_view hidden_body, const crypto::MasterKey& master, Msisdn phone) {
    const auto words = std::string{hidden_body} + " ";
    return std::ranges::any_of(hidden_numbers(master, phone), [&](std::int64_t hidden) {
        return words.find(hidden_word(hidden) + " ") != std::string::npos;
    });
}

}  // namespace lango::privacy
