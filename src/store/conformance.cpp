#include "store/conformance.hpp"

#include <atomic>
#include <latch>
#include <limits>

namespace lango::store::test {

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Conformance);

using Ids = std::vector<std::int64_t>;

// --- groups -------------------------------------------------------------------------------------

TEST_P(Conformance, AFailingCommandTakesOnlyItselfDown) {
    Database db{opens(wanted())};
    const auto told = db.together({[](Tx& tx) { insert_item(tx, 1); },
                                   [](Tx& tx) {
                                       insert_item(tx, 2);
                                       throw std::runtime_error{"no"};
                                   },
                                   [](Tx& tx) { insert_item(tx, 3); }},
                                  threads());
    EXPECT_EQ(kind(told[0]), "");
    EXPECT_EQ(kind(told[1]), "no");
    EXPECT_EQ(kind(told[2]), "");
    EXPECT_EQ(db.ids(), (Ids{1, 3}));
    EXPECT_EQ(db.store().stats().reruns, 1U);
    EXPECT_EQ(db.store().stats().failures, 1U);
}

TEST_P(Conformance, ALoneCommandThatFailsIsNotRunAgain) {
    Database db{opens(wanted())};
    int runs = 0;
    EXPECT_THROW(db.write([&runs](Tx& tx) {
        insert_item(tx, 1);
        ++runs;
        throw std::runtime_error{"no"};
    }),
                 std::runtime_error);
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(db.count(), 0);
}

TEST_P(Conformance, RunsAGroupInOrder) {
    Database db{opens(wanted())};
    std::vector<Database::Command> commands;
    for (int i = 0; i < 20; ++i) {
        commands.emplace_back([i](Tx& tx) {
            const auto before = tx.first("SELECT COUNT(*) FROM items",
                                         [](const Row& row) { return row.integer(0); });
            tx.run("INSERT INTO items (id, amount) VALUES (?1, ?2)", i, *before);
        });
    }
    for (const auto& error : db.together(commands, threads())) EXPECT_EQ(kind(error), "");
    const auto out_of_order = db.read([](Reader& reader) {
        return reader.first("SELECT COUNT(*) FROM items WHERE id <> amount",
                            [](const Row& row) { return row.integer(0); });
    });
    EXPECT_EQ(out_of_order, 0);
}

TEST_P(Conformance, SixtyFourWritersAreOneGroup) {
    Database db{opens(wanted())};
    const auto before = db.store().stats().groups;
    std::vector<Database::Command> commands;
    for (int i = 0; i < 64; ++i) commands.emplace_back([i](Tx& tx) { insert_item(tx, i); });
    static_cast<void>(db.together(commands, threads()));
    const auto stats = db.store().stats();
    EXPECT_EQ(stats.group_max, 64U);
    EXPECT_EQ(stats.groups - before, threads() ? 2U : 1U);  // one for what kept the writer busy
    EXPECT_EQ(stats.waiting, 0U);
    EXPECT_EQ(db.count(), 64);
}

TEST_P(Conformance, EverybodyOfAGroupMayFail) {
    Database db{opens(wanted())};
    const auto fail = [](Tx& tx) {
        insert_item(tx, 1);
        throw std::runtime_error{"no"};
    };
    for (const auto& error : db.together({fail, fail, fail}, threads()))
        EXPECT_EQ(kind(error), "no");
    EXPECT_EQ(db.count(), 0);
    db.insert(1);
    EXPECT_EQ(db.count(), 1);
}

// --- what must hold of what a command has touched -----------------------------------------------

// An amount below ten is not as it should be.
void check_item(Reader& reader, std::int64_t id) {
    const auto amount = reader.first(
        "SELECT amount FROM items WHERE id = ?1", [](const Row& row) { return row.integer(0); },
        id);
    if (amount.value_or(0) < 10) throw std::runtime_error{"item " + std::to_string(id)};
}
void put_item(Tx& tx, std::int64_t id, std::int64_t amount) {
    tx.run("INSERT INTO items (id, amount) VALUES (?1, ?2)", id, amount);
    tx.touch(id, check_item);
}

TEST_P(Conformance, WhatACommandTouchedIsCheckedWhenItHasRun) {
    Database db{opens(wanted())};
    const auto told = db.together({[](Tx& tx) { put_item(tx, 1, 10); },
                                   [](Tx& tx) {
                                       put_item(tx, 2, 10);
                                       put_item(tx, 3, 9);
                                   },
                                   [](Tx& tx) {  // wrong in between, and right in the end
                                       put_item(tx, 4, 9);
                                       tx.run("UPDATE items SET amount = 10 WHERE id = ?1", 4);
                                   }},
                                  threads());
    EXPECT_EQ(kind(told[0]), "");
    EXPECT_EQ(kind(told[1]), "item 3");
    EXPECT_EQ(kind(told[2]), "");
    EXPECT_EQ(db.ids(), (Ids{1, 4}));
}

