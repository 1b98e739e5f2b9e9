#include "store/sqlite/sqlite_store.hpp"

#include <fstream>

#include "store/conformance.hpp"
#include "store/sqlite/connection.hpp"

namespace lango::store::test {

namespace {

Database::Open opens(const std::string& path, Threading threading = Threading::own_thread) {
    return [=](const asio::any_io_executor& executor) {
        return open_sqlite({.path = path,
                            .threading = threading,
                            .migrations = items_schema(),
                            .volatile_schema = seen_schema()},
                           executor);
    };
}

std::string refusal(const Database::Open& open) {
    try {
        Database db{open};
        return "";
    } catch (const Broken& why) {
        return why.what();
    }
}

}  // namespace

TEST(SqliteStore, RefusesASecondProcessAndNamesTheFirst) {
    const Folder folder;
    Database db{opens(folder / "db")};
    // A second opening of the lock file is as good as another process.
    const auto text = refusal(opens(folder / "db"));
    EXPECT_NE(text.find(folder / "db"), std::string::npos) << text;
    EXPECT_NE(text.find("process " + std::to_string(::getpid())), std::string::npos) << text;
    db.close();
    EXPECT_EQ(refusal(opens(folder / "db")), "");
}

TEST(SqliteStore, KeepsADatabaseInMemory) {
    Database one{opens(":memory:", Threading::inline_)};
    Database other{opens(":memory:", Threading::inline_)};
    one.insert(1);
    other.insert(2);
    EXPECT_EQ(one.ids(), std::vector<std::int64_t>{1});
    EXPECT_EQ(other.ids(), std::vector<std::int64_t>{2});
    one.reopen();
    EXPECT_EQ(one.count(), 0);
}

TEST(SqliteStore, PlansAStatementOnceWhateverIsBound) {
    sqlite::Connection connection{{.path = ":memory:", .vfs = "", .in_memory = true},
                                  sqlite::Role::writer,
                                  std::int64_t{1024} * 1024};
    connection.script("CREATE TABLE numbers (n INTEGER); INSERT INTO numbers VALUES (1), (2), (3)");
    for (std::int64_t limit = 1; limit <= 3; ++limit) {
        std::int64_t rows = 0;
        connection.each(
            "SELECT n FROM numbers WHERE n >= ?1 ORDER BY n LIMIT ?2", [&](const Row&) { ++rows; },
            std::int64_t{1}, limit);
        EXPECT_EQ(rows, limit);
    }
    EXPECT_EQ(connection.plans_made_again(), 0);
}

TEST(SqliteStore, TellsAFilesSchemaVersion) {
    const Folder folder;
    EXPECT_EQ(sqlite_schema_version(folder / "db"), 0);
    EXPECT_FALSE(std::filesystem::exists(folder / "db"));
    Database db{opens(folder / "db")};
    EXPECT_EQ(sqlite_schema_version(folder / "db"), 1);
    db.close();
    EXPECT_EQ(sqlite_schema_version(folder / "db"), 1);
}

TEST(SqliteStore, RunsTheGatewaysMigrations) {
    const Folder folder;
    asio::io_context io;
    open_sqlite({.path = folder / "db"}, io.get_executor())->stop();
    EXPECT_EQ(sqlite_schema_version(folder / "db"), static_cast<int>(migrations().size()));
}

TEST(SqliteStore, RefusesWhatIsNoDatabase) {
    const Folder folder;
    std::ofstream{folder / "db"} << std::string(10'000, 'x');
    EXPECT_NE(refusal(opens(folder / "db")).find("not a database"), std::string::npos);
    EXPECT_NE(refusal(opens(folder / "nowhere/db")).find("nowhere"), std::string::npos);
}

TEST(SqliteStore, LeavesNoWalBehindWhenStopped) {
    const Folder folder;
    Database db{opens(folder / "db")};
    db.insert(1);
    EXPECT_TRUE(std::filesystem::exists(folder / "db-wal"));
    db.close();
    EXPECT_FALSE(std::filesystem::exists(folder / "db-wal"));
}

TEST(SqliteStore, MayGoWhileAnswersAreOnTheirWay) {
    asio::io_context io;
    auto store = open_sqlite({.path = ":memory:",
                              .threading = Threading::inline_,
                              .migrations = items_schema(),
                              .volatile_schema = ""},
                             io.get_executor());
    std::string told = "nothing";
    asio::co_spawn(io, store->write([](Tx& tx) { insert_item(tx, 1); }),
                   [&told](const std::exception_ptr& error) { told = kind(error); });
    io.run_one();  // submits
    store.reset();
    io.run();
    EXPECT_EQ(told, "");
}

using sqlite::Connection;

TEST(SqliteRowDeathTest, AskingForAnotherTypeEndsTheProgram) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    Connection connection{
        {.path = ":memory:", .vfs = "", .in_memory = true}, sqlite::Role::writer, 1'000'000};
    EXPECT_DEATH(
        connection.each("SELECT 'x'", [](const Row& row) { static_cast<void>(row.integer(0)); }),
        "assertion failed");
    EXPECT_DEATH(
        connection.each("SELECT 1", [](const Row& row) { static_cast<void>(row.text(0)); }),
        "assertion failed");
    EXPECT_DEATH(
        connection.each("SELECT NULL", [](const Row& row) { static_cast<void>(row.integer(0)); }),
        "assertion failed");
    EXPECT_DEATH(
        connection.each("SELECT 1", [](const Row& row) { static_cast<void>(row.integer(1)); }),
        "assertion failed");
}

}  // namespace lango::store::test
