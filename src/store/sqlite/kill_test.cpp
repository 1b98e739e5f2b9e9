// SIGKILL at any moment: what was acknowledged is there.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <set>

#include "base/random.hpp"
#include "store/conformance.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace lango::store::test {

namespace {

constexpr std::array kill_schema{
    Migration{1, "two",
              "CREATE TABLE items (id INTEGER PRIMARY KEY, data BLOB); "
              "CREATE TABLE copies (id INTEGER PRIMARY KEY);"}};

std::unique_ptr<Store> open(const std::string& path, const asio::any_io_executor& executor) {
    return open_sqlite({.path = path, .migrations = kill_schema, .volatile_schema = ""}, executor);
}

asio::awaitable<void> write_for_ever(Store& store, std::int64_t next, std::int64_t step, int out) {
    for (;; next += step) {
        co_await store.write([next](Tx& tx) {
            tx.run("INSERT INTO items (id, data) VALUES (?1, zeroblob(1000))", next);
            tx.run("INSERT INTO copies (id) VALUES (?1)", next);
        });
        // To the pipe in one piece, and only after the commit.
        if (::write(out, &next, sizeof next) != sizeof next) ::_exit(2);
    }
}

[[noreturn]] void be_the_child(const std::string& path, std::int64_t first, int out) {
    constexpr int writers = 8;
    asio::io_context io;
    const auto store = open(path, io.get_executor());
    for (int i = 0; i < writers; ++i) {
        asio::co_spawn(io, write_for_ever(*store, first + i, writers, out),
                       [](const std::exception_ptr&) { ::_exit(3); });
    }
    io.run();
    ::_exit(4);
}

}  // namespace

TEST(Kill, LosesNothingThatWasAcknowledged) {
    const Folder folder;
    SeededRandom random{20260101};
    std::set<std::int64_t> acknowledged;
    for (int round = 1; round <= 20; ++round) {
        std::array<int, 2> pipe{};
        ASSERT_EQ(::pipe(pipe.data()), 0);
        const auto child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::close(pipe[0]);
            be_the_child(folder / "db", std::int64_t{round} * 1'000'000, pipe[1]);
        }
        ::close(pipe[1]);
        // After a number of answers nobody knows before; a group or a checkpoint is under way then.
        auto left = 1 + random.below(800);
        std::int64_t id = 0;
        while (::read(pipe[0], &id, sizeof id) == sizeof id) {
            acknowledged.insert(id);
            if (left > 0 && --left == 0) ::kill(child, SIGKILL);
        }
        ::close(pipe[0]);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);

        Database db{
            [&](const asio::any_io_executor& executor) { return open(folder / "db", executor); }};
        const auto list = db.ids();
        const std::set<std::int64_t> found{list.begin(), list.end()};
        for (const auto told : acknowledged) ASSERT_TRUE(found.contains(told)) << "lost " << told;
        const auto differ = db.read([](Reader& reader) {
            return *reader.first(
                "SELECT COUNT(*) FROM items LEFT JOIN copies USING (id) "
                "WHERE copies.id IS NULL",
                [](const Row& row) { return row.integer(0); });
        });
        EXPECT_EQ(differ, 0);
        const auto integrity = db.read([](Reader& reader) {
            return *reader.first("PRAGMA integrity_check",
                                 [](const Row& row) { return row.string(0); });
        });
        EXPECT_EQ(integrity, "ok");
    }
}

}  // namespace lango::store::test