TEST_P(Conformance, WhatAFailedCommandTouchedIsNobodyElses) {
    Database db{opens(wanted())};
    const auto told = db.together({[](Tx& tx) {
                                       put_item(tx, 1, 9);
                                       throw std::runtime_error{"no"};
                                   },
                                   [](Tx& tx) { put_item(tx, 2, 10); }},
                                  threads());
    EXPECT_EQ(kind(told[0]), "no");
    EXPECT_EQ(kind(told[1]), "");
    EXPECT_EQ(db.ids(), (Ids{2}));
}

std::atomic<int> checks = 0;

TEST_P(Conformance, WhatIsTouchedOftenIsCheckedOnce) {
    Database db{opens(wanted())};
    checks = 0;
    db.write([](Tx& tx) {
        for (std::int64_t i = 0; i < 30; ++i)
            tx.touch(i % 3, [](Reader&, std::int64_t) { ++checks; });
        tx.touch(1, check_item);
        put_item(tx, 1, 10);
    });
    EXPECT_EQ(checks, 3);
}

// --- visibility ---------------------------------------------------------------------------------

TEST_P(Conformance, WritesAreSeenOnlyAfterTheyComplete) {
    if (!threads()) GTEST_SKIP() << "nothing runs beside a command";
    Database db{opens(wanted())};
    std::latch seen{1};
    bool written = false;
    asio::co_spawn(db.io(), db.store().write([&seen](Tx& tx) {
        insert_item(tx, 1);
        seen.wait();
    }),
                   [&](const std::exception_ptr&) { written = true; });
    // A reader is answered while the writer is in the middle of it.
    asio::co_spawn(db.io(), db.store().read([](Reader& reader) {
        return reader.first("SELECT id FROM items", [](const Row& row) { return row.integer(0); });
    }),
                   [&](const std::exception_ptr& error, std::optional<std::int64_t> found) {
                       EXPECT_EQ(kind(error), "");
                       EXPECT_EQ(found, std::nullopt);
                       EXPECT_FALSE(written);
                       seen.count_down();
                   });
    db.run();
    EXPECT_TRUE(written);
    EXPECT_EQ(db.ids(), Ids{1});
}

TEST_P(Conformance, AReaderSeesOneSnapshot) {
    Database db{opens(wanted())};
    db.insert(1);
    std::latch begun{1};
    std::latch written{1};
    const bool beside = threads();
    std::pair<std::int64_t, std::int64_t> counts;
    asio::co_spawn(db.io(), db.store().read([&, beside](Reader& reader) {
        const auto count = [&reader] {
            return *reader.first("SELECT COUNT(*) FROM items",
                                 [](const Row& row) { return row.integer(0); });
        };
        const auto first = count();
        begun.count_down();
        if (beside) written.wait();
        return std::pair{first, count()};
    }),
                   [&](const std::exception_ptr&, std::pair<std::int64_t, std::int64_t> found) {
                       counts = found;
                   });
    asio::co_spawn(db.io(), db.store().write([&](Tx& tx) {
        begun.wait();
        insert_item(tx, 2);
    }),
                   [&](const std::exception_ptr&) { written.count_down(); });
    db.run();
    EXPECT_EQ(counts, (std::pair<std::int64_t, std::int64_t>{1, 1}));
    EXPECT_EQ(db.count(), 2);
}

TEST_P(Conformance, AReaderCannotWrite) {
    Database db{opens(wanted())};
    EXPECT_THROW(db.read([](Reader& reader) {
        reader.each("INSERT INTO items (id) VALUES (1)", [](const Row&) {});
    }),
                 Broken);
    EXPECT_EQ(db.count(), 0);
}

// --- errors -------------------------------------------------------------------------------------

TEST_P(Conformance, UniqueKeysAndChecksAreConflicts) {
    Database db{opens(wanted())};
    db.insert(1);
    EXPECT_THROW(db.insert(1), Conflict);
    EXPECT_THROW(db.write([](Tx& tx) {
        tx.run("INSERT INTO items (id, name) VALUES (2, ?1), (3, ?1)", "same");
    }),
                 Conflict);
    EXPECT_THROW(db.write([](Tx& tx) { tx.run("INSERT INTO items (id, amount) VALUES (4, -1)"); }),
                 Conflict);
    EXPECT_EQ(db.ids(), Ids{1});
}

