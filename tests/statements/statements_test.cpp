// Every SQL statement of the program is prepared on the schema that the gateway's migrations make,
// by every engine that there is. And every one: what stands in the objects against what is read out
// of the sources.
#include "tests/statements/statements.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "tests/statements/engines.hpp"

namespace lango::statements {

namespace {

using store::test::Folder;

class Statements : public testing::TestWithParam<Engine> {
  protected:
    // What is wrong with a statement; "" when it can be run.
    std::string wrong_with(store::Sql sql) { return prepare_(sql); }

  private:
    Folder folder_;
    Prepare prepare_ = GetParam().open(folder_ / "db");
};

TEST_P(Statements, AreBorneByTheSchema) {
    int prepared = 0;
    for (const auto& [library, sql] : compiled()) {
        // Those in the store itself are of the engine that there was first.
        if (library == "store" && !GetParam().is_the_store_s) continue;
        EXPECT_EQ(wrong_with(sql), "") << "in " << library;
        ++prepared;
    }
    EXPECT_GT(prepared, 250);
}

TEST_P(Statements, OneThatNamesAColumnOrATableThatThereIsNotIsFound) {
    EXPECT_NE(wrong_with("SELECT id, no_such_column FROM deposits WHERE id = ?1"), "");
    EXPECT_NE(wrong_with("UPDATE deposits SET no_such_column = ?2 WHERE id = ?1"), "");
    EXPECT_NE(wrong_with("INSERT INTO deposits (id, no_such_column) VALUES (?1, ?2)"), "");
    EXPECT_NE(wrong_with("DELETE FROM no_such_table"), "");
    EXPECT_NE(wrong_with("SELECT id FROM deposits WHERE label = \"a text\""), "");
    EXPECT_NE(wrong_with("SELECT id FRM deposits"), "");
    EXPECT_EQ(wrong_with("SELECT id, label FROM deposits WHERE id = ?1"), "");
}

INSTANTIATE_TEST_SUITE_P(Engines, Statements, testing::ValuesIn(engines()),
                         [](const auto& suite) { return suite.param.name; });

std::set<std::string_view> literals_compiled() {
    std::set<std::string_view> texts;
    for (const auto& each : compiled()) {
        texts.insert(each.sql.text);
    }
    return texts;
}

// Whether a text is what a source tells, where that may leave out columns (store/columns.hpp).
bool is_told(std::string_view told, std::string_view text) {
    constexpr std::string_view columns = "{columns}";
    const auto hole = told.find(columns);
    if (hole == std::string_view::npos) return told == text;
    if (!text.starts_with(told.substr(0, hole))) return false;
    text.remove_prefix(hole);
    told.remove_prefix(hole + columns.size());
    const auto until = told.substr(0, told.find(columns));
    // What is left out has at least one letter.
    for (auto at = text.find(until, 1); at != std::string_view::npos;
         at = text.find(until, at + 1)) {
        if (is_told(told, text.substr(at))) return true;
        if (until.empty()) return true;
    }
    return false;
}

TEST(AllStatements, AreToldWithAHoleWhereColumnsStand) {
    EXPECT_TRUE(is_told("SELECT 1", "SELECT 1"));
    EXPECT_FALSE(is_told("SELECT 1", "SELECT 12"));
    EXPECT_TRUE(is_told("SELECT {columns} FROM a", "SELECT id, b FROM a"));
    EXPECT_FALSE(is_told("SELECT {columns} FROM a", "SELECT id, b FROM a WHERE c = ?1"));
    EXPECT_FALSE(is_told("SELECT {columns} FROM a", "SELECT  FROM a"));
    EXPECT_TRUE(
        is_told("INSERT INTO a ({columns}) VALUES ({columns})", "INSERT INTO a (b) VALUES (?1)"));
    EXPECT_FALSE(is_told("INSERT INTO a ({columns}) VALUES ({columns})",
                         "INSERT INTO a (b) VALUES (?1) ON CONFLICT DO NOTHING"));
}

// Two ways that have nothing in common lead to the same list: none is missed by both but one that
// neither a literal of the sources nor a text of the objects is.
TEST(AllStatements, OfTheSourcesStandInTheObjects) {
    const auto texts = literals_compiled();
    for (const auto& one : written()) {
        EXPECT_TRUE(std::ranges::any_of(
            texts, [&one](std::string_view each) { return is_told(one.text, each); }))
            << one.place << ": " << one.text;
    }
}

TEST(AllStatements, OfTheObjectsStandInTheSources) {
    std::set<std::string_view> told;
    for (const auto& each : written()) told.insert(each.text);
    for (const auto text : literals_compiled()) {
        EXPECT_TRUE(std::ranges::any_of(told, [text](std::string_view each) {
            return is_told(each, text);
        })) << text;
    }
    EXPECT_EQ(told.size(), literals_compiled().size());
}

}  // namespace

}  // namespace lango::statements
