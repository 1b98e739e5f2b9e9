#include "sheets/number_format.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace lango::sheets {

namespace {

std::string lower(std::string_view text) {
    std::string out{text};
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

// One part of a format: what it puts for digits, and what it puts beside them.
struct Section {
    std::string places;  // 0 # ? . , and @
    std::string words;   // in small letters
    bool is_general = false;
    bool is_foreign = false;  // a day, a share, a power of ten, a fraction, a condition
};

constexpr std::array<std::string_view, 7> colours{"black",   "blue", "cyan",  "green",
                                                  "magenta", "red",  "yellow"};

// "[Red]", "[$KES-441]", "[$-409]"; a condition and spans of hours are foreign.
void read_bracket(std::string_view inside, Section& section) {
    if (inside.starts_with('$')) {
        section.words += lower(inside.substr(1, inside.find('-') - 1));
        return;
    }
    const auto name = lower(inside);
    const bool is_colour = std::ranges::find(colours, name) != colours.end() ||
                           (name.starts_with("color") && whole_number(name.substr(5)));
    section.is_foreign = section.is_foreign || !is_colour;
}

// The sections of a format, at most five: one more than there may be.
std::vector<Section> sections(std::string_view format) {
    std::vector<Section> all(1);
    for (std::size_t i = 0; i < format.size(); ++i) {
        auto& section = all.back();
        const char c = format[i];
        if (c == ';') {
            if (all.size() > 4) break;
            all.emplace_back();
        } else if (c == '"' || c == '[') {
            const auto end = std::min(format.find(c == '"' ? '"' : ']', i + 1), format.size());
            const auto inside = format.substr(i + 1, end - i - 1);
            if (c == '"') {
                section.words += lower(inside);
            } else {
                read_bracket(inside, section);
            }
            i = end;
        } else if (c == '\\' || c == '*') {
            if (++i < format.size()) section.words += lower(format.substr(i, 1));
        } else if (c == '_') {
            ++i;
        } else if (std::string_view{"0#?.,@"}.find(c) != std::string_view::npos) {
            section.places += c;
        } else if (lower(format.substr(i, 7)) == "general") {
            section.is_general = true;
            i += 6;
        } else if (c == '/' || c == '%' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
            section.is_foreign = true;
        } else {
            section.words += c;
        }
    }
    return all;
}

// Blanks, brackets, signs, and what Kenya's money is called.
bool are_harmless(std::string words) {
    for (const std::string_view mark : {"\u00a0", "\u202f", "/=", "/-"}) {
        for (auto at = words.find(mark); at != std::string::npos; at = words.find(mark, at)) {
            words.replace(at, mark.size(), " ");
        }
    }
    std::string word;
    words += ' ';
    for (const char c : words) {
        if (std::string_view{" +-()"}.find(c) == std::string_view::npos) {
            word += c;
            continue;
        }
        if (word.size() > 1 && word.ends_with('.')) word.pop_back();
        if (!word.empty() && word != "kes" && word != "ksh" && word != "kshs" && word != "sh" &&
            word != "shs") {
            return false;
        }
        word.clear();
    }
    return true;
}

Shows shows_number(const Section& section) {
    const auto& places = section.places;
    if (section.is_foreign || !are_harmless(section.words)) return Shows::other_text;
    if (section.is_general) {
        return places.empty() && section.words.empty() ? Shows::the_text : Shows::other_text;
    }
    if (places == "@" && section.words.empty()) return Shows::the_text;
    const auto whole = std::string_view{places}.substr(0, places.find('.'));
    // A comma behind the last digit divides by a thousand.
    const bool is_scaled = whole.ends_with(',') || places.ends_with(',');
    const bool has_digit = places.find_first_of("0#?") != std::string::npos;
    const bool repeats = std::ranges::count(places, '.') > 1 || places.find('@') < places.size();
    if (!has_digit || whole.empty() || is_scaled || repeats) return Shows::other_text;
    const bool plain = section.words.empty() && (places == "0" || places == "#");
    return plain ? Shows::the_text : Shows::same_number;
}

Shows shows_text(const Section& section) {
    if (section.is_foreign || !are_harmless(section.words)) return Shows::other_text;
    if (section.is_general && section.places.empty()) return Shows::the_text;
    if (section.places != "@") return Shows::other_text;
    const bool has_words =
        std::ranges::any_of(section.words, [](char c) { return c != ' ' && c != '-'; });
    return has_words ? Shows::other_text : Shows::the_text;
}

// Those that every program knows by their numbers: plain ones, and money in the reader's currency.
Shows shows_built_in(std::size_t id, Value value) {
    if (id == 0 || id == 49 || value == Value::text) return Shows::the_text;
    if (id == 1) return Shows::the_text;
    if ((id >= 2 && id <= 8) || (id >= 37 && id <= 44)) return Shows::same_number;
    return Shows::other_text;
}

constexpr std::size_t built_in_end = 164;

}  // namespace

std::optional<std::size_t> whole_number(std::string_view text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

Shows shows(std::string_view format, Value value) {
    const auto all = sections(format);
    if (all.size() > 4) return Shows::other_text;
    if (value == Value::text) {
        if (all.size() == 4) return shows_text(all[3]);
        const bool is_for_texts = all.back().places.find('@') != std::string::npos;
        return is_for_texts ? shows_text(all.back()) : Shows::the_text;
    }
    // The last of several may be for texts, and then is for no number.
    auto numeric = all.size();
    if (numeric == 4 || (numeric > 1 && all.back().places == "@")) --numeric;
    if (value == Value::negative && numeric > 1) return shows_number(all[1]);
    if (value == Value::zero && numeric > 2) return shows_number(all[2]);
    return shows_number(all[0]);
}

std::optional<Styles> Styles::read(const Element& style_sheet) {
    static const std::vector<std::string_view> names{"numFmts", "numFmt", "cellStyleXfs", "cellXfs",
                                                     "xf",      "dxfs",   "dxf"};
    Styles styles;
    if (is_disguised(style_sheet, names)) return std::nullopt;
    for (const auto* table : {"numFmts", "cellStyleXfs", "cellXfs", "dxfs"}) {
        if (style_sheet.count(table) > 1 || is_disguised(style_sheet.child(table), names)) {
            return std::nullopt;
        }
    }
    bool are_clear = true;
    style_sheet.child("numFmts").each("numFmt", [&](const Element& one) {
        const auto [kept, is_new] =
            styles.formats_.emplace(one.says("numFmtId"), one.says("formatCode"));
        are_clear = are_clear && (is_new || kept->second == one.says("formatCode"));
    });
    if (!are_clear) return std::nullopt;
    std::vector<std::string> bases;
    style_sheet.child("cellStyleXfs").each("xf", [&](const Element& one) {
        bases.emplace_back(one.says("numFmtId"));
    });
    style_sheet.child("cellXfs").each("xf", [&](const Element& one) {
        Style style{.format = std::string{one.says("numFmtId")}, .base = {}};
        const auto applies = one.says("applyNumberFormat");
        const auto base = whole_number(one.says("xfId"));
        // Programs differ in whose format counts then.
        if ((applies == "0" || applies == "false") && base && *base < bases.size()) {
            style.base = bases[*base];
        }
        styles.styles_.push_back(std::move(style));
    });
    style_sheet.child("dxfs").each("dxf", [&](const Element& one) {
        styles.conditional_.push_back(static_cast<bool>(one.child("numFmt")));
    });
    return styles;
}

Shows Styles::shows_by_id(std::string_view id, Value value) const {
    const auto number = whole_number(id);
    if (!number) return id.empty() ? Shows::the_text : Shows::other_text;
    const auto own = formats_.find(id);
    const auto by_own = own == formats_.end() ? Shows::the_text : sheets::shows(own->second, value);
    if (*number < built_in_end) return std::max(by_own, shows_built_in(*number, value));
    return own == formats_.end() ? Shows::other_text : by_own;
}

Shows Styles::shows(std::string_view style, Value value) const {
    const auto number = style.empty() ? std::optional<std::size_t>{0} : whole_number(style);
    if (number == std::size_t{0} && styles_.empty()) return Shows::the_text;
    if (!number || *number >= styles_.size()) return Shows::other_text;
    const auto& found = styles_[*number];
    return std::max(shows_by_id(found.format, value), shows_by_id(found.base, value));
}

bool Styles::formats_numbers(std::string_view conditional_style) const {
    const auto number = whole_number(conditional_style);
    return number && (*number >= conditional_.size() || conditional_[*number]);
}

}  // namespace lango::sheets