TEST_P(Conformance, WrongStatementsSayWhichTheyAre) {
    Database db{opens(wanted())};
    try {
        db.write([](Tx& tx) { tx.run("INSERT INTO nowhere (id) VALUES (1)"); });
        FAIL();
    } catch (const Broken& why) {
        EXPECT_NE(std::string{why.what()}.find("INSERT INTO nowhere"), std::string::npos);
    }
    EXPECT_THROW(db.write([](Tx& tx) { tx.run("DELETE FROM items WHERE id = ?1"); }), Broken);
    EXPECT_THROW(db.write([](Tx& tx) { tx.run("DELETE FROM items WHERE id = ?1", 1, 2); }), Broken);
    EXPECT_THROW(db.write([](Tx& tx) { tx.run("DELETE FROM items; DELETE FROM items"); }), Broken);
    EXPECT_EQ(db.store().trouble(), std::nullopt);
}

// --- values -------------------------------------------------------------------------------------

TEST_P(Conformance, ValuesComeBackAsTheyWent) {
    Database db{opens(wanted())};
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    const std::string bytes{"\0\xff\x01\0", 4};
    const std::string text = "Sh 5 \u2192 \U0001F4B0 'quoted' \"twice\"";
    db.write([&](Tx& tx) {
        tx.run("INSERT INTO items (id, name, amount, data) VALUES (?1, ?2, ?3, ?4)", least, text,
               most, Blob{bytes});
        tx.run("INSERT INTO items (id, name, amount, data) VALUES (?1, ?2, ?3, ?4)", most, "", 0,
               Blob{});
        tx.run("INSERT INTO items (id, name, amount, data) VALUES (?1, ?2, ?3, ?4)", 0, nullptr,
               std::optional<std::int64_t>{}, std::optional<std::string>{});
    });
    struct Item {
        std::optional<std::string> name;
        std::optional<std::int64_t> amount;
        std::optional<std::string> data;
        bool operator==(const Item&) const = default;
    };
    const auto item = [&](std::int64_t id) {
        return db.read([id](Reader& reader) {
            return reader.first(
                "SELECT name, amount, data FROM items WHERE id = ?1",
                [](const Row& row) {
                    return Item{row.maybe_string(0), row.maybe_integer(1), row.maybe_string(2)};
                },
                id);
        });
    };
    EXPECT_EQ(item(least), (Item{text, most, bytes}));
    EXPECT_EQ(item(most), (Item{"", 0, ""}));
    EXPECT_EQ(item(0), (Item{}));
    EXPECT_EQ(item(7), std::nullopt);
}

TEST_P(Conformance, RunTellsHowManyRowsItChanged) {
    Database db{opens(wanted())};
    db.write([](Tx& tx) {
        EXPECT_EQ(tx.run("INSERT INTO items (id, amount) VALUES (1, 5), (2, 5), (3, 6)"), 3);
        EXPECT_EQ(tx.run("UPDATE items SET amount = 7 WHERE amount = 5"), 2);
        EXPECT_EQ(tx.run("UPDATE items SET amount = 7 WHERE amount = 5"), 0);
        EXPECT_EQ(tx.run("CREATE TABLE more (id INTEGER PRIMARY KEY)"), 0);
        EXPECT_EQ(tx.run("DELETE FROM items"), 3);
    });
}

TEST_P(Conformance, AStatementMayRunWithinItself) {
    Database db{opens(wanted())};
    db.write([](Tx& tx) {
        for (int id = 1; id <= 5; ++id) insert_item(tx, id);
    });
    std::function<std::int64_t(Reader&, std::int64_t)> below = [&](Reader& reader,
                                                                   std::int64_t id) {
        std::int64_t sum = 0;
        reader.each(
            "SELECT id FROM items WHERE id < ?1 ORDER BY id",
            [&](const Row& row) { sum += 1 + below(reader, row.integer(0)); }, id);
        return sum;
    };
    EXPECT_EQ(db.read([&](Reader& reader) { return below(reader, 5); }), 15);
}

// --- life ---------------------------------------------------------------------------------------

TEST_P(Conformance, ReopenFindsEverything) {
    Database db{opens(wanted())};
    for (int id = 1; id <= 10; ++id) db.insert(id);
    db.reopen();
    EXPECT_EQ(db.count(), 10);
    db.insert(11);
    EXPECT_EQ(db.count(), 11);
}

TEST_P(Conformance, VolatileTablesAreEmptyAfterReopen) {
    Database db{opens(wanted())};
    const auto seen = [&db] {
        return db.write([](Tx& tx) {
            return *tx.first("SELECT COUNT(*) FROM seen",
                             [](const Row& row) { return row.integer(0); });
        });
    };
    db.write([](Tx& tx) { tx.run("INSERT INTO seen (id) VALUES (1)"); });
    EXPECT_EQ(seen(), 1);
    db.reopen();
    EXPECT_EQ(seen(), 0);
}

