#include "base/json_repair.hpp"

#include <algorithm>

namespace lango::json {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// The number behind "\u"; nothing without four hex digits.
std::optional<unsigned> code_unit(std::string_view text, std::size_t at) {
    if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
    unsigned value = 0;
    for (const char c : text.substr(at + 2, 4)) {
        if (!is_hex(c)) return std::nullopt;
        const auto digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
        value = value * 16 + static_cast<unsigned>(digit);
    }
    return value;
}

// How many bytes of the escape at `at` are one that JSON knows; 0: none.
std::size_t escape_length(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size()) return 0;
    if (std::string_view{R"("\/bfnrt)"}.find(text[at + 1]) != std::string_view::npos) return 2;
    const auto unit = code_unit(text, at);
    if (!unit) return 0;
    if (*unit < 0xD800 || *unit > 0xDFFF) return 6;
    const auto low = *unit < 0xDC00 ? code_unit(text, at + 6) : std::nullopt;
    return low && *low >= 0xDC00 && *low <= 0xDFFF ? 12 : 0;
}

// How many bytes at `at` are one character of UTF-8 beyond ASCII; 0: none.
std::size_t utf8_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto first = byte(at);
    const std::size_t length = first >= 0xC2 && first <= 0xDF   ? 2
                               : first >= 0xE0 && first <= 0xEF ? 3
                               : first >= 0xF0 && first <= 0xF4 ? 4
                                                                : 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) return 0;
    }
    const auto second = byte(at + 1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool beyond = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
    return overlong || beyond ? 0 : length;
}

bool has_repaired_name(const Value& value) {
    if (const auto* items = value.array()) return std::ranges::any_of(*items, has_repaired_name);
    if (const auto* members = value.object()) {
        return std::ranges::any_of(*members, [](const Member& member) {
            return is_repaired(member.first) || has_repaired_name(member.second);
        });
    }
    return false;
}

std::size_t count(const Value& object, std::string_view name) {
    if (object.object() == nullptr) return 0;
    return static_cast<std::size_t>(
        std::ranges::count(*object.object(), name, [](const Member& m) { return m.first; }));
}

}  // namespace

std::string repair(std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    std::string out;
    out.reserve(text.size() + 16);
    bool inside = false;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        std::size_t length = 1;
        bool sound = true;
        if (inside && c == '\\') {
            length = escape_length(text, at);
            sound = length > 0;
        } else if (inside && static_cast<unsigned char>(c) >= 0x80) {
            length = utf8_length(text, at);
            sound = length > 0;
        } else if (inside) {
            sound = static_cast<unsigned char>(c) >= 0x20;
        }
        if (c == '"') inside = !inside;
        out.append(sound ? text.substr(at, length) : repair_mark);
        at += sound ? length : 1;
    }
    return out;
}

Result<Value, ParseError> parse_leniently(std::string_view text) {
    if (auto strict = parse(text)) return strict;
    auto repaired = parse(repair(text));
    if (repaired && has_repaired_name(*repaired)) {
        return Unexpected<ParseError>({"a name that was repaired", 0});
    }
    return repaired;
}

std::optional<std::string> sound_text(const Value& object, std::string_view name) {
    if (count(object, name) != 1) return std::nullopt;
    const auto* text = object.find(name)->scalar_text();
    if (text == nullptr || is_repaired(*text)) return std::nullopt;
    return *text;
}

bool stands_twice(const Value& object, std::initializer_list<std::string_view> names) {
    return std::ranges::any_of(names,
                               [&](std::string_view name) { return count(object, name) > 1; });
}

bool is_unsound(const Value& object, std::initializer_list<std::string_view> names) {
    return std::ranges::any_of(names, [&](std::string_view name) {
        const auto times = count(object, name);
        if (times == 0) return false;
        return times > 1 || (!object.find(name)->is_null() && !sound_text(object, name));
    });
}

std::optional<Rows> split_rows(std::string_view text, std::string_view outer) {
    Rows found;
    std::string open;
    std::size_t row_at = 0;
    std::size_t told_to = 0;
    bool inside = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (inside) {
            if (c == '\\') ++at;
            inside = c != '"';
        } else if (c == '"') {
            inside = true;
        } else if (c == '{' || c == '[') {
            if (c == '{' && open == outer) row_at = at;
            if (open.size() == depth_max) return std::nullopt;
            open.push_back(c);
        } else if (c == '}' || c == ']') {
            if (open.empty() || open.back() != (c == '}' ? '{' : '[')) return std::nullopt;
            open.pop_back();
            if (c == '}' && open == outer) {
                found.rows.push_back(text.substr(row_at, at + 1 - row_at));
                found.rest.append(text.substr(told_to, row_at - told_to)).append(row_mark);
                told_to = at + 1;
            }
        }
    }
    if (inside || !open.empty()) return std::nullopt;
    found.rest.append(text.substr(told_to));
    return found;
}

}  // namespace lango::json
