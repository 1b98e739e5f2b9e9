#include "sheets/ranges.hpp"

#include <algorithm>

namespace lango::sheets {

namespace {

constexpr std::size_t visits_max = 4'000'000;  // of rows, by all ranges

std::optional<Range> range_of(std::string_view reference) {
    const auto colon = std::min(reference.find(':'), reference.size());
    const auto first = place_of(reference.substr(0, colon));
    const auto last = colon == reference.size() ? first : place_of(reference.substr(colon + 1));
    if (!first || !last || last->row < first->row || last->column < first->column) {
        return std::nullopt;
    }
    return Range{.first = *first, .last = *last};
}

// Whether a format that depends on conditions, in the old way or in that of an extension, puts
// something else in the place of a number.
bool hides_numbers(const pugi::xml_node& formatting, const Styles& styles) {
    const auto found = formatting.find_node([&](const pugi::xml_node& one) {
        const std::string_view shows_value = one.attribute("showValue").as_string("1");
        const auto style = one.attribute("dxfId");
        return shows_value == "0" || shows_value == "false" || local_name(one.name()) == "numFmt" ||
               (style && styles.formats_numbers(style.value()));
    });
    return static_cast<bool>(found);
}

}  // namespace

std::optional<Place> place_of(std::string_view reference) {
    std::size_t column = 0;
    std::size_t letters = 0;
    while (letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z') {
        column = column * 26 + static_cast<std::size_t>(reference[letters] - 'A') + 1;
        if (++letters > 3) return std::nullopt;
    }
    const auto row = whole_number(reference.substr(letters));
    if (letters == 0 || !row || *row == 0) return std::nullopt;
    return Place{.row = *row, .column = column - 1};
}

bool Ranges::add(std::string_view reference, Shows shows) {
    while (!reference.empty()) {
        const auto one = reference.substr(0, reference.find(' '));
        reference.remove_prefix(std::min(reference.size(), one.size() + 1));
        if (one.empty()) continue;
        auto range = range_of(one);
        if (!range) return false;
        range->shows = shows;
        ranges_.push_back(*range);
    }
    return true;
}

bool Ranges::add_all_of(const Element& worksheet, const Styles& styles) {
    bool readable = true;
    worksheet.each("mergeCells", [&](const Element& all) {
        all.each("mergeCell", [&](const Element& merged) {
            readable = readable && add(merged.says("ref"), Shows::nothing);
        });
    });
    worksheet.each("conditionalFormatting", [&](const Element& formatting) {
        if (hides_numbers(formatting.node, styles)) {
            readable = readable && add(formatting.says("sqref"), Shows::other_text);
        }
    });
    if (!readable) return false;
    const auto extensions = worksheet.child("extLst");
    for (const auto& extension : extensions.node.children()) {
        for (const auto& all : extension.children()) {
            for (const auto& formatting : all.children()) {
                if (local_name(formatting.name()) != "conditionalFormatting" ||
                    !hides_numbers(formatting, styles)) {
                    continue;
                }
                const auto place = formatting.find_child([](const pugi::xml_node& inner) {
                    return local_name(inner.name()) == "sqref";
                });
                if (!add(place.text().get(), Shows::other_text)) return false;
            }
        }
    }
    return true;
}

bool Ranges::note(Sheet& sheet) const {
    std::size_t visits = 0;
    for (const auto& range : ranges_) {
        for (auto row = std::ranges::lower_bound(sheet, range.first.row, {}, &Row::number);
             row != sheet.end() && row->number <= range.last.row; ++row) {
            if (++visits > visits_max) return false;
            const auto end = std::min(range.last.column + 1, row->cells.size());
            for (auto column = range.first.column; column < end; ++column) {
                // What is merged shows its first cell.
                const bool is_first =
                    row->number == range.first.row && column == range.first.column;
                if (range.shows != Shows::nothing || !is_first) row->note(column, range.shows);
            }
        }
    }
    return true;
}

}  // namespace lango::sheets
