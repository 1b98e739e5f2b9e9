#include <gtest/gtest.h>
#include <zip.h>

#include <map>

#include "sheets/sheet.hpp"

namespace lango::sheets {
namespace {

const std::string workbook =
    R"(<?xml version="1.0"?><workbook xmlns:r="x"><sheets><sheet name="P" sheetId="1" r:id="rId3"/>)"
    R"(<sheet name="Q" sheetId="2" r:id="rId4"/></sheets></workbook>)";
const std::string relations =
    R"(<Relationships><Relationship Id="rId4" Target="worksheets/sheet9.xml"/>)"
    R"(<Relationship Id="rId3" Target="worksheets/sheet1.xml"/></Relationships>)";

// An XLSX file of these parts besides the workbook.
std::string archive(std::map<std::string, std::string> parts) {
    parts.emplace("xl/workbook.xml", workbook);
    parts.emplace("xl/_rels/workbook.xml.rels", relations);
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

std::string rows(const std::string& bytes) {
    const auto sheet = read(bytes);
    if (!sheet) return sheet.error();
    std::string out;
    for (const auto& row : *sheet) {
        out += (out.empty() ? "" : "\n") + std::to_string(row.number) + ":";
        for (const auto& cell : row.cells) out += " " + cell + " |";
    }
    return out;
}

TEST(Xlsx, ReadsTheFirstSheetsTextsAndNumbers) {
    EXPECT_EQ(
        rows(archive(
            {{"xl/sharedStrings.xml",
              "<sst><si><t>withdrawal_id</t></si><si><r><t>pa</t></r><r><t>rt</t></r></si></sst>"},
             {"xl/worksheets/sheet1.xml",
              R"(<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>)"
              R"(<row r="4"><c r="A4" t="inlineStr"><is><t>w &amp; x</t></is></c><c r="B4"><v>2.54712345678E11</v></c>)"
              R"(<c r="C4"><v>1000.5</v></c><c r="D4" t="str"><f>A1</f><v>kept</v></c></row>)"
              R"(<row r="5"><c r="A5"/></row></sheetData></worksheet>)"}})),
        "1: withdrawal_id |  | part |\n4: w & x | 254712345678 | 1000.5 | kept |");
}

TEST(Xlsx, RefusesWhatIsDamaged) {
    EXPECT_EQ(rows("PK\x03\x04 and nothing more"), "the XLSX file is damaged");
    EXPECT_EQ(rows(archive({})), "the XLSX file has no sheet that can be read");
    EXPECT_EQ(rows(archive({{"xl/worksheets/sheet1.xml", "<worksheet><sheetData>"}})),
              "the XLSX file has no sheet that can be read");
    EXPECT_EQ(
        rows(archive(
            {{"xl/worksheets/sheet1.xml",
              R"(<worksheet><sheetData><row><c r="ZZZ1"><v>1</v></c></row></sheetData></worksheet>)"}})),
        "row 1: more than 64 columns");
}

// A document's own entities are texts, and what unpacks to more than anybody types is not unpacked.
TEST(Xlsx, ExpandsNothing) {
    EXPECT_EQ(
        rows(archive(
            {{"xl/worksheets/sheet1.xml",
              R"(<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet><sheetData>)"
              R"(<row r="1"><c r="A1" t="str"><v>&a;</v></c></row></sheetData></worksheet>)"}})),
        "1: &a; |");
    EXPECT_EQ(rows(archive({{"xl/worksheets/sheet1.xml", std::string(bytes_max + 1, ' ')}})),
              "the XLSX file has no sheet that can be read");
}

}  // namespace
}  // namespace lango::sheets
