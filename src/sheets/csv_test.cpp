#include <gtest/gtest.h>

#include "sheets/sheet.hpp"

namespace lango::sheets {
namespace {

// "1: a|b" a line each; what is wrong otherwise.
std::string rows(std::string_view text) {
    const auto sheet = read(text);
    if (!sheet) return sheet.error();
    std::string out;
    for (const auto& row : *sheet) {
        out += (out.empty() ? "" : "\n") + std::to_string(row.number) + ":";
        for (const auto& cell : row.cells) out += " " + cell + " |";
    }
    return out;
}

TEST(Csv, ReadsRowsAndCells) {
    EXPECT_EQ(rows("a,b\n1,2\n"), "1: a | b |\n2: 1 | 2 |");
    EXPECT_EQ(rows("a,b\r\n1,\r\n"), "1: a | b |\n2: 1 |");
    EXPECT_EQ(rows("a,b\n1, 2 "), "1: a | b |\n2: 1 | 2 |");
    EXPECT_EQ(rows(""), "");
}

TEST(Csv, TakesTheSeparatorOfTheFirstLine) {
    EXPECT_EQ(rows("a;b\n1;2,5\n"), "1: a | b |\n2: 1 | 2,5 |");
    EXPECT_EQ(rows("a\tb\n1\t2\n"), "1: a | b |\n2: 1 | 2 |");
}

TEST(Csv, ReadsQuotes) {
    EXPECT_EQ(rows("a,\"b,\"\"c\"\"\"\n\"x\ny\",2\n3,4\n"),
              "1: a | b,\"c\" |\n2: x\ny | 2 |\n4: 3 | 4 |");
    EXPECT_EQ(rows("a\n\"open\n"), "line 2: a quote is not closed, or text follows it");
    EXPECT_EQ(rows("a\n\"b\"c\n"), "line 2: a quote is not closed, or text follows it");
}

TEST(Csv, SkipsEmptyRowsAndTheByteOrderMark) {
    EXPECT_EQ(rows("\xEF\xBB\xBF"
                   "a,b\n\n,\n1,2\n"),
              "1: a | b |\n4: 1 | 2 |");
}

// As Excel writes it where a comma stands in numbers; it shows the line to nobody.
TEST(Csv, ObeysALineThatSaysTheSeparator) {
    EXPECT_EQ(rows("sep=;\r\na;b\r\n1;2,5\r\n"), "1: a | b |\n2: 1 | 2,5 |");
    EXPECT_EQ(rows("\xEF\xBB\xBF\"SEP=|\"\na|b,c\n"), "1: a | b,c |");
    EXPECT_EQ(rows("sep=,\na,b;c\n"), "1: a | b;c |");
    EXPECT_EQ(rows("sep=x\n1\n"), "1: sep=x |\n2: 1 |");
    EXPECT_EQ(rows("sep=;"), "");
}

TEST(Csv, LeavesOutTheBlanksAroundACell) {
    EXPECT_EQ(rows("a,b\n\" 1000 \",\"\tx\n\"\n"), "1: a | b |\n2: 1000 | x |");
    EXPECT_EQ(rows("a, \"b\" ,c\n"), "1: a | b | c |");
}

TEST(Csv, TakesEmptyCellsWhereverTheyStand) {
    EXPECT_EQ(rows("a,b" + std::string(200, ',') + "\n1,2\n"), "1: a | b |\n2: 1 | 2 |");
    EXPECT_EQ(rows(std::string(500, ',')), "");
}

// As Excel saves "Unicode Text".
TEST(Csv, IsReadInUtf16WithItsByteOrderMark) {
    const auto bytes = [](std::u16string_view text, bool big) {
        std::string out;
        for (const auto c : text) {
            const auto high = static_cast<char>(c >> 8U);
            const auto low = static_cast<char>(c & 0xFFU);
            out += big ? std::string{high, low} : std::string{low, high};
        }
        return out;
    };
    for (const bool big : {false, true}) {
        EXPECT_EQ(rows(bytes(u"\ufeffa\tb\r\n1\tNg\u2019ang\u2019a\r\n", big)),
                  "1: a | b |\n2: 1 | Ng\u2019ang\u2019a |");
        EXPECT_EQ(rows(bytes(u"\ufeffa,b\n", big).append("x")), "the file is cut off or damaged");
    }
    EXPECT_EQ(rows(bytes(u"a\tb\n", false)), "this is neither CSV nor XLSX");
}

// As Excel saves "CSV (Comma delimited)": in the code page of the machine, which no file names.
TEST(Csv, NamesTheRowThatIsInAnotherCodePage) {
    EXPECT_EQ(rows("id,label\r\n1,Mary\r\n2,Ng\x92"
                   "ang\x92"
                   "a\r\n"),
              "line 3: column 2 has letters of a code page that the file does not name: save it as "
              "\"CSV UTF-8\", as \"Unicode Text\" or as XLSX");
    EXPECT_EQ(rows("id\xa0,label\n").substr(0, 31), "line 1: column 1 has letters of");
}

TEST(Csv, RefusesWhatIsNoSheet) {
    EXPECT_EQ(rows(std::string_view{"a\0b", 3}), "this is neither CSV nor XLSX");
    EXPECT_EQ(rows(std::string(65, ',') + "x"), "line 1: more than 64 columns");
    EXPECT_EQ(rows("a,b\n1," + std::string(cell_max + 1, 'x')),
              "line 2: a cell has more than 1024 bytes");
}

}  // namespace
}  // namespace lango::sheets
