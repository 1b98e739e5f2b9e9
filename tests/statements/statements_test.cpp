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

// Two ways that have nothing in common lead to the same list: none is missed by both but one that
// neither a literal of the sources nor a text of the objects is.
TEST(AllStatements, OfTheSourcesStandInTheObjects) {
    const auto texts = literals_compiled();
    for (const auto& [place, text] : written()) {
        EXPECT_TRUE(texts.contains(text)) << place << ": " << text;
    }
}

TEST(AllStatements, OfTheObjectsStandInTheSources) {
    std::set<std::string_view> told;
    for (const auto& each : written()) told.insert(each.text);
    for (const auto text : literals_compiled()) {
        EXPECT_TRUE(told.contains(text)) << text;
    }
    EXPECT_EQ(told.size(), literals_compiled().size());
}

}  // namespace

}  // namespace lango::statements
