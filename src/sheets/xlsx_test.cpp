#include <gtest/gtest.h>
#include <zip.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <map>
#include <pugixml.hpp>
#include <string>

#include "sheets/markup.hpp"
#include "sheets/sheet.hpp"

namespace lango::sheets {
namespace {

const std::string main_namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const std::string relations_namespace =
    "http://schemas.openxmlformats.org/package/2006/relationships";

const std::string workbook =
    R"(<?xml version="1.0"?><workbook><sheets><sheet name="P" sheetId="1" r:id="rId3"/>)"
    R"(<sheet name="Q" sheetId="2" r:id="rId4"/></sheets></workbook>)";
const std::string relations =
    R"(<Relationships><Relationship Id="rId4" Type="t/worksheet" Target="worksheets/sheet9.xml"/>)"
    R"(<Relationship Id="rId3" Type="t/worksheet" Target="worksheets/sheet1.xml"/>)"
    R"(<Relationship Id="rId5" Type="t/sharedStrings" Target="sharedStrings.xml"/>)"
    R"(<Relationship Id="rId6" Type="t/styles" Target="styles.xml"/></Relationships>)";
const std::string links_without_extras =
    R"(<Relationships><Relationship Id="rId3" Type="t/worksheet" Target="worksheets/sheet1.xml"/>)"
    R"(</Relationships>)";
const std::string file_relations =
    R"(<Relationships><Relationship Id="rId1" Type="t/officeDocument" Target="xl/workbook.xml"/>)"
    R"(</Relationships>)";

// The part with the namespace that it lacks.
std::string named(std::string part) {
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
std::string archive(Parts parts) {
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

std::string rows(const std::string& bytes, Hidden hidden = Hidden::refused) {
    const auto sheet = read(bytes, hidden);
    if (!sheet) return sheet.error();
    std::string out;
    for (const auto& row : *sheet) {
        out += (out.empty() ? "" : "\n") + std::to_string(row.number) + ":";
        for (const auto& cell : row.cells) out += " " + cell + " |";
    }
    return out;
}

// Of each cell that may be shown in another way: "B2 by a formula".
std::string doubts(const std::string& bytes) {
    const auto sheet = read(bytes);
    if (!sheet) return sheet.error();
    static const std::map<Shows, std::string> names{{Shows::same_number, "same number"},
                                                    {Shows::other_text, "other text"},
                                                    {Shows::other_result, "other result"},
                                                    {Shows::nothing, "nothing"}};
    std::string out;
    for (const auto& row : *sheet) {
        for (std::size_t column = 0; column < row.cells.size(); ++column) {
            if (row.shows(column) == Shows::the_text) continue;
            out += (out.empty() ? "" : ", ") + std::string(1, static_cast<char>('A' + column)) +
                   std::to_string(row.number) + " " + names.at(row.shows(column));
        }
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

// As Excel, LibreOffice and Google Sheets save one and the same sheet today, left to its marks.
TEST(Xlsx, ReadsWhatProgramsSave) {
    const std::string excel =
        R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)"
        R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" )"
        R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" )"
        R"(xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" )"
        R"(mc:Ignorable="x14ac xr" xmlns:x14ac="urn:x14ac" xmlns:xr="urn:xr" xr:uid="{00}">)"
        R"(<dimension ref="A1:B2"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>)"
        R"(<sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/>)"
        R"(<cols><col min="1" max="1" width="20" customWidth="1"/></cols>)"
        R"(<sheetData><row r="1" spans="1:2" x14ac:dyDescent="0.25"><c r="A1" t="s"><v>0</v></c>)"
        R"(<c r="B1" t="s"><v>1</v></c></row><row r="2" spans="1:2"><c r="A2" s="1"><v>254712345678</v></c>)"
        R"(<c r="B2" s="2"><v>1000</v></c></row></sheetData>)"
        R"(<mc:AlternateContent><mc:Choice Requires="x14"><controls><control><from><xdr:col>1)"
        R"(</xdr:col><xdr:row>1</xdr:row></from></control></controls></mc:Choice></mc:AlternateContent>)"
        R"(<extLst><ext uri="{78}" xmlns:x14="urn:x14"><x14:conditionalFormattings/></ext></extLst>)"
        R"(</worksheet>)";
    const std::string libre =
        R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)"
        R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" )"
        R"(xmlns:xdr="urn:xdr" xmlns:mc="urn:mc"><sheetPr filterMode="false"/>)"
        R"(<sheetFormatPr defaultColWidth="11.53" zeroHeight="false" outlineLevelRow="0"/>)"
        R"(<cols><col collapsed="false" hidden="false" min="1" max="1" style="0" width="15.1"/></cols>)"
        R"(<sheetData><row r="1" customFormat="false" ht="12.8" hidden="false" customHeight="false">)"
        R"(<c r="A1" s="0" t="s"><v>0</v></c><c r="B1" s="0" t="s"><v>1</v></c></row>)"
        R"(<row r="2" ht="12.8" hidden="false"><c r="A2" s="1" t="n"><v>254712345678</v></c>)"
        R"(<c r="B2" s="2" t="n"><v>1000</v></c></row></sheetData></worksheet>)";
    const std::string google =
        R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" )"
        R"(xmlns:mx="urn:mx"><sheetPr><outlinePr summaryBelow="0"/></sheetPr>)"
        R"(<sheetFormatPr customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/>)"
        R"(<sheetData><row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c></row>)"
        R"(<row r="2"><c r="A2" s="1"><v>2.54712345678E11</v></c><c r="B2" s="2"><v>1000.0</v></c></row>)"
        R"(</sheetData></worksheet>)";
    const std::string styles =
        R"(<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="General"/>)"
        R"(<numFmt numFmtId="165" formatCode="#,##0"/></numFmts>)"
        R"(<cellStyleXfs><xf numFmtId="164"/></cellStyleXfs><cellXfs><xf numFmtId="0" xfId="0"/>)"
        R"(<xf numFmtId="164" xfId="0" applyNumberFormat="false"/><xf numFmtId="165"/></cellXfs></styleSheet>)";
    const std::string strings =
        R"(<sst count="2"><si><t xml:space="preserve">account_number </t></si>)"
        R"(<si><r><rPr><b/></rPr><t>amo</t></r><r><t>unt</t></r><phoneticPr fontId="1"/></si></sst>)";
    for (const auto& sheet : {excel, libre, google}) {
        const auto book = archive({{"xl/worksheets/sheet1.xml", sheet},
                                   {"xl/styles.xml", styles},
                                   {"xl/sharedStrings.xml", strings}});
        EXPECT_EQ(rows(book), "1: account_number | amount |\n2: 254712345678 | 1000 |") << sheet;
        EXPECT_EQ(doubts(book), "B2 same number") << sheet;
    }
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

std::string with_state(const std::string& state) {
    return archive({{"xl/workbook.xml", R"(<workbook><sheets><sheet name="Old" state=")" + state +
                                            R"(" r:id="rId3"/></sheets></workbook>)"},
                    {"xl/worksheets/sheet1.xml",
                     R"(<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>)"
                     R"(</worksheet>)"}});
}

// Else whoever looks at the file sees other payees than those that are paid.
TEST(Xlsx, RefusesAFirstSheetThatIsNotShown) {
    EXPECT_EQ(rows(with_state("visible")), "1: 1 |");
    for (const auto* state : {"hidden", "veryHidden"}) {
        EXPECT_EQ(rows(with_state(state)).substr(0, 33), "the first sheet, \"Old\", is hidden");
        EXPECT_EQ(rows(with_state(state), Hidden::read), "1: 1 |");
    }
}

std::string sheet_of(const std::string& before, const std::string& rows) {
    return archive({{"xl/worksheets/sheet1.xml",
                     "<worksheet>" + before + "<sheetData>" + rows + "</sheetData></worksheet>"}});
}

TEST(Xlsx, RefusesRowsThatAreHiddenOrFilteredAway) {
    const std::string shown = R"(<row r="1"><c r="A1"><v>1</v></c></row>)";
    for (const auto* mark : {R"(hidden="1")", R"(hidden="true")", R"(ht="0" customHeight="1")"}) {
        const auto book =
            sheet_of("", shown + "<row r=\"2\" " + mark + R"(><c r="A2"><v>2</v></c></row>)");
        EXPECT_EQ(rows(book).substr(0, 20), "row 2: it is hidden,") << mark;
        EXPECT_EQ(rows(book, Hidden::read), "1: 1 |\n2: 2 |") << mark;
    }
    EXPECT_EQ(rows(sheet_of(R"(<sheetFormatPr zeroHeight="1"/>)", shown)).substr(0, 20),
              "row 1: it is hidden,");
    EXPECT_EQ(rows(sheet_of("", shown + R"(<row r="2" hidden="1"><c r="A2" s="4"/></row>)"
                                        R"(<row r="3" hidden="0"><c r="A3"><v>3</v></c></row>)")),
              "1: 1 |\n3: 3 |");
}

TEST(Xlsx, RefusesColumnsThatAreHiddenAndHaveATextInThem) {
    const std::string row = R"(<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row>)";
    for (const auto* span :
         {R"(<col min="2" max="3" hidden="1"/>)", R"(<col min="3" max="3" width="0"/>)",
          R"(<col min="1" max="16384" hidden="true"/>)"}) {
        const auto book = sheet_of(std::string{"<cols>"} + span + "</cols>", row);
        EXPECT_NE(rows(book).find("has a text and is hidden"), std::string::npos) << span;
        EXPECT_EQ(rows(book, Hidden::read), "1: 1 |  | 3 |") << span;
    }
    // As people hide all columns that they do not use.
    EXPECT_EQ(rows(sheet_of(R"(<cols><col min="4" max="16384" hidden="1"/></cols>)", row)),
              "1: 1 |  | 3 |");
}

// Programs show the last of two rows or cells at one place, or call the file damaged: whoever looks
// would not see all that is paid.
TEST(Xlsx, RefusesRowsAndCellsThatShareAPlace) {
    const auto row = [](const std::string& number, const std::string& cells) {
        return "<row r=\"" + number + "\">" + cells + "</row>";
    };
    const auto cell = [](const std::string& place, const std::string& text) {
        return "<c r=\"" + place + "\"><v>" + text + "</v></c>";
    };
    for (const auto* second : {"2", "1", "0", "-1", "x", "3x", "", "99999999999999999999"}) {
        const auto book = sheet_of("", row("2", cell("A2", "1")) + row(second, "<c><v>2</v></c>"));
        EXPECT_EQ(rows(book).substr(0, 35), "a row behind row 2 is out of order:") << second;
    }
    for (const auto* place : {"B2", "A2", "C3", "C", "C2x", "2", "c2", "AAAA2"}) {
        const auto book = sheet_of("", row("2", cell("B2", "1") + cell(place, "2")));
        EXPECT_EQ(rows(book).substr(0, 34), "row 2: a cell stands out of order ") << place;
    }
    EXPECT_EQ(rows(sheet_of("", row("2", cell("B2", "1") + "<c><v>2</v></c>") +
                                    "<row><c r=\"A3\"><v>3</v></c></row>")),
              "2:  | 1 | 2 |\n3: 3 |");
}

const std::string no_such_text =
    "row 1: a cell names a text that is not there, or that cannot be read";

TEST(Xlsx, RefusesTextsThatAreNotThere) {
    for (const auto* index : {"1", "-1", "x", "0x", " 0", "0.0", "99999999999999999999"}) {
        const auto book =
            archive({{"xl/sharedStrings.xml", "<sst><si><t>a</t></si></sst>"},
                     {"xl/worksheets/sheet1.xml",
                      std::string{R"(<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>)"} +
                          index + "</v></c></row></sheetData></worksheet>"}});
        EXPECT_EQ(rows(book), no_such_text) << index;
    }
}

TEST(Xlsx, TakesStyledCellsWithoutATextWhereverTheyStand) {
    EXPECT_EQ(rows(sheet_of("", R"(<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="7"/></row>)")),
              "1: 1 |");
}

// As programs find it: by its links and namespaces, not by what it is called.
TEST(Xlsx, ReadsThePartThatProgramsShow) {
    const std::string real = R"(<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>)";
    const std::string decoy = R"(<sheetData><row r="1"><c r="A1"><v>666</v></c></row></sheetData>)";
    const auto of = [](const std::string& sheet) {
        return archive({{"xl/worksheets/sheet1.xml", sheet}});
    };
    EXPECT_EQ(rows(of("<x:worksheet xmlns:x=\"" + main_namespace +
                      "\"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData>"
                      "</x:worksheet>")),
              "1: 1 |");
    const std::string no_sheet = "the XLSX file has no sheet that can be read";
    const std::string mc = " xmlns:mc=\"urn:mc\" xmlns:x=\"urn:x\" mc:Ignorable=\"x\"";
    const auto with = [&](const std::string& before, const std::string& sheet) {
        return of("<worksheet xmlns=\"" + main_namespace + "\"" + mc + ">" + before + sheet +
                  "</worksheet>");
    };
    const std::vector<std::string> befores{
        "<x:sheetData><x:row><x:c><x:v>666</x:v></x:c></x:row></x:sheetData>",
        "<x:cols/>",
        "<x:wrap>" + decoy + "</x:wrap>",
        "<mc:AlternateContent><mc:Choice Requires=\"x\">" + decoy +
            "</mc:Choice></mc:AlternateContent>",
        "<y:sheetData xmlns:y=\"urn:y\"/>",
        "<sheetData xmlns=\"urn:y\"/>",
        decoy,
        "<sheetFormatPr/><sheetFormatPr/>"};
    for (const auto& before : befores) {
        EXPECT_EQ(rows(with(before, real)), no_sheet) << before;
    }
    EXPECT_EQ(rows(with("<x:other/>", real)), "1: 1 |");
    EXPECT_EQ(rows(of("<worksheet xmlns=\"urn:x\">" + real + "</worksheet>")), no_sheet);
    for (const std::string inside :
         {"<x:row><x:c><x:v>666</x:v></x:c></x:row>", "<x:wrap><row/></x:wrap>",
          "<row><x:c><x:v>666</x:v></x:c></row>", "<row><c><x:v>666</x:v></c></row>",
          "<row><c><v>6</v><v>66</v></c></row>", "<row><c><v>6<!-- -->66</v></c></row>",
          "<row><c t=\"inlineStr\"><is><t>6</t><t>66</t></is></c></row>",
          "<row><c t=\"inlineStr\"><is><x:t>6</x:t></is></c></row>"}) {
        const auto said = rows(with("", "<sheetData>" + inside + "</sheetData>"));
        EXPECT_EQ(said.find("666"), std::string::npos) << inside;
        EXPECT_TRUE(said.starts_with("row 1: ") || said.starts_with("behind row 0 ")) << said;
    }
}

TEST(Xlsx, FollowsTheLinksOfTheFile) {
    const std::string one =
        R"(<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>)";
    const std::string other =
        R"(<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>)";
    EXPECT_EQ(rows(archive(
                  {{"_rels/.rels", R"(<Relationships><Relationship Id="a" Type="t/officeDocument" )"
                                   R"(Target="/other/book.xml"/></Relationships>)"},
                   {"other/book.xml", workbook},
                   {"other/_rels/book.xml.rels", relations},
                   {"other/sharedStrings.xml", "<sst/>"},
                   {"other/styles.xml", "<styleSheet/>"},
                   {"other/worksheets/sheet1.xml", other},
                   {"xl/worksheets/sheet1.xml", one}})),
              "1: 2 |");
    EXPECT_EQ(rows(archive({{"xl/_rels/workbook.xml.rels", links_without_extras},
                            {"xl/worksheets/sheet1.xml", one}})),
              "1: 1 |");
    const std::string same_id =
        R"(<Relationships><Relationship Id="rId3" Type="t/worksheet" Target="worksheets/sheet1.xml"/>)"
        R"(<Relationship Id="rId3" Type="t/worksheet" Target="worksheets/sheet2.xml"/></Relationships>)";
    EXPECT_EQ(rows(archive({{"xl/_rels/workbook.xml.rels", same_id},
                            {"xl/worksheets/sheet1.xml", one},
                            {"xl/worksheets/sheet2.xml", other}})),
              "the XLSX file has no sheet that can be read");
}

TEST(Xlsx, RefusesTwoPartsOfOneName) {
    const std::string one =
        R"(<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>)";
    for (const std::string second : {"XL/worksheets/Sheet1.xml", "xl/worksheets/sheet2.xml",
                                     "xl\\worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml"}) {
        auto book = archive({{"xl/worksheets/sheet1.xml", one}, {second, one}});
        // The library makes none with the very same name.
        for (auto at = book.find("sheet2.xml"); at != std::string::npos;
             at = book.find("sheet2.xml", at)) {
            book.replace(at, 10, "sheet1.xml");
        }
        EXPECT_EQ(rows(book).substr(0, 41), "the XLSX file has two parts of one name: ") << second;
    }
}

// The stored result of a formula may be of another day, or of nobody's calculation at all.
TEST(Xlsx, SaysWhatAFormulaMayShow) {
    EXPECT_EQ(doubts(sheet_of("", R"(<row><c><f>"254712345678"</f><v>254700000666</v></c>)"
                                  R"(<c t="str"><f/><v>a</v></c><c><v>3</v></c></row>)")),
              "A1 other result, B1 other result");
    EXPECT_EQ(
        doubts(sheet_of("", R"(<row><c/><c r="B1"><f t="array" ref="B1:C2">X</f><v>1</v></c>)"
                            R"(<c><v>2</v></c></row><row><c><v>3</v></c><c><v>4</v></c></row>)")),
        "B1 other result, C1 other result, B2 other result");
    EXPECT_EQ(doubts(sheet_of("", R"(<row><c><f ref="B1:x">X</f><v>1</v></c></row>)")),
              "row 1: a formula cannot be read");
}

TEST(Xlsx, RefusesASheetThatIsWorkedOutAnew) {
    for (const std::string type : {"pivotTable", "queryTable"}) {
        const auto said = rows(archive(
            {{"xl/worksheets/sheet1.xml",
              R"(<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>)"},
             {"xl/worksheets/_rels/sheet1.xml.rels",
              R"(<Relationships><Relationship Id="a" Type="t/)" + type +
                  R"(" Target="../pivotTables/pivotTable1.xml"/></Relationships>)"}}));
        EXPECT_EQ(said.substr(0, 42), "the first sheet, \"P\", has a pivot table or");
    }
}

TEST(Xlsx, SaysWhatIsMergedOver) {
    EXPECT_EQ(
        doubts(archive(
            {{"xl/worksheets/sheet1.xml",
              R"(<worksheet><sheetData><row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>)"
              R"(<row r="3"><c><v>4</v></c></row></sheetData>)"
              R"(<mergeCells><mergeCell ref="A1:B3"/></mergeCells></worksheet>)"}})),
        "B1 nothing, A3 nothing");
}

TEST(Xlsx, SaysWhatAFormatShows) {
    const std::string styles =
        R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="&quot;254712345678&quot;"/>)"
        R"(<numFmt numFmtId="165" formatCode=";;;"/><numFmt numFmtId="166" formatCode="@"/>)"
        R"(<numFmt numFmtId="1" formatCode=";;;"/></numFmts>)"
        R"(<cellStyleXfs><xf numFmtId="165"/></cellStyleXfs>)"
        R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/>)"
        R"(<xf numFmtId="11"/><xf numFmtId="9"/><xf numFmtId="166"/><xf numFmtId="1"/>)"
        R"(<xf numFmtId="0" xfId="0" applyNumberFormat="0"/><xf numFmtId="999"/><xf numFmtId="4"/>)"
        R"(</cellXfs><dxfs><dxf><font/></dxf><dxf><numFmt formatCode=";;;"/></dxf></dxfs></styleSheet>)";
    const auto of = [&](const std::string& cell, const std::string& behind = "") {
        return doubts(archive(
            {{"xl/styles.xml", styles},
             {"xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>" + cell +
                                              "</row></sheetData>" + behind + "</worksheet>"}}));
    };
    for (const auto* style : {"1", "2", "3", "4", "5", "7", "8", "9", "11", "x", "-1"}) {
        EXPECT_EQ(of(std::string{"<c s=\""} + style + "\"><v>5</v></c>"), "A1 other text") << style;
    }
    EXPECT_EQ(of(R"(<c s="10"><v>5</v></c>)"), "A1 same number");
    EXPECT_EQ(of(R"(<c><v>5</v></c><c s="0"><v>5</v></c><c s="6"><v>5</v></c><c s="2"/>)"), "");
    EXPECT_EQ(of(R"(<c s="2" t="str"><v>x</v></c><c s="3" t="str"><v>x</v></c>)"), "A1 other text");
    EXPECT_EQ(of(R"(<c t="b"><v>1</v></c><c t="d"><v>2026-01-01</v></c>)"),
              "A1 other text, B1 other text");
    const std::string cells = "<c><v>1</v></c><c><v>2</v></c>";
    const auto rule = [](const std::string& inside) {
        return "<conditionalFormatting sqref=\"B1:B9 D1\">" + inside + "</conditionalFormatting>";
    };
    EXPECT_EQ(of(cells, rule(R"(<cfRule dxfId="0"/>)")), "");
    EXPECT_EQ(of(cells, rule(R"(<cfRule dxfId="1"/>)")), "B1 other text");
    EXPECT_EQ(of(cells, rule(R"(<cfRule><dataBar showValue="0"/></cfRule>)")), "B1 other text");
    EXPECT_EQ(
        of(cells, R"(<extLst><ext><y:conditionalFormattings><y:conditionalFormatting><y:cfRule>)"
                  R"(<y:dxf><numFmt/></y:dxf></y:cfRule><z:sqref>A1</z:sqref>)"
                  R"(</y:conditionalFormatting></y:conditionalFormattings></ext></extLst>)"),
        "A1 other text");
}

// Few bytes that would become many gigabytes, or a tower of elements.
TEST(Xlsx, ReadsNoMoreThanASheetHas) {
    const std::string large(1024 * 1024, 'x');
    const std::string shared = "<sst><si><t>" + large + "</t></si><si><t>" +
                               std::string(cell_max, 'y') + "</t></si></sst>";
    const auto cells = [&](const char* index, int count) {
        std::string all;
        for (int row = 1; row <= count; ++row) {
            all +=
                "<row r=\"" + std::to_string(row) + "\"><c t=\"s\"><v>" + index + "</v></c></row>";
        }
        return archive({{"xl/sharedStrings.xml", shared},
                        {"xl/worksheets/sheet1.xml",
                         "<worksheet><sheetData>" + all + "</sheetData></worksheet>"}});
    };
    EXPECT_EQ(rows(cells("0", 2)), "row 1: a cell has more than 1024 bytes");
    EXPECT_EQ(rows(cells("1", 32 * 1024 + 1)),
              "row 32769: all cells together have more than 32 MiB");
    std::string tower;
    for (int i = 0; i < 500'000; ++i) tower += "<r>";
    for (int i = 0; i < 500'000; ++i) tower += "</r>";
    EXPECT_EQ(rows(archive({{"xl/sharedStrings.xml", "<sst><si>" + tower + "</si></sst>"},
                            {"xl/worksheets/sheet1.xml",
                             R"(<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>)"
                             R"(<c r="B1"><v>2</v></c></row></sheetData></worksheet>)"}})),
              no_such_text);
}

// What the reader of XML takes, at its most; it asks nobody else for memory.
class Taken {
  public:
    Taken() { pugi::set_memory_management_functions(take, give_back); }
    ~Taken() { pugi::set_memory_management_functions(std::malloc, std::free); }
    Taken(const Taken&) = delete;
    Taken& operator=(const Taken&) = delete;
    static std::size_t most() { return most_; }

  private:
    static constexpr std::size_t before = alignof(std::max_align_t);
    static void* take(std::size_t bytes) {
        auto* place = static_cast<char*>(std::malloc(bytes + before));
        std::memcpy(place, &bytes, sizeof bytes);
        now_ += bytes;
        most_ = std::max(most_, now_);
        return place + before;
    }
    static void give_back(void* pointer) {
        if (pointer == nullptr) return;
        auto* place = static_cast<char*>(pointer) - before;
        std::size_t bytes = 0;
        std::memcpy(&bytes, place, sizeof bytes);
        now_ -= bytes;
        std::free(place);
    }
    static inline std::size_t now_ = 0;
    static inline std::size_t most_ = 0;
};

std::string repeated(const std::string& text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

std::size_t nodes_of(const pugi::xml_node& node) {
    std::size_t nodes =
        static_cast<std::size_t>(std::distance(node.attributes().begin(), node.attributes().end()));
    for (const auto& inner : node.children()) nodes += 1 + nodes_of(inner);
    return nodes;
}

TEST(Xlsx, CountsNoFewerNodesThanItWouldMake) {
    for (const std::string piece :
         {"<c/>", "<c/>x", "<c></c>", "<c> </c>", "<c>\nx</c>\nx", "<![CDATA[]]>", "<c a=''/>",
          "<c a='1' b=\"2\">x<d/>y<!-- -->z<?p q?>w</c>", "<c a='>'/>", "<c a='&lt;'>&lt;</c>"}) {
        const auto bytes = "<x>" + repeated(piece, 100) + "</x>";
        pugi::xml_document document;
        ASSERT_TRUE(parse(document, bytes)) << piece;
        EXPECT_GE(nodes_in(bytes), nodes_of(document)) << piece;
        EXPECT_LE(nodes_in(bytes), 3 * nodes_of(document)) << piece;
    }
}

// Some tens of kilobytes, packed, that would become fifteen million nodes.
TEST(Xlsx, TakesNoMoreMemoryThanItsLargestSheetNeeds) {
    const auto sheet = [](const std::string& cells) {
        return "<worksheet><sheetData><row>" + cells + "</row></sheetData></worksheet>";
    };
    const std::string said = "the XLSX file has more cells than are read, ";
    const Taken taken;
    EXPECT_EQ(rows(archive({{"xl/worksheets/sheet1.xml", sheet(repeated("<c/>", nodes_max))}}))
                  .substr(0, said.size()),
              said);
    EXPECT_EQ(
        rows(archive({{"xl/sharedStrings.xml", "<sst>" + repeated("<si/>", nodes_max) + "</sst>"},
                      {"xl/worksheets/sheet1.xml", sheet("<c><v>1</v></c>")}}))
            .substr(0, said.size()),
        said);
    EXPECT_LT(Taken::most(), std::size_t{1024} * 1024);
    // The most that is read: ten columns of the longest sheet, as programs write them.
    std::string all;
    for (std::size_t row = 1; row <= rows_max - 2'000; ++row) {
        const auto number = std::to_string(row);
        all += "<row r=\"" + number + "\">";
        for (char column = 'A'; column <= 'J'; ++column) {
            all += "<c r=\"" + (column + number) + "\" s=\"0\" t=\"n\"><v>1</v></c>";
        }
        all += "</row>";
    }
    const auto large =
        read(archive({{"xl/worksheets/sheet1.xml",
                       "<worksheet><sheetData>" + all + "</sheetData></worksheet>"}}));
    ASSERT_TRUE(large) << large.error();
    EXPECT_EQ(large->size(), rows_max - 2'000);
    EXPECT_LT(Taken::most(), std::size_t{300} * 1024 * 1024);
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
