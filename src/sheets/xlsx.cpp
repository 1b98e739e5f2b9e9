// Office Open XML, the part of it that a table of texts and numbers needs (ECMA-376,
// SpreadsheetML): a ZIP archive of XML parts. Entities that a document declares itself are not
// expanded, and no part is unpacked beyond bytes_max.
#include <zip.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <pugixml.hpp>

#include "base/decimal.hpp"
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

// The texts of all <t> below: a shared string may be cut into runs.
std::string text_of(const pugi::xml_node& node) {
    std::string text;
    for (const auto& inner : node.children()) {
        const auto name = local_name(inner);
        if (name == "t") text += inner.text().get();
        if (name == "r") text += text_of(inner);
    }
    return text;
}

// Where the first sheet stands: "xl/worksheets/sheet1.xml".
std::optional<std::string> first_sheet(zip_t* archive) {
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
    for (const auto& link : child(relations, "Relationships").children()) {
        if (id != link.attribute("Id").value()) continue;
        const std::string target = link.attribute("Target").value();
        return target.starts_with('/') ? target.substr(1) : "xl/" + target;
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

// "C7" is column 2. Nothing beyond columns_max.
std::optional<std::size_t> column_of(std::string_view reference) {
    std::size_t column = 0;
    std::size_t letters = 0;
    while (letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z') {
        column = column * 26 + static_cast<std::size_t>(reference[letters] - 'A') + 1;
        if (++letters > 3) return std::nullopt;
    }
    if (letters == 0 || column > columns_max) return std::nullopt;
    return column - 1;
}

std::string number_text(const std::string& stored) {
    const auto number = Decimal::parse(stored);
    return number ? number->text() : stored;
}

std::string cell_text(const pugi::xml_node& cell, const std::vector<std::string>& shared) {
    const std::string_view type = cell.attribute("t").value();
    std::string value = child(cell, "v").text().get();
    if (type == "s") {
        const auto index = child(cell, "v").text().as_ullong(shared.size());
        return index < shared.size() ? shared[index] : std::string{};
    }
    if (type == "inlineStr") return text_of(child(cell, "is"));
    if (type.empty() || type == "n") return number_text(value);
    return value;
}

}  // namespace

Result<Sheet, std::string> read_xlsx(std::string_view bytes) {
    const auto archive = open(bytes);
    if (archive == nullptr) return wrong("the XLSX file is damaged");
    const auto path = first_sheet(archive.get());
    const auto text = path ? part(archive.get(), *path) : std::nullopt;
    pugi::xml_document document;
    if (!text || !parse(document, *text)) {
        return wrong("the XLSX file has no sheet that can be read");
    }
    const auto shared = shared_strings(archive.get());
    Sheet sheet;
    std::size_t number = 0;
    for (const auto& stored : child(child(document, "worksheet"), "sheetData").children()) {
        if (local_name(stored) != "row") continue;
        number = stored.attribute("r").as_ullong(number + 1);
        Row row{.number = number, .cells = {}};
        std::size_t next = 0;
        for (const auto& cell : stored.children()) {
            if (local_name(cell) != "c") continue;
            const std::string_view reference = cell.attribute("r").value();
            const auto column = reference.empty() ? std::optional{next} : column_of(reference);
            if (!column || *column >= columns_max) {
                return wrong("row " + std::to_string(number) + ": more than 64 columns");
            }
            if (row.cells.size() <= *column) row.cells.resize(*column + 1);
            row.cells[*column] = cell_text(cell, shared);
            next = *column + 1;
        }
        if (!std::ranges::all_of(row.cells, &std::string::empty)) sheet.push_back(std::move(row));
        if (sheet.size() > rows_max) return wrong("more than 50000 rows");
    }
    return sheet;
}

}  // namespace lango::sheets
