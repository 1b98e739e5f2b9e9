// For tests: XLSX files made of the parts that a test names, and what is read of them as text.
#pragma once
#include <gtest/gtest.h>
#include <zip.h>

#include <map>
#include <string>

#include "sheets/sheet.hpp"

namespace lango::sheets::test {

inline const std::string main_namespace =
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
inline const std::string relations_namespace =
    "http://schemas.openxmlformats.org/package/2006/relationships";

inline const std::string workbook =
    R"(<?xml version="1.0"?><workbook><sheets><sheet name="P" sheetId="1" r:id="rId3"/>)"
    R"(<sheet name="Q" sheetId="2" r:id="rId4"/></sheets></workbook>)";
inline const std::string relations =
    R"(<Relationships><Relationship Id="rId4" Type="t/worksheet" Target="worksheets/sheet9.xml"/>)"
    R"(<Relationship Id="rId3" Type="t/worksheet" Target="worksheets/sheet1.xml"/>)"
    R"(<Relationship Id="rId5" Type="t/sharedStrings" Target="sharedStrings.xml"/>)"
    R"(<Relationship Id="rId6" Type="t/styles" Target="styles.xml"/></Relationships>)";
inline const std::string links_without_extras =
    R"(<Relationships><Relationship Id="rId3" Type="t/worksheet" Target="worksheets/sheet1.xml"/>)"
    R"(</Relationships>)";
inline const std::string file_relations =
    R"(<Relationships><Relationship Id="rId1" Type="t/officeDocument" Target="xl/workbook.xml"/>)"
    R"(</Relationships>)";

// The part with the namespace that it lacks.
inline std::string named(std::string part) {
    for (const std::string name : {"worksheet", "workbook", "sst", "styleSheet", "Relationships"}) {
        const auto at = part.find("<" + name);
        if (at == std::string::npos || part.find("xmlns=\"") != std::string::npos) continue;
        auto names =
            " xmlns=\"" + (name == "Relationships" ? relations_namespace : main_namespace) + "\"";
        if (name == "workbook") {
            names +=
                R"( xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")";
        }
        part.insert(at + 1 + name.size(), names);
    }
    return part;
}

using Parts = std::map<std::string, std::string>;

// An XLSX file of these parts besides those that each has.
inline std::string archive(Parts parts) {
    const auto add = [&](const char* name, const std::string& text) {
        if (!parts.contains(name)) parts.emplace(name, text);
    };
    add("xl/workbook.xml", workbook);
    add("xl/_rels/workbook.xml.rels", relations);
    add("_rels/.rels", file_relations);
    add("xl/sharedStrings.xml", "<sst/>");
    add("xl/styles.xml", "<styleSheet/>");
    for (auto& [name, text] : parts) text = named(text);
    zip_error_t error;
    zip_error_init(&error);
    auto* source = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(source);
    auto* zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    for (const auto& [name, text] : parts) {
        zip_file_add(zip, name.c_str(), zip_source_buffer(zip, text.data(), text.size(), 0), 0);
    }
    zip_close(zip);
    zip_source_open(source);
    zip_source_seek(source, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(source)), '\0');
    zip_source_seek(source, 0, SEEK_SET);
    EXPECT_EQ(zip_source_read(source, bytes.data(), bytes.size()),
              static_cast<zip_int64_t>(bytes.size()));
    zip_source_close(source);
    zip_source_free(source);
    return bytes;
}

inline std::string rows(const std::string& bytes, Hidden hidden = Hidden::refused) {
    const auto sheet = read(bytes, hidden);
    if (!sheet) return sheet.error();
    std::string out;
    for (const auto& row : *sheet) {
        out += (out.empty() ? "" : "\n") + std::to_string(row.number) + ":";
        for (const auto& cell : row.cells) out += " " + cell + " |";
    }
    return out;
}

inline std::string sheet_of(const std::string& before, const std::string& rows) {
    return archive({{"xl/worksheets/sheet1.xml",
                     "<worksheet>" + before + "<sheetData>" + rows + "</sheetData></worksheet>"}});
}

}  // namespace lango::sheets::test
