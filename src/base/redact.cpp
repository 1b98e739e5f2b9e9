#include "base/redact.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace lango {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_token(char c) {
    return is_word(c) || std::string_view("-.~+/=").find(c) != std::string_view::npos;
}
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool starts_with_ignoring_case(std::string_view text, std::string_view lower_case) {
    return text.size() >= lower_case.size() &&
           std::ranges::equal(text.substr(0, lower_case.size()), lower_case, {}, lower);
}

// How many characters at the front of text are of the kind.
template <class Kind>
std::size_t run(std::string_view text, Kind kind) {
    return static_cast<std::size_t>(std::ranges::find_if_not(text, kind) - text.begin());
}

// What stands at the front of the rest of the text, and what to print for it.
struct Found {
    std::size_t length;
    std::string instead;
};

std::optional<Found> checkout_request_id(std::string_view rest) {
    constexpr std::string_view prefix = "ws_CO_";
    constexpr std::size_t date = 8;  // stays, for whoever searches the log; the phone comes last
    if (!rest.starts_with(prefix)) return std::nullopt;
    const std::size_t length = prefix.size() + run(rest.substr(prefix.size()), is_word);
    const std::string_view id = rest.substr(0, length);
    std::string instead(prefix);
    if (length >= prefix.size() + date + 14) instead = id.substr(0, prefix.size() + date);
    instead += "****";
    if (length >= prefix.size() + 9) instead += id.substr(length - 4);
    return Found{length, std::move(instead)};
}

std::optional<Found> token(std::string_view rest) {
    constexpr std::array<std::string_view, 3> marks = {"bearer", "access token", "access_token"};
    for (const std::string_view mark : marks) {
        if (!starts_with_ignoring_case(rest, mark)) continue;
        constexpr std::string_view between = " \t-=:\"'\\<";
        std::size_t start = mark.size();
        start += run(rest.substr(start), [&](char c) { return between.find(c) != between.npos; });
        const std::size_t length = run(rest.substr(start), is_token);
        // Short ones without a digit are words: "access token is missing".
        const bool is_secret =
            length >= 8 || std::ranges::any_of(rest.substr(start, length), is_digit);
        if (start == mark.size() || !is_secret) return std::nullopt;
        return Found{start + length, std::string(rest.substr(0, start)) + "***"};
    }
    return std::nullopt;
}

bool is_phone(std::string_view digits) {
    if (digits.size() == 12 && digits.starts_with("254")) {
        digits.remove_prefix(2);
    } else if (digits.size() != 10 || digits[0] != '0') {
        return false;
    }
    return digits[1] == '7' || digits[1] == '1';
}

// How much of the text at its front is a phone number; 0 if none is. People put single blanks or
// dashes between the digits.
std::size_t phone_length(std::string_view text, bool blanks_between) {
    std::array<char, 12> digits{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool last_of_group = i + 1 == text.size() || !is_digit(text[i + 1]);
        if (is_digit(text[i])) {
            if (count == digits.size()) return 0;
            digits[count++] = text[i];
            if (last_of_group && is_phone({digits.data(), count})) return i + 1;
        } else if (!blanks_between || last_of_group || (text[i] != ' ' && text[i] != '-')) {
            return 0;
        }
    }
    return 0;
}

// text[at] is the first of a run of digits.
std::optional<Found> phone(std::string_view text, std::size_t at) {
    // With blanks only where this is not the middle of a date: 2026-07-12 10:22.
    const bool goes_on =
        at >= 2 && (text[at - 1] == '-' || text[at - 1] == ':') && is_digit(text[at - 2]);
    const std::size_t length = phone_length(text.substr(at), !goes_on);
    if (length == 0) return std::nullopt;
    std::string instead(text.substr(at, length));
    std::size_t behind = 0;  // digits
    for (std::size_t i = length; i-- > 0;) {
        if (!is_digit(instead[i])) continue;
        if (behind >= 4 && behind < 8) instead[i] = '*';
        ++behind;
    }
    return Found{length, std::move(instead)};
}

}  // namespace

std::string redact(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        const char c = rest[0];
        std::optional<Found> found;
        std::size_t plain = 1;
        if (is_digit(c)) {
            found = phone(text, at);
            plain = run(rest, is_digit);
        } else if (c == 'w') {
            found = checkout_request_id(rest);
        } else if (c == 'b' || c == 'B' || c == 'a' || c == 'A') {
            found = token(rest);
        } else if (c == '%') {
            plain = std::min<std::size_t>(3, rest.size());  // the digits of %20 are no number's
        }
        out += found ? std::string_view(found->instead) : rest.substr(0, plain);
        at += found ? found->length : plain;
    }
    return out;
}

}  // namespace lango
