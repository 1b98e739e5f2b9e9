// Office Open XML, the part of it that a table of texts and numbers needs (ECMA-376,
// SpreadsheetML). What programs would read in different ways is refused, for it would be paid by
// another reading than the one that somebody looked at.
#include <algorithm>
#include <array>
#include <optional>

#include "base/decimal.hpp"
#include "base/terminal_text.hpp"
#include "sheets/markup.hpp"
#include "sheets/number_format.hpp"
#include "sheets/package.hpp"
#include "sheets/ranges.hpp"
#include "sheets/sheet.hpp"

namespace lango::sheets {

namespace {

Unexpected<std::string> wrong(std::string what) { return Unexpected<std::string>{std::move(what)}; }

constexpr std::string_view no_sheet = "the XLSX file has no sheet that can be read";
constexpr std::string_view too_many_cells =
    "the XLSX file has more cells than are read, which is some 500000: delete what is not needed, "
    "empty cells with a style too, or save the sheet as CSV";

// The one that is called so; nothing where there are more, none ("") where there is none.
std::optional<std::string> one_of_type(const std::vector<Relation>& relations,
                                       std::string_view type) {
    std::string path;
    for (const auto& relation : relations) {
        if (relation.type != type) continue;
        if (!path.empty()) return std::nullopt;
        path = relation.path;
    }
    return path;
}

// The texts of all <t> of a string, which may be cut into runs: one <t>, or <r><t> several times.
// Nothing for any other shape. No more is read than breaks a cell's limit.
std::optional<std::string> text_of(const Element& string) {
    std::string text;
    bool is_whole = false;
    const auto add = [&](const pugi::xml_node& node) {
        std::string_view piece;
        if (!read_text(node, piece)) return false;
        if (text.size() <= cell_max) text.append(piece.substr(0, cell_max + 1));
        return true;
    };
    for (const auto& node : string.node.children()) {
        if (!is_element(node)) continue;
        const auto inner = string.enter(node);
        if (is_whole && (inner.name() == "t" || inner.name() == "r")) return std::nullopt;
        if (inner.name() == "t") {
            is_whole = true;
            if (!text.empty() || !add(node)) return std::nullopt;
        } else if (inner.name() == "r") {
            const auto piece = inner.child("t");
            const auto pieces = inner.count("t");
            const auto in_all = std::ranges::count_if(node.children(), is_element);
            if (pieces > 1 || pieces + inner.count("rPr") != static_cast<std::size_t>(in_all)) {
                return std::nullopt;
            }
            if (piece && !add(piece.node)) return std::nullopt;
        } else if (inner.name() != "rPh" && inner.name() != "phoneticPr") {
            return std::nullopt;  // furigana alone is no part of the text
        }
    }
    return text;
}

// Nothing at a place: a text that cannot be read.
using Strings = std::vector<std::optional<std::string>>;

Result<Strings, std::string> strings_of(const Package& package, const std::string& path) {
    Strings texts;
    if (path.empty()) return texts;
    const auto bytes = package.part(path);
    pugi::xml_document document;
    if (bytes && nodes_in(*bytes) > nodes_max) return wrong(std::string{too_many_cells});
    if (!bytes || !parse(document, *bytes)) return wrong(std::string{no_sheet});
    const auto all = root(document, "sst");
    for (const auto& node : all.node.children()) {
        if (!is_element(node)) continue;
        const auto string = all.enter(node);
        if (string.name() == "extLst") continue;
        if (string.name() != "si") return wrong(std::string{no_sheet});
        texts.push_back(text_of(string));
    }
    return texts;
}

std::optional<Styles> styles_of(const Package& package, const std::string& path) {
    if (path.empty()) return Styles{};
    const auto bytes = package.part(path);
    pugi::xml_document document;
    if (!bytes || !parse(document, *bytes)) return std::nullopt;
    return Styles::read(root(document, "styleSheet"));
}

// The id by which a sheet is named: the attribute of that namespace, whatever it is called.
std::string relation_id(const pugi::xml_node& sheet) {
    for (const auto& attribute : sheet.attributes()) {
        if (local_name(attribute.name()) != "id" || prefix(attribute.name()).empty()) continue;
        const auto declared = "xmlns:" + std::string{prefix(attribute.name())};
        for (auto place = sheet; place; place = place.parent()) {
            const auto uri = place.attribute(declared.c_str());
            if (!uri) continue;
            const std::string_view name = uri.value();
            if (name == "http://schemas.openxmlformats.org/officeDocument/2006/relationships" ||
                name == "http://purl.oclc.org/ooxml/officeDocument/relationships") {
                return attribute.value();
            }
            break;
        }
    }
    return {};
}

// What the first sheet of a workbook needs.
struct Workbook {
    std::string sheet;  // its path
    std::string name;
    bool is_hidden = false;
    bool is_computed = false;  // by a pivot table, or from elsewhere
    Strings strings;
    Styles styles;
};

Result<Workbook, std::string> workbook_of(const Package& package) {
    const auto whole = package.relations_of("");
    const auto path = whole ? one_of_type(*whole, "officeDocument") : std::nullopt;
    const auto bytes = path ? package.part(*path) : std::nullopt;
    const auto relations = path ? package.relations_of(*path) : std::nullopt;
    pugi::xml_document document;
    const auto none = wrong(std::string{no_sheet});
    if (!bytes || !relations || !parse(document, *bytes)) return none;
    const auto book = root(document, "workbook");
    const auto sheets = book.child("sheets");
    if (book.count("sheets") != 1 || is_disguised(book, {"sheets"}) ||
        is_disguised(sheets, {"sheet"})) {
        return none;
    }
    const auto sheet = sheets.child("sheet");
    const auto id = relation_id(sheet.node);
    const auto named = std::ranges::find(*relations, id, &Relation::id);
    if (id.empty() || named == relations->end() || named->type != "worksheet") return none;
    const auto strings_path = one_of_type(*relations, "sharedStrings");
    const auto styles_path = one_of_type(*relations, "styles");
    auto styles = styles_path ? styles_of(package, *styles_path) : std::nullopt;
    const auto beside = package.relations_of(named->path);
    if (!strings_path || !styles || !beside) return none;
    auto strings = strings_of(package, *strings_path);
    if (!strings) return wrong(strings.error());
    const auto state = sheet.says("state");
    return Workbook{.sheet = named->path,
                    .name = std::string{sheet.says("name")},
                    .is_hidden = !state.empty() && state != "visible",
                    .is_computed = std::ranges::any_of(*beside,
                                                       [](const Relation& one) {
                                                           return one.type == "pivotTable" ||
                                                                  one.type == "queryTable";
                                                       }),
                    .strings = *std::move(strings),
                    .styles = *std::move(styles)};
}

// What an element of a cell has in it, each once at most.
struct Inside {
    Element value;
    Element text;
    Element formula;
};
// Nothing where there is something else.
std::optional<Inside> inside_of(const Element& cell) {
    Inside found;
    for (const auto& node : cell.node.children()) {
        if (!is_element(node)) continue;
        auto inner = cell.enter(node);
        const auto name = inner.name();
        if (name == "extLst") continue;
        auto* place = name == "v"    ? &found.value
                      : name == "is" ? &found.text
                      : name == "f"  ? &found.formula
                                     : nullptr;
        if (place == nullptr || *place) return std::nullopt;
        *place = std::move(inner);
    }
    return found;
}

struct Stored {
    std::string text;
    Value value = Value::text;
    bool is_other = false;  // true or false, a day: never shown as it is stored
};

Stored number_of(std::string_view stored) {
    const auto number = Decimal::parse(stored);
    if (!number) return {.text = std::string{stored}};
    return {.text = number->text(),
            .value = number->is_zero()     ? Value::zero
                     : number->units() < 0 ? Value::negative
                                           : Value::positive};
}

std::optional<Stored> stored_in(const Element& cell, const Inside& inside, const Strings& strings) {
    const auto type = cell.says("t");
    std::string_view value;
    if (inside.value && !read_text(inside.value.node, value)) return std::nullopt;
    value = value.substr(0, cell_max + 1);
    if (type == "inlineStr") {
        auto text = inside.text ? text_of(inside.text) : std::string{};
        return text ? std::optional{Stored{.text = *std::move(text)}} : std::nullopt;
    }
    if (type == "s") {
        if (value.empty()) return Stored{};
        const auto index = whole_number(value);
        if (!index || *index >= strings.size() || !strings[*index]) return std::nullopt;
        return Stored{.text = *strings[*index]};
    }
    if (type.empty() || type == "n") return number_of(value);
    return Stored{.text = std::string{value}, .is_other = type != "str" && type != "e"};
}

// Which columns are not shown: the table has spans of them.
class HiddenColumns {
  public:
    explicit HiddenColumns(const Element& worksheet) {
        worksheet.each("cols", [&](const Element& spans) {
            spans.each("col", [&](const Element& span) { add(span); });
        });
    }
    [[nodiscard]] bool contains(std::size_t column) const {
        return column < hidden_.size() && hidden_.at(column);
    }
    // "0", "0.0"
    static bool is_nothing(std::string_view number) {
        return !number.empty() && number.find_first_not_of("0.") == std::string_view::npos;
    }