TEST_P(Conformance, VolatileTablesRollBackWithTheirCommand) {
    Database db{opens(wanted())};
    const auto told = db.together({[](Tx& tx) { tx.run("INSERT INTO seen (id) VALUES (1)"); },
                                   [](Tx& tx) {
                                       tx.run("INSERT INTO seen (id) VALUES (2)");
                                       throw std::runtime_error{"no"};
                                   },
                                   [](Tx& tx) { tx.run("INSERT INTO seen (id) VALUES (3)"); }},
                                  threads());
    EXPECT_EQ(kind(told[1]), "no");
    const auto seen = db.write([](Tx& tx) {
        Ids found;
        tx.each("SELECT id FROM seen ORDER BY id",
                [&](const Row& row) { found.push_back(row.integer(0)); });
        return found;
    });
    EXPECT_EQ(seen, (Ids{1, 3}));
}

TEST_P(Conformance, AFullQueueIsUnavailable) {
    auto small = wanted();
    small.queue_max = 5;
    Database db{opens(small)};
    std::vector<Database::Command> commands;
    for (int id = 0; id < 10; ++id) commands.emplace_back([id](Tx& tx) { insert_item(tx, id); });
    const auto told = db.together(commands, threads());
    // What runs counts, too: the command that keeps the writer busy is one of the five.
    const std::size_t taken = threads() ? 4 : 5;
    for (std::size_t i = 0; i < told.size(); ++i) {
        EXPECT_EQ(kind(told[i]), i < taken ? "" : "Unavailable") << i;
    }
    EXPECT_EQ(db.count(), static_cast<std::int64_t>(taken));
}

TEST_P(Conformance, StopFinishesWhatWaits) {
    Database db{opens(wanted())};
    std::vector<std::string> told;
    const auto note = [&told](const std::exception_ptr& error) { told.push_back(kind(error)); };
    for (int id = 0; id < 20; ++id) {
        asio::co_spawn(db.io(), db.store().write([id](Tx& tx) { insert_item(tx, id); }), note);
    }
    asio::post(db.io(), [&] {
        db.store().stop();
        asio::co_spawn(db.io(), db.store().write([](Tx& tx) { insert_item(tx, 99); }), note);
        asio::co_spawn(db.io(), db.store().read([](Reader&) {}), note);
    });
    db.run();
    ASSERT_EQ(told.size(), 22U);
    EXPECT_EQ(std::count(told.begin(), told.end(), ""), 20);
    EXPECT_EQ(told[20], "Unavailable");
    EXPECT_EQ(told[21], "Unavailable");
    db.reopen();
    EXPECT_EQ(db.count(), 20);
}

// --- migrations ---------------------------------------------------------------------------------

TEST_P(Conformance, AMigrationRunsOnce) {
    static constexpr std::array grown{
        Migration{1, "a", "CREATE TABLE items (id INTEGER PRIMARY KEY);"},
        Migration{2, "b", "INSERT INTO items (id) VALUES (1); INSERT INTO items (id) VALUES (2);"}};
    auto old = wanted();
    old.migrations = std::span{grown}.first(1);
    Database{opens(old)}.close();
    auto current = wanted();
    current.migrations = grown;
    Database db{opens(current)};
    EXPECT_EQ(db.count(), 2);
    db.reopen();
    EXPECT_EQ(db.count(), 2);
    db.close();
    // And the program before it does not touch what it does not know.
    EXPECT_THROW(Database{opens(old)}, Broken);
}

TEST_P(Conformance, AChangedMigrationIsRefused) {
    static constexpr std::array before{
        Migration{1, "a", "CREATE TABLE a (id INTEGER PRIMARY KEY);"}};
    static constexpr std::array after{
        Migration{1, "a", "CREATE TABLE b (id INTEGER PRIMARY KEY);"}};
    auto first = wanted();
    first.migrations = before;
    Database{opens(first)}.close();
    auto second = wanted();
    second.migrations = after;
    EXPECT_THROW(Database{opens(second)}, Broken);
    Database{opens(first)}.close();
}

TEST_P(Conformance, AMigrationThatFailsLeavesNothing) {
    static constexpr std::array wrong{
        Migration{1, "items", "CREATE TABLE items (id INTEGER PRIMARY KEY);"},
        Migration{2, "typo", "INSERT INTO items (id) VALUES (1); INSERT INTO itmes VALUES (2);"}};
    auto bad = wanted();
    bad.migrations = wrong;
    try {
        Database db{opens(bad)};
        FAIL();
    } catch (const Broken& why) {
        EXPECT_NE(std::string{why.what()}.find("migration 2 (typo)"), std::string::npos)
            << why.what();
    }
    auto good = wanted();
    good.migrations = std::span{wrong}.first(1);
    Database db{opens(good)};
    EXPECT_EQ(db.count(), 0);
}

}  // namespace lango::store::test
