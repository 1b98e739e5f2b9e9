// Office Open XML, the part of it that a table of texts and numbers needs (ECMA-376,
// SpreadsheetML): a ZIP archive of XML parts. Entities that a document declares itself are not
// expanded, and no part is unpacked beyond bytes_max.
#include <zip.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <pugixml.hpp>

#include "base/decimal.hpp"
#include "base/terminal_text.hpp"
#include "sheets/sheet.hpp"

namespace lango::sheets {

namespace {

struct CloseArchive {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseFile {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;

Unexpected<std::string> wrong(std::string what) { return Unexpected<std::string>{std::move(what)}; }

Archive open(std::string_view bytes) {
    zip_error_t error;
    zip_error_init(&error);
    auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source == nullptr) return nullptr;
    Archive archive{zip_open_from_source(source, ZIP_RDONLY, &error)};
    if (archive == nullptr) zip_source_free(source);
    zip_error_fini(&error);
    return archive;
}

// Nothing when it is missing, damaged or too large.
std::optional<std::string> part(zip_t* archive, const std::string& name) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat(archive, name.c_str(), ZIP_FL_NOCASE, &stat) != 0) return std::nullopt;
    if ((stat.valid & ZIP_STAT_SIZE) == 0 || stat.size > bytes_max) return std::nullopt;
    const std::unique_ptr<zip_file_t, CloseFile> file{zip_fopen_index(archive, stat.index, 0)};
    if (file == nullptr) return std::nullopt;
    std::string bytes(stat.size, '\0');
    const auto read = zip_fread(file.get(), bytes.data(), bytes.size());
    if (read < 0 || static_cast<std::size_t>(read) != bytes.size()) return std::nullopt;
    return bytes;
}

std::string_view local_name(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
    return node.find_child([&](const pugi::xml_node& found) { return local_name(found) == name; });
}

bool parse(pugi::xml_document& document, const std::string& bytes) {
    return static_cast<bool>(document.load_buffer(bytes.data(), bytes.size(),
                                                  pugi::parse_default | pugi::parse_ws_pcdata));
}

// The texts of all <t> of a string, which may be cut into runs: <t>, or <r><t>. Nothing deeper
// counts (furigana, extensions), and nothing is read that goes beyond a cell's limit.
std::string text_of(const pugi::xml_node& node) {
    std::string text;
    const auto add = [&](const pugi::xml_node& inner) {
        if (local_name(inner) != "t" || text.size() > cell_max) return;
        text.append(std::string_view{inner.text().get()}.substr(0, cell_max + 1));
    };
    for (const auto& inner : node.children()) {
        add(inner);
        if (local_name(inner) != "r") continue;
        for (const auto& run : inner.children()) add(run);
    }
    return text;
}

bool is_true(const pugi::xml_attribute& attribute) {
    const std::string_view value = attribute.value();
    return value == "1" || value == "true";
}

struct FirstSheet {
    std::string path;  // "xl/worksheets/sheet1.xml"
    std::string name;
    bool is_hidden = false;
};

std::optional<FirstSheet> first_sheet(zip_t* archive) {
    const auto workbook = part(archive, "xl/workbook.xml");
    const auto links = part(archive, "xl/_rels/workbook.xml.rels");
    pugi::xml_document book;
    pugi::xml_document relations;
    if (!workbook || !links || !parse(book, *workbook) || !parse(relations, *links)) {
        return std::nullopt;
    }
    const auto sheet = child(child(child(book, "workbook"), "sheets"), "sheet");
    std::string id;
    for (const auto& attribute : sheet.attributes()) {
        if (std::string_view{attribute.name()}.ends_with(":id")) id = attribute.value();
    }
    const std::string_view state = sheet.attribute("state").value();
    for (const auto& link : child(relations, "Relationships").children()) {
        if (id != link.attribute("Id").value()) continue;
        const std::string target = link.attribute("Target").value();
        return FirstSheet{.path = target.starts_with('/') ? target.substr(1) : "xl/" + target,
                          .name = sheet.attribute("name").value(),
                          .is_hidden = !state.empty() && state != "visible"};
    }
    return std::nullopt;
}

std::vector<std::string> shared_strings(zip_t* archive) {
    std::vector<std::string> texts;
    const auto bytes = part(archive, "xl/sharedStrings.xml");
    pugi::xml_document document;
    if (!bytes || !parse(document, *bytes)) return texts;
    for (const auto& item : child(document, "sst").children()) {
        if (local_name(item) == "si") texts.push_back(text_of(item));
    }
    return texts;
}

// Digits alone: no sign, no blanks, nothing behind them.
std::optional<std::size_t> whole_number(std::string_view text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// "C7" is column 2 of row 7; nothing for what is no place in that row.
std::optional<std::size_t> column_of(std::string_view reference, std::size_t row) {
    std::size_t column = 0;
    std::size_t letters = 0;
    while (letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z') {
        column = column * 26 + static_cast<std::size_t>(reference[letters] - 'A') + 1;
        if (++letters > 3) return std::nullopt;
    }
    if (letters == 0 || whole_number(reference.substr(letters)) != row) return std::nullopt;
    return column - 1;
}

std::string number_text(const std::string& stored) {
    const auto number = Decimal::parse(stored);
    return number ? number->text() : stored;
}

// Nothing for a shared text that is not there.
std::optional<std::string> cell_text(const pugi::xml_node& cell,
                                     const std::vector<std::string>& shared) {
    const std::string_view type = cell.attribute("t").value();
    std::string value{std::string_view{child(cell, "v").text().get()}.substr(0, cell_max + 1)};
    if (type == "s") {
        if (value.empty()) return value;
        const auto index = whole_number(value);
        return index && *index < shared.size() ? std::optional{shared[*index]} : std::nullopt;
    }
    if (type == "inlineStr") return text_of(child(cell, "is"));
    if (type.empty() || type == "n") return number_text(value);
    return value;
}

// Which columns are not shown: the table has spans of them.
class HiddenColumns {
  public:
    explicit HiddenColumns(const pugi::xml_node& worksheet) {
        for (const auto& span : child(worksheet, "cols").children()) {
            const auto width = span.attribute("width");
            const bool narrow = width && width.as_string()[0] == '0' && is_nothing(width.value());
            if (!is_true(span.attribute("hidden")) && !narrow) continue;
            const auto first = span.attribute("min").as_ullong(1);
            const auto last =
                std::min<std::size_t>(span.attribute("max").as_ullong(first), columns_max);
            for (auto column = first; column >= 1 && column <= last; ++column) {
                hidden_.at(column - 1) = true;
            }
        }
    }
    [[nodiscard]] bool contains(std::size_t column) const {
        return column < hidden_.size() && hidden_.at(column);
    }
    // "0", "0.0"
    static bool is_nothing(std::string_view number) {
        return !number.empty() && number.find_first_not_of("0.") == std::string_view::npos;
    }

  private:
    std::array<bool, columns_max> hidden_{};
};

class SheetReader {
  public:
    SheetReader(const pugi::xml_node& worksheet, std::vector<std::string> shared, Hidden hidden)
        : worksheet_(worksheet),
          shared_(std::move(shared)),
          columns_(worksheet),
          refuses_hidden_(hidden == Hidden::refused),
          rows_hidden_(is_true(child(worksheet, "sheetFormatPr").attribute("zeroHeight"))) {}

    Result<Sheet, std::string> read() {
        std::size_t number = 0;
        for (const auto& stored : child(worksheet_, "sheetData").children()) {
            if (local_name(stored) != "row") continue;
            const auto stands_at = stored.attribute("r");
            const auto told = stands_at ? whole_number(stands_at.value()) : number + 1;
            if (!told || *told <= number) {
                return wrong("a row behind row " + std::to_string(number) +
                             " is out of order: a spreadsheet program may not show it");
            }
            number = *told;
            Row row{.number = number, .cells = {}};
            if (const auto problem = read_row(stored, row)) {
                return wrong("row " + std::to_string(number) + ": " + *problem);
            }
            if (!row.cells.empty()) sheet_.push_back(std::move(row));
            if (sheet_.size() > rows_max) return wrong("more than 50000 rows");
        }
        return std::move(sheet_);
    }

  private:
    std::optional<std::string> read_row(const pugi::xml_node& stored, Row& row) {
        std::size_t next = 0;
        for (const auto& cell : stored.children()) {
            if (local_name(cell) != "c") continue;
            const std::string_view reference = cell.attribute("r").value();
            const auto column =
                reference.empty() ? std::optional{next} : column_of(reference, row.number);
            if (!column || *column < next) {
                return "a cell stands out of order or in another row: a spreadsheet program may "
                       "not show it";
            }
            next = *column + 1;
            auto text = cell_text(cell, shared_);
            if (!text) return "a cell names a text that is not there";
            if (auto problem = cells_.put(row, *column, *std::move(text))) return problem;
            const bool is_set = *column < row.cells.size() && !row.cells[*column].empty();
            if (refuses_hidden_ && is_set && columns_.contains(*column)) {
                return "column " + std::to_string(*column + 1) +
                       " has a text and is hidden: show it, or say --include-hidden";
            }
        }
        const auto height = stored.attribute("ht");
        const bool is_hidden = is_true(stored.attribute("hidden")) ||
                               (rows_hidden_ && !stored.attribute("hidden")) ||
                               (height && HiddenColumns::is_nothing(height.value()));
        if (refuses_hidden_ && is_hidden && !row.cells.empty()) {
            return "it is hidden, by hand or by a filter: show all rows, or say --include-hidden";
        }
        return std::nullopt;
    }

    pugi::xml_node worksheet_;
    std::vector<std::string> shared_;
    HiddenColumns columns_;
    bool refuses_hidden_;
    bool rows_hidden_;  // unless they say otherwise
    Cells cells_;
    Sheet sheet_;
};

}  // namespace

Result<Sheet, std::string> read_xlsx(std::string_view bytes, Hidden hidden) {
    const auto archive = open(bytes);
    if (archive == nullptr) return wrong("the XLSX file is damaged");
    const auto first = first_sheet(archive.get());
    if (first && first->is_hidden && hidden == Hidden::refused) {
        return wrong("the first sheet, \"" + terminal_text(first->name) +
                     "\", is hidden, and it is the one that is read: show it, move the sheet that "
                     "is meant before it, or say --include-hidden");
    }
    const auto text = first ? part(archive.get(), first->path) : std::nullopt;
    pugi::xml_document document;
    if (!text || !parse(document, *text)) {
        return wrong("the XLSX file has no sheet that can be read");
    }
    return SheetReader{child(document, "worksheet"), shared_strings(archive.get()), hidden}.read();
}

}  // namespace lango::sheets