  private:
    void add(const Element& span) {
        const auto width = span.says("width");
        const bool narrow = width.starts_with('0') && is_nothing(width);
        if (!span.is_true("hidden") && !narrow) return;
        const auto first = span.node.attribute("min").as_ullong(1);
        const auto last =
            std::min<std::size_t>(span.node.attribute("max").as_ullong(first), columns_max);
        for (auto column = first; column >= 1 && column <= last; ++column) {
            hidden_.at(column - 1) = true;
        }
    }

    std::array<bool, columns_max> hidden_{};
};

class SheetReader {
  public:
    SheetReader(const Element& worksheet, const Workbook& book, Hidden hidden)
        : worksheet_(worksheet),
          book_(book),
          columns_(worksheet),
          refuses_hidden_(hidden == Hidden::refused),
          rows_hidden_(worksheet.child("sheetFormatPr").is_true("zeroHeight")) {}

    Result<Sheet, std::string> read() {
        std::size_t number = 0;
        const auto rows = worksheet_.child("sheetData");
        for (const auto& node : rows.node.children()) {
            if (!is_element(node)) continue;
            const auto stored = rows.enter(node);
            if (stored.name() != "row") {
                return wrong("behind row " + std::to_string(number) + " stands something else");
            }
            const auto stands_at = node.attribute("r");
            const auto told = stands_at ? whole_number(stands_at.value()) : number + 1;
            if (!told || *told <= number) {
                return wrong("a row behind row " + std::to_string(number) +
                             " is out of order: a spreadsheet program may not show it");
            }
            number = *told;
            Row row{.number = number, .cells = {}, .shown = {}};
            if (const auto problem = read_row(stored, row)) {
                return wrong("row " + std::to_string(number) + ": " + *problem);
            }
            if (!row.cells.empty()) sheet_.push_back(std::move(row));
            if (sheet_.size() > rows_max) return wrong("more than 50000 rows");
        }
        if (!ranges_.add_all_of(worksheet_, book_.styles)) {
            return wrong("the sheet has merged cells or formats that cannot be read");
        }
        if (!ranges_.note(sheet_)) return wrong("the sheet has too many merged cells and formats");
        return std::move(sheet_);
    }

