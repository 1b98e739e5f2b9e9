#include "base/typed.hpp"

#include <algorithm>
#include <array>

#include "base/ids.hpp"
#include "base/utf8.hpp"

namespace lango::typed {

namespace {

struct Range {
    char32_t from;
    char32_t to;
};

template <std::size_t N>
constexpr bool is_in(const std::array<Range, N>& ranges, char32_t c) {
    return std::ranges::any_of(ranges, [&](Range one) { return c >= one.from && c <= one.to; });
}

// White_Space of Unicode.
constexpr std::array blanks = std::to_array<Range>({{0x09, 0x0D},
                                                    {0x20, 0x20},
                                                    {0x85, 0x85},
                                                    {0xA0, 0xA0},
                                                    {0x1680, 0x1680},
                                                    {0x2000, 0x200A},
                                                    {0x2028, 0x2029},
                                                    {0x202F, 0x202F},
                                                    {0x205F, 0x205F},
                                                    {0x3000, 0x3000}});
// Default_Ignorable_Code_Point of Unicode: zero-width, marks of direction, variation selectors;
// and the anchors of annotations.
constexpr std::array invisible = std::to_array<Range>({{0xAD, 0xAD},
                                                       {0x34F, 0x34F},
                                                       {0x61C, 0x61C},
                                                       {0x115F, 0x1160},
                                                       {0x17B4, 0x17B5},
                                                       {0x180B, 0x180F},
                                                       {0x200B, 0x200F},
                                                       {0x202A, 0x202E},
                                                       {0x2060, 0x206F},
                                                       {0x3164, 0x3164},
                                                       {0xFE00, 0xFE0F},
                                                       {0xFEFF, 0xFEFF},
                                                       {0xFFA0, 0xFFA0},
                                                       {0xFFF0, 0xFFFB},
                                                       {0x1BCA0, 0x1BCA3},
                                                       {0x1D173, 0x1D17A},
                                                       {0xE0000, 0xE0FFF}});
// Dash of Unicode, and what looks like one.
constexpr std::array dashes = std::to_array<Range>({{'-', '-'},
                                                    {0x2D7, 0x2D7},
                                                    {0x58A, 0x58A},
                                                    {0x5BE, 0x5BE},
                                                    {0x2010, 0x2015},
                                                    {0x2043, 0x2043},
                                                    {0x207B, 0x207B},
                                                    {0x208B, 0x208B},
                                                    {0x2212, 0x2212},
                                                    {0x2500, 0x2501},
                                                    {0x2E3A, 0x2E3B},
                                                    {0x301C, 0x301C},
                                                    {0x30FC, 0x30FC},
                                                    {0xFE58, 0xFE58},
                                                    {0xFE63, 0xFE63}});
constexpr std::array dots = std::to_array<Range>({{'.', '.'},
                                                  {0xB7, 0xB7},
                                                  {0x2022, 0x2022},
                                                  {0x2024, 0x2024},
                                                  {0x2027, 0x2027},
                                                  {0x2219, 0x2219},
                                                  {0x22C5, 0x22C5},
                                                  {0x30FB, 0x30FB}});
constexpr std::string_view brackets = "()[]";
constexpr std::string_view apostrophes = "'";

// Letters, digits and marks of full width (U+FF01 to U+FF5E) are the plain ones.
char32_t narrow(char32_t c) { return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFF01 + '!' : c; }

// Each character for itself, or nothing for a text that is not UTF-8.
std::optional<std::u32string> characters(std::string_view text) {
    std::u32string out;
    while (!text.empty()) {
        const auto next = utf8::first(text);
        if (next.bytes == 0) return std::nullopt;
        if (!is_in(invisible, next.code)) out += narrow(next.code);
        text.remove_prefix(next.bytes);
    }
    return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr char group_blank = ' ';
constexpr char foreign = '?';  // is in no number

// In ASCII, one character each: blanks of every kind are ' ', apostrophes are '\''.
std::string plain(const std::u32string& text) {
    std::string out;
    for (const auto c : text) {
        if (is_in(blanks, c)) {
            out += group_blank;
        } else if (c == 0x2019 || c == 0x2BC) {
            out += apostrophes;
        } else {
            out += c < 0x80 ? upper(static_cast<char>(c)) : foreign;
        }
    }
    return out;
}

void trim(std::string_view& text) {
    while (text.starts_with(group_blank)) text.remove_prefix(1);
    while (text.ends_with(group_blank)) text.remove_suffix(1);
}

// "KES 500", "Ksh. 500", "500/=".
void without_currency(std::string_view& text) {
    trim(text);
    for (const std::string_view end : {"/=", "/-"}) {
        if (text.ends_with(end)) text.remove_suffix(end.size());
    }
    for (const std::string_view name : {"KES", "KSHS", "KSH", "SHS", "SH"}) {
        if (text.starts_with(name)) {
            text.remove_prefix(name.size());
            if (text.starts_with('.')) text.remove_prefix(1);
            break;
        }
        if (text.ends_with(name)) {
            text.remove_suffix(name.size());
            break;
        }
    }
    trim(text);
}

bool is_mark(char c) { return c == ',' || c == group_blank || c == '\''; }

// The digits of a whole number, its group marks left out; nothing where they are no such marks.
std::optional<std::string> ungrouped(std::string_view text) {
    const auto mark = std::ranges::find_if(text, is_mark);
    if (mark == text.end()) return std::string{text};
    std::string digits;
    auto group = text.substr(0, text.find(*mark));
    text.remove_prefix(group.size());
    // A group in front of others has no 0 before it: 0,100 is a tenth to some.
    if (group.empty() || group.size() > 3 || group.front() == '0') return std::nullopt;
    digits = group;
    while (!text.empty()) {
        if (text.front() != *mark) return std::nullopt;
        group = text.substr(1, 3);
        text.remove_prefix(1 + group.size());
        if (group.size() != 3 || !std::ranges::all_of(group, is_digit)) return std::nullopt;
        digits += group;
    }
    return digits;
}

constexpr std::size_t digits_max = 12;

}  // namespace

std::string code(std::string_view text) {
    const auto all = characters(text);
    if (!all) return std::string{text};
    std::string out;
    for (const auto c : *all) {
        if (is_in(blanks, c) || is_in(dashes, c) || is_in(dots, c)) continue;
        out += c < 0x80 ? upper(static_cast<char>(c)) : foreign;
    }
    return out;
}

std::string name(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto next = utf8::first(text);
        const auto bytes = std::max<std::size_t>(next.bytes, 1);
        const bool counts =
            next.bytes == 0 || (!is_in(blanks, next.code) && !is_in(invisible, next.code));
        if (counts) out += text.substr(0, bytes);
        text.remove_prefix(bytes);
    }
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

std::optional<std::int64_t> id(std::string_view text) {
    auto digits = code(text);
    std::ranges::transform(digits, digits.begin(), lower);
    return parse_hex16(digits);
}

std::optional<Msisdn> phone(std::string_view text) {
    auto digits = code(text);
    std::erase_if(digits, [](char c) { return brackets.find(c) != std::string_view::npos; });
    if (digits.starts_with("+254") || digits.starts_with("00254")) {
        digits.erase(0, digits.front() == '+' ? 1 : 2);
    }
    // The country's number before the whole number as it is dialled at home.
    if (digits.starts_with("2540")) digits.erase(3, 1);
    if (digits.size() == 10 && digits.starts_with('0')) digits.erase(0, 1);
    if (digits.size() == 9) digits.insert(0, "254");
    return Msisdn::parse(digits);
}

Result<Money, NoAmount> amount(std::string_view text) {
    const auto no = [](NoAmount why) { return Unexpected<NoAmount>{why}; };
    const auto all = characters(text);
    if (!all) return no(NoAmount::not_a_number);
    const auto typed = plain(*all);
    std::string_view rest = typed;
    without_currency(rest);
    const bool numeric =
        std::ranges::all_of(rest, [](char c) { return is_digit(c) || is_mark(c) || c == '.'; });
    if (!numeric || std::ranges::none_of(rest, is_digit)) return no(NoAmount::not_a_number);
    const auto dot = rest.find('.');
    std::string_view cents;
    if (dot != std::string_view::npos) {
        cents = rest.substr(dot + 1);
        rest = rest.substr(0, dot);
        const bool fits = !rest.empty() && !cents.empty() && cents.size() <= 2;
        if (!fits || !std::ranges::all_of(cents, is_digit)) return no(NoAmount::unclear);
    }
    const auto whole = ungrouped(rest);
    if (!whole) return no(NoAmount::unclear);
    if (whole->size() > digits_max) return no(NoAmount::not_a_number);
    const auto number = Decimal::parse(cents.empty() ? *whole : *whole + "." + std::string{cents});
    const auto money = number ? Money::from_decimal(*number, Currency::kes()) : std::nullopt;
    if (!money) return no(NoAmount::not_a_number);
    return *money;
}

}  // namespace lango::typed
