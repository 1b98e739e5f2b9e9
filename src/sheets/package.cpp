#include "sheets/package.hpp"

#include <algorithm>
#include <pugixml.hpp>
#include <set>

#include "sheets/markup.hpp"
#include "sheets/sheet.hpp"

namespace lango::sheets {

namespace {

struct CloseFile {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

constexpr std::size_t links_max = 10'000;  // from one part
constexpr std::string_view relations_namespace =
    "http://schemas.openxmlformats.org/package/2006/relationships";

// As programs compare names: in any case, with either slash.
std::string folded(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z') {
            out += static_cast<char>(c - 'A' + 'a');
        } else {
            out += c == '\\' ? '/' : c;
        }
    }
    out.erase(0, std::min(out.find_first_not_of('/'), out.size()));
    return out;
}

bool has_a_name_twice(zip_t* archive) {
    std::set<std::string> names;
    const auto count = zip_get_num_entries(archive, 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        const char* name = zip_get_name(archive, static_cast<zip_uint64_t>(i), 0);
        if (name == nullptr || !names.insert(folded(name)).second) return true;
    }
    return false;
}

// "xl/workbook.xml" stands in "xl/".
std::string_view folder_of(std::string_view path) { return path.substr(0, path.rfind('/') + 1); }

std::string relations_path(const std::string& path) {
    const auto folder = folder_of(path);
    return std::string{folder} + "_rels/" + path.substr(folder.size()) + ".rels";
}

// "../tables/table1.xml", as a part in "xl/worksheets/" names it, is "xl/tables/table1.xml".
std::string resolved(std::string_view folder, std::string_view target) {
    if (target.starts_with('/')) return std::string{target.substr(1)};
    while (target.starts_with("../") && !folder.empty()) {
        target.remove_prefix(3);
        folder = folder_of(folder.substr(0, folder.size() - 1));
    }
    return std::string{folder}.append(target);
}

}  // namespace

Result<Package, std::string> Package::open(std::string_view bytes) {
    zip_error_t error;
    zip_error_init(&error);
    auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source == nullptr) return Unexpected<std::string>{"the XLSX file is damaged"};
    Package package;
    package.archive_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
    zip_error_fini(&error);
    if (package.archive_ == nullptr) {
        zip_source_free(source);
        return Unexpected<std::string>{"the XLSX file is damaged"};
    }
    if (has_a_name_twice(package.archive_.get())) {
        return Unexpected<std::string>{
            "the XLSX file has two parts of one name: programs read it in different ways"};
    }
    return package;
}

bool Package::has(const std::string& path) const {
    return zip_name_locate(archive_.get(), path.c_str(), ZIP_FL_NOCASE) >= 0;
}

std::optional<std::string> Package::part(const std::string& path) const {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat(archive_.get(), path.c_str(), ZIP_FL_NOCASE, &stat) != 0) return std::nullopt;
    if ((stat.valid & ZIP_STAT_SIZE) == 0 || stat.size > bytes_max) return std::nullopt;
    const std::unique_ptr<zip_file_t, CloseFile> file{
        zip_fopen_index(archive_.get(), stat.index, 0)};
    if (file == nullptr) return std::nullopt;
    std::string bytes(stat.size, '\0');
    const auto read = zip_fread(file.get(), bytes.data(), bytes.size());
    if (read < 0 || static_cast<std::size_t>(read) != bytes.size()) return std::nullopt;
    return bytes;
}

std::optional<std::vector<Relation>> Package::relations_of(const std::string& path) const {
    std::vector<Relation> found;
    const auto place = relations_path(path);
    if (!has(place)) return found;
    const auto bytes = part(place);
    pugi::xml_document document;
    if (!bytes || !parse(document, *bytes)) return std::nullopt;
    const auto all = document.document_element();
    if (all.name() != std::string_view{"Relationships"} ||
        all.attribute("xmlns").value() != relations_namespace) {
        return std::nullopt;
    }
    std::set<std::string> ids;
    for (const auto& one : all.children()) {
        if (!is_element(one)) continue;
        const std::string_view type = one.attribute("Type").value();
        found.push_back({.id = one.attribute("Id").value(),
                         .type = std::string{type.substr(type.rfind('/') + 1)},
                         .path = resolved(folder_of(path), one.attribute("Target").value())});
        if (found.size() > links_max || one.name() != std::string_view{"Relationship"} ||
            !ids.insert(found.back().id).second) {
            return std::nullopt;
        }
    }
    return found;
}

}  // namespace lango::sheets