  private:
    std::optional<std::string> read_row(const Element& stored, Row& row) {
        std::size_t next = 0;
        for (const auto& node : stored.node.children()) {
            if (!is_element(node)) continue;
            const auto cell = stored.enter(node);
            if (cell.name() == "extLst") continue;
            if (cell.name() != "c") return "something that is no cell stands in it";
            if (auto problem = read_cell(cell, row, next)) return problem;
        }
        const bool is_hidden = stored.is_true("hidden") ||
                               (rows_hidden_ && !stored.node.attribute("hidden")) ||
                               HiddenColumns::is_nothing(stored.says("ht"));
        if (refuses_hidden_ && is_hidden && !row.cells.empty()) {
            return "it is hidden, by hand or by a filter: show all rows, or say --include-hidden";
        }
        return std::nullopt;
    }

    // next: where the next one stands that does not say where it stands.
    std::optional<std::string> read_cell(const Element& cell, Row& row, std::size_t& next) {
        const auto reference = cell.says("r");
        const auto place = reference.empty() ? Place{.row = row.number, .column = next}
                                             : place_of(reference).value_or(Place{});
        if (place.row != row.number || place.column < next) {
            return "a cell stands out of order or in another row: a spreadsheet program may "
                   "not show it";
        }
        const auto column = place.column;
        next = column + 1;
        const auto inside = inside_of(cell);
        auto stored = inside ? stored_in(cell, *inside, book_.strings) : std::nullopt;
        if (!stored) return "a cell names a text that is not there, or that cannot be read";
        const auto shows = stored->is_other ? Shows::other_text
                                            : book_.styles.shows(cell.says("s"), stored->value);
        if (auto problem = cells_.put(row, column, std::move(stored->text))) return problem;
        const auto results = inside->formula.says("ref");
        if (!ranges_.add(results, Shows::other_result)) return "a formula cannot be read";
        if (column >= row.cells.size() || row.cells[column].empty()) return std::nullopt;
        row.note(column, inside->formula ? Shows::other_result : shows);
        if (refuses_hidden_ && columns_.contains(column)) {
            return "column " + std::to_string(column + 1) +
                   " has a text and is hidden: show it, or say --include-hidden";
        }
        return std::nullopt;
    }

