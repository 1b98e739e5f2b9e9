// A workbook: its rows within their bounds, none that a spreadsheet program does not show, and the
// same when they are written as CSV. The input is the archive itself, or the text of the sheet, of
// the shared strings, of the workbook, of its links and of the styles, a line "--" between them,
// which are put into one.
#include <zlib.h>
#include <array>
#include <utility>

#include "tests/fuzz/sheets.hpp"

using namespace lango;

namespace {

constexpr std::string_view workbook =
    R"(<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" )"
    R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">)"
    R"(<sheets><sheet name="P" r:id="rId1"/></sheets></workbook>)";
constexpr std::string_view relations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
    R"(<Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/>)"
    R"(<Relationship Id="rId2" Type="t/sharedStrings" Target="sharedStrings.xml"/>)"
    R"(<Relationship Id="rId3" Type="t/styles" Target="styles.xml"/></Relationships>)";
constexpr std::string_view file_relations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
    R"(<Relationship Id="rId1" Type="t/officeDocument" Target="xl/workbook.xml"/></Relationships>)";

void put(std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFFU);
}
std::uint32_t length(std::string_view text) { return static_cast<std::uint32_t>(text.size()); }

// What a part's entries in the archive and in its directory share: stored as it is.
std::string entry(std::string_view name, std::string_view part) {
    std::string out;
    for (const std::uint32_t field : {20U, 0U, 0U, 0U, 0x21U}) put(out, field, 2);
    put(out,
        static_cast<std::uint32_t>(
            crc32_z(0, reinterpret_cast<const Bytef*>(part.data()), part.size())),
        4);
    for (const auto size : {length(part), length(part)}) put(out, size, 4);
    put(out, length(name), 2);
    put(out, 0, 2);
    return out;
}

std::string archive(const std::array<std::pair<std::string_view, std::string_view>, 6>& parts) {
    std::string out;
    std::string directory;
    for (const auto& [name, part] : parts) {
        const auto shared = entry(name, part);
        directory.append("PK\x01\x02\x14").append(1, '\0').append(shared);
        directory.append(10, '\0');
        put(directory, length(out), 4);
        directory.append(name);
        out.append("PK\x03\x04").append(shared).append(name).append(part);
    }
    const auto begin = length(out);
    out.append(directory).append("PK\x05\x06");
    put(out, 0, 4);
    for (int i = 0; i < 2; ++i) put(out, static_cast<std::uint32_t>(parts.size()), 2);
    put(out, length(directory), 4);
    put(out, begin, 4);
    put(out, 0, 2);
    return out;
}

// Takes what stands before the next line "--" off the text.
std::string_view part(std::string_view& input, std::string_view otherwise = {}) {
    constexpr std::string_view mark = "\n--\n";
    const auto end = std::min(input.find(mark), input.size());
    const auto found = input.substr(0, end);
    input.remove_prefix(std::min(input.size(), end + mark.size()));
    return found.empty() ? otherwise : found;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto input = fuzz::text(data, size);
    std::string file{input};
    if (!input.starts_with("PK")) {
        const auto sheet = part(input);
        const auto strings = part(input, "<sst/>");
        const auto book = part(input, workbook);
        const auto links = part(input, relations);
        file = archive({{{"xl/worksheets/sheet1.xml", sheet},
                         {"xl/sharedStrings.xml", strings},
                         {"xl/workbook.xml", book},
                         {"xl/_rels/workbook.xml.rels", links},
                         {"xl/styles.xml", part(input, "<styleSheet/>")},
                         {"_rels/.rels", file_relations}}});
    }
    const auto shown = sheets::read_xlsx(file, sheets::Hidden::refused);
    const auto all = sheets::read_xlsx(file, sheets::Hidden::read);
    fuzz::must(shown || !shown.error().empty(), "a refusal says why");
    if (shown) {
        fuzz::must(all && all->size() == shown->size(), "what is shown is all there is");
        for (std::size_t i = 0; i < all->size(); ++i) {
            fuzz::must((*all)[i].cells == (*shown)[i].cells, "what is shown is all there is");
        }
    }
    if (!all) return 0;
    fuzz::check_bounds(*all);
    fuzz::check_csv_of(*all, ',', false);
    return 0;
}
