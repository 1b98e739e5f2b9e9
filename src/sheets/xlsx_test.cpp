#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <pugixml.hpp>

#include "sheets/markup.hpp"
#include "sheets/xlsx_fixture.hpp"

namespace lango::sheets {

using namespace test;

namespace {

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
