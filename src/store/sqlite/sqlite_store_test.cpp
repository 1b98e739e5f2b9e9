#include "store/sqlite/sqlite_store.hpp"
#include "base/check.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

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

// Whoever takes the lock file away has not taken the database.
TEST(SqliteStore, RefusesASecondProcessAlsoWhenTheLockFileIsGone) {
    const Folder folder;
    Database db{opens(folder / "db")};
    ASSERT_TRUE(std::filesystem::remove(folder / "db.lock"));
    EXPECT_EQ(refusal(opens(folder / "db")), (folder / "db") + " is in use by another process");
    db.insert(1);
    EXPECT_EQ(db.ids(), std::vector<std::int64_t>{1});
    db.close();
    EXPECT_EQ(refusal(opens(folder / "db")), "");
}

// "" when it was stored.
std::string refusal_to_insert(Database& db, std::int64_t id) {
    try {
        db.insert(id);
        return "";
    } catch (const Unavailable& why) {
        return why.what();
    }
}

// What is written to a file without a name is gone with the process.
TEST(SqliteStore, StoresNothingMoreInAFileThatWasDeleted) {
    const Folder folder;
    Database db{opens(folder / "db")};
    db.insert(1);
    ASSERT_TRUE(std::filesystem::remove(folder / "db"));
    const auto why = (folder / "db") + " was deleted while it was in use: nothing more is stored";
    EXPECT_EQ(refusal_to_insert(db, 2), why);
    EXPECT_EQ(db.store().trouble(), why);
}

TEST(SqliteStore, StoresNothingMoreInAFileWhoseNameAnotherHas) {
    const Folder folder;
    Database db{opens(folder / "db")};
    db.insert(1);
    std::filesystem::rename(folder / "db", folder / "away");
    std::ofstream{folder / "db"} << "another";
    const auto why = "another file stands at " + (folder / "db") +
                     " in place of the one in use: nothing more is stored";
    EXPECT_EQ(refusal_to_insert(db, 2), why);
    EXPECT_EQ(db.store().trouble(), why);
    std::filesystem::rename(folder / "away", folder / "db");
    EXPECT_EQ(refusal_to_insert(db, 3), "") << "it is in its place again";
    EXPECT_FALSE(db.store().trouble());
    EXPECT_EQ(db.ids(), (std::vector<std::int64_t>{1, 3}));
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

// What a plain copy of the file holds, made while the store is open.
std::int64_t in_a_copy(const std::string& path) try {
    const auto copy = path + ".copy";
    std::filesystem::remove(copy + "-wal");
    std::filesystem::remove(copy + "-shm");
    std::filesystem::copy_file(path, copy, std::filesystem::copy_options::overwrite_existing);
    sqlite::Connection connection{{.path = copy, .vfs = ""}, sqlite::Role::writer, 1024 * 1024};
    return connection
        .first("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'items'",
               [&](const Row& table) {
                   if (table.integer(0) == 0) return std::int64_t{0};
                   return connection
                       .first("SELECT COUNT(*) FROM items",
                              [](const Row& row) { return row.integer(0); })
                       .value_or(0);
               })
        .value_or(0);
} catch (const Broken&) {
    return -1;  // copied while it was written
}

Database::Open opens_with_checkpoints(const std::string& path, std::chrono::milliseconds quiet,
                                      std::chrono::milliseconds old) {
    return [=](const asio::any_io_executor& executor) {
        return open_sqlite({.path = path,
                            .checkpoint_when_quiet = quiet,
                            .checkpoint_when_old = old,
                            .migrations = items_schema(),
                            .volatile_schema = seen_schema()},
                           executor);
    };
}

TEST(SqliteStore, LeavesNothingInTheLogAloneWhenNothingIsToDo) {
    using namespace std::chrono_literals;
    const Folder folder;
    Database db{opens_with_checkpoints(folder / "db", 1ms, 1h)};
    db.insert(1);
    while (in_a_copy(folder / "db") != 1) std::this_thread::yield();
}

TEST(SqliteStore, LeavesNothingInTheLogAloneForLong) {
    using namespace std::chrono_literals;
    const Folder folder;
    Database db{opens_with_checkpoints(folder / "db", 1h, 0ms)};
    db.insert(1);
    while (in_a_copy(folder / "db") != 1) std::this_thread::yield();
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

TEST(SqliteRow, TellsWhatIsOfAnotherTypeThanItMustBe) {
    Connection connection{
        {.path = ":memory:", .vfs = "", .in_memory = true}, sqlite::Role::writer, 1'000'000};
    const auto told = [&](Sql sql, auto read) {
        try {
            connection.each(sql, [&](const Row& row) { read(row); });
        } catch (const Broken& broken) {
            return std::string{broken.what()};
        }
        return std::string{};
    };
    const auto number = [](const Row& row) { static_cast<void>(row.integer(0)); };
    const auto text = [](const Row& row) { static_cast<void>(row.text(0)); };
    EXPECT_EQ(told("SELECT 'x' AS amount", number),
              "column amount holds something else, where a whole number belongs, in: SELECT 'x' AS "
              "amount");
    EXPECT_EQ(told("SELECT 1 AS label", text),
              "column label holds something else, where a text belongs, in: SELECT 1 AS label");
    EXPECT_EQ(
        told("SELECT NULL AS amount", number),
        "column amount holds nothing, where a whole number belongs, in: SELECT NULL AS amount");
    EXPECT_EQ(told("SELECT 1 AS amount", number), "");
}

TEST(SqliteRow, AskingForAColumnThatThereIsNotFailsTheQuestionAlone) {
    Connection connection{
        {.path = ":memory:", .vfs = "", .in_memory = true}, sqlite::Role::writer, 1'000'000};
    EXPECT_THROW(
        connection.each("SELECT 1", [](const Row& row) { static_cast<void>(row.integer(1)); }),
        CheckFailed);
    EXPECT_EQ(connection.first("SELECT 1", [](const Row& row) { return row.integer(0); }), 1);
}

}  // namespace lango::store::test
