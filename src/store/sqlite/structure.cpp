#include "store/structure.hpp"

#include "base/check.hpp"

namespace lango::store {

namespace {

// 64 MiB are checked within a second or two.
constexpr std::int64_t small_pages = 16'384;

void keep_fault(std::vector<std::string>& found, const Row& row) {
    const auto line = row.string(0);
    if (line != "ok" && found.size() < damage_max) found.push_back(line);
}

}  // namespace

std::vector<std::string> structure_parts(Reader& reader) {
    const auto pages = reader.first("SELECT page_count FROM pragma_page_count",
                                    [](const Row& row) { return row.integer(0); });
    if (pages.value_or(0) <= small_pages) return {""};
    // First what says which tables there are.
    std::vector<std::string> parts{"sqlite_schema"};
    reader.each(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' "
        "ESCAPE '@' ORDER BY name",
        [&](const Row& row) { parts.push_back(row.string(0)); });
    return parts;
}

std::vector<std::string> damage_of(Reader& reader, const std::string& part) {
    std::vector<std::string> found;
    const auto keep = [&](const Row& row) { keep_fault(found, row); };
    if (part.empty()) {
        reader.each("SELECT integrity_check FROM pragma_integrity_check", keep);
    } else {
        reader.each("SELECT integrity_check FROM pragma_integrity_check(?1)", keep, part);
    }
    return found;
}

std::int64_t writes_of_others(Reader& reader) {
    const auto version =
        reader.first("PRAGMA data_version", [](const Row& row) { return row.integer(0); });
    LANGO_CHECK(version, "the engine counts what others write");
    return *version;
}

}  // namespace lango::store
