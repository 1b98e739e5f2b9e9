// What is read is what spreadsheet programs show, or is said to be something else.
#include <vector>

#include "sheets/xlsx_fixture.hpp"

namespace lango::sheets {

using namespace test;

namespace {

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

// As Excel, LibreOffice and Google Sheets save one and the same sheet today, left to its marks.
TEST(XlsxShown, ReadsWhatProgramsSave) {
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

// As programs find it: by its links and namespaces, not by what it is called.
TEST(XlsxShown, ReadsThePartThatProgramsShow) {
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

TEST(XlsxShown, FollowsTheLinksOfTheFile) {
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

TEST(XlsxShown, RefusesTwoPartsOfOneName) {
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
TEST(XlsxShown, SaysWhatAFormulaMayShow) {
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

TEST(XlsxShown, RefusesASheetThatIsWorkedOutAnew) {
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

TEST(XlsxShown, SaysWhatIsMergedOver) {
    EXPECT_EQ(
        doubts(archive(
            {{"xl/worksheets/sheet1.xml",
              R"(<worksheet><sheetData><row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>)"
              R"(<row r="3"><c><v>4</v></c></row></sheetData>)"
              R"(<mergeCells><mergeCell ref="A1:B3"/></mergeCells></worksheet>)"}})),
        "B1 nothing, A3 nothing");
}

TEST(XlsxShown, SaysWhatAFormatShows) {
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

}  // namespace
}  // namespace lango::sheets