    Element worksheet_;
    const Workbook& book_;
    HiddenColumns columns_;
    bool refuses_hidden_;
    bool rows_hidden_;  // unless they say otherwise
    Cells cells_;
    Ranges ranges_;
    Sheet sheet_;
};

// Whether all programs find the same rows and columns in it.
bool is_plain(const Element& worksheet) {
    static const std::vector<std::string_view> tables{"sheetData", "sheetFormatPr", "cols",
                                                      "mergeCells", "conditionalFormatting"};
    if (worksheet.count("sheetData") != 1) return false;
    if (worksheet.count("sheetFormatPr") > 1 || is_disguised(worksheet, tables)) {
        return false;
    }
    return std::ranges::none_of(worksheet.node.children(), [&](const pugi::xml_node& inner) {
        const auto name = is_element(inner) ? worksheet.enter(inner).name() : std::string_view{};
        return (name == "cols" || name == "mergeCells") &&
               is_disguised(worksheet.enter(inner), {"col", "mergeCell"});
    });
}

}  // namespace

Result<Sheet, std::string> read_xlsx(std::string_view bytes, Hidden hidden) {
    const auto package = Package::open(bytes);
    if (!package) return wrong(package.error());
    const auto book = workbook_of(*package);
    if (!book) return wrong(book.error());
    if (book->is_hidden && hidden == Hidden::refused) {
        return wrong("the first sheet, \"" + terminal_text(book->name) +
                     "\", is hidden, and it is the one that is read: show it, move the sheet that "
                     "is meant before it, or say --include-hidden");
    }
    if (book->is_computed) {
        return wrong(
            "the first sheet, \"" + terminal_text(book->name) +
            "\", has a pivot table or a query, which a spreadsheet program works out anew: "
            "copy its cells into a sheet of their own, as values");
    }
    const auto text = package->part(book->sheet);
    pugi::xml_document document;
    if (text && nodes_in(*text) > nodes_max) return wrong(std::string{too_many_cells});
    if (!text || !parse(document, *text)) return wrong(std::string{no_sheet});
    const auto worksheet = root(document, "worksheet");
    if (!is_plain(worksheet)) return wrong(std::string{no_sheet});
    return SheetReader{worksheet, *book, hidden}.read();
}

}  // namespace lango::sheets
