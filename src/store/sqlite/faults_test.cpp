// Every way in which the disk may fail the store, at every place where it writes.
#include <cerrno>
#include <set>

#include "store/conformance.hpp"
#include "store/sqlite/faulty_vfs.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace lango::store::test {

namespace {

Database::Open opens(const std::string& path, Threading threading = Threading::inline_,
                     const std::string& vfs = FaultyVfs::name) {
    return [=](const asio::any_io_executor& executor) {
        return open_sqlite({.path = path,
                            .threading = threading,
                            .migrations = items_schema(),
                            .volatile_schema = seen_schema(),
                            .vfs = vfs},
                           executor);
    };
}

std::string integrity(Database& db) {
    return db.read([](Reader& reader) {
        return *reader.first("PRAGMA integrity_check",
                             [](const Row& row) { return row.string(0); });
    });
}

// What callers were told about each item.
struct Told {
    std::set<std::int64_t> stored;
    std::set<std::int64_t> refused;                  // Unavailable: nothing was stored
    std::vector<std::vector<std::int64_t>> unknown;  // groups that got Broken
};

constexpr int group_size = 3;

Told write_groups(Database& db, std::int64_t first, int groups) {
    Told told;
    for (int group = 0; group < groups; ++group) {
        std::vector<std::int64_t> ids;
        std::vector<Database::Command> commands;
        for (int i = 0; i < group_size; ++i) {
            ids.push_back(first + std::int64_t{group} * group_size + i);
            commands.emplace_back([id = ids.back()](Tx& tx) {
                tx.run("INSERT INTO items (id, data) VALUES (?1, zeroblob(5000))", id);
            });
        }
        const auto errors = db.together(commands, false);
        for (std::size_t i = 0; i < errors.size(); ++i) {
            EXPECT_EQ(kind(errors[i]), kind(errors[0]));
        }
        const auto outcome = kind(errors[0]);
        if (outcome.empty())
            told.stored.insert(ids.begin(), ids.end());
        else if (outcome == "Unavailable")
            told.refused.insert(ids.begin(), ids.end());
        else if (outcome == "Broken")
            told.unknown.push_back(ids);
        else
            ADD_FAILURE() << outcome;
    }
    return told;
}

void expect_as_told(Database& db, const Told& told) {
    const auto list = db.ids();
    const std::set<std::int64_t> found{list.begin(), list.end()};
    for (const auto id : told.stored) EXPECT_TRUE(found.contains(id)) << "lost " << id;
    for (const auto id : told.refused)
        EXPECT_FALSE(found.contains(id)) << "refused, yet there " << id;
    for (const auto& group : told.unknown) {
        for (const auto id : group) EXPECT_EQ(found.contains(id), found.contains(group[0]));
    }
    EXPECT_EQ(integrity(db), "ok");
}

// The store's whole life with one fault in it: false when the fault's turn did not come.
bool live_through(const Plan& plan, int max_groups = 6) {
    const Folder folder;
    FaultyVfs vfs;
    vfs.arm(plan);
    std::optional<Database> db;
    try {
        db.emplace(opens(folder / "db"));
    } catch (const Broken&) {
        EXPECT_TRUE(vfs.fired());
        vfs.disarm();
        db.emplace(opens(folder / "db"));
    }
    auto told = write_groups(*db, 100, max_groups);
    const bool while_running = vfs.fired();
    if (while_running) {
        vfs.disarm();
        // Recovers by itself.
        const auto after = write_groups(*db, 1, 1);
        EXPECT_EQ(after.stored.size(), static_cast<std::size_t>(group_size));
        told.stored.insert(after.stored.begin(), after.stored.end());
        EXPECT_EQ(db->store().trouble(), std::nullopt);
        expect_as_told(*db, told);
    }
    vfs.copy_disk(folder / "power_cut");
    {
        Database cut{opens(folder / "power_cut/db", Threading::inline_, "")};
        expect_as_told(cut, told);
    }
    db->close();  // checkpoints: the fault's turn may come here
    const bool fired = vfs.fired();
    vfs.disarm();
    db->reopen();
    expect_as_told(*db, told);
    return fired;
}

int live_through_each(Plan plan) {
    int lives = 0;
    for (plan.nth = 1; live_through(plan) && !testing::Test::HasFailure(); ++plan.nth) ++lives;
    if (testing::Test::HasFailure()) ADD_FAILURE() << "at call " << plan.nth;
    return lives;
}

}  // namespace

TEST(Faults, DiskFullAtEveryWrite) {
    EXPECT_GT(live_through_each({.call = Call::write, .error = ENOSPC}), 20);
}
TEST(Faults, DiskFullInTheMiddleOfEveryWrite) {
    EXPECT_GT(live_through_each({.call = Call::write, .error = ENOSPC, .half = true}), 20);
}
TEST(Faults, ErrorAtEveryWrite) {
    EXPECT_GT(live_through_each({.call = Call::write, .error = EIO}), 20);
}
TEST(Faults, ErrorInTheMiddleOfEveryWrite) {
    EXPECT_GT(live_through_each({.call = Call::write, .error = EIO, .half = true}), 20);
}
TEST(Faults, FailureOfEverySync) {
    EXPECT_GT(live_through_each({.call = Call::sync, .error = EIO}), 5);
}
TEST(Faults, DiskFullAtEverySync) {
    EXPECT_GT(live_through_each({.call = Call::sync, .error = ENOSPC}), 5);
}
TEST(Faults, FailureOfEveryTruncate) {
    EXPECT_GT(live_through_each({.call = Call::truncate, .error = EIO}), 0);
}
TEST(Faults, FailureOfEveryOpen) {
    EXPECT_GT(live_through_each({.call = Call::open, .error = EMFILE}), 2);
}
TEST(Faults, DiskFullForTheWalIndex) {
    EXPECT_GT(live_through_each({.call = Call::shared_memory, .error = ENOSPC}), 0);
}

TEST(Faults, AFullDiskRefusesWritesAndServesReadsUntilThereIsSpace) {
    const Folder folder;
    FaultyVfs vfs;
    Database db{opens(folder / "db", Threading::own_thread)};
    db.insert(1);
    vfs.arm({.call = Call::write, .error = ENOSPC, .for_ever = true});
    EXPECT_THROW(db.insert(2), Unavailable);
    EXPECT_THROW(db.insert(2), Unavailable);
    EXPECT_EQ(db.store().trouble(), "disk full");
    EXPECT_EQ(db.count(), 1);
    vfs.disarm();
    db.insert(2);
    EXPECT_EQ(db.store().trouble(), std::nullopt);
    EXPECT_EQ(db.count(), 2);
}

TEST(Faults, AFailedSyncIsNotTriedAgainAsIfNothingHappened) {
    const Folder folder;
    FaultyVfs vfs;
    Database db{opens(folder / "db", Threading::own_thread)};
    db.insert(1);
    EXPECT_EQ(db.count(), 1);  // a reader is open
    vfs.arm({.call = Call::sync, .file = File::wal, .error = EIO});
    EXPECT_THROW(db.insert(2), Broken);
    EXPECT_NE(db.store().trouble(), std::nullopt);
    const auto opened = vfs.count(Call::open, File::wal);
    db.insert(3);
    EXPECT_GT(vfs.count(Call::open, File::wal), opened);
    EXPECT_EQ(db.store().trouble(), std::nullopt);
    // Whatever recovery made of item 2: what was told afterwards outlives a power cut.
    vfs.copy_disk(folder / "power_cut");
    Database cut{opens(folder / "power_cut/db", Threading::inline_, "")};
    EXPECT_EQ(cut.ids(), db.ids());
    EXPECT_EQ(cut.ids().back(), 3);
}

TEST(Faults, ADiskThatStaysBrokenStoresNothingAndSaysSo) {
    const Folder folder;
    FaultyVfs vfs;
    Database db{opens(folder / "db", Threading::own_thread)};
    db.insert(1);
    vfs.arm({.call = Call::sync, .error = EIO, .for_ever = true});
    EXPECT_THROW(db.insert(2), Broken);
    // Not even begun: it could not be reopened.
    EXPECT_THROW(db.insert(3), Unavailable);
    EXPECT_THROW(db.insert(3), Unavailable);
    EXPECT_NE(db.store().trouble(), std::nullopt);
    vfs.disarm();
    db.insert(3);
    EXPECT_EQ(db.ids().back(), 3);
}

TEST(Faults, ACommandThatSwallowsThemTakesNobodyIn) {
    const Folder folder;
    FaultyVfs vfs;
    Database db{[&](const asio::any_io_executor& executor) {
        return open_sqlite({.path = folder / "db",
                            .threading = Threading::inline_,
                            .cache_bytes = 32 * 1024,  // too little for what follows: it spills
                            .migrations = items_schema(),
                            .volatile_schema = "",
                            .vfs = FaultyVfs::name},
                           executor);
    }};
    for (const int error : {ENOSPC, EIO}) {
        bool swallowed = false;
        const auto told = db.together(
            {[](Tx& tx) { insert_item(tx, 1); },
             [&](Tx& tx) {
                 vfs.arm({.call = Call::write, .file = File::wal, .error = error});
                 try {
                     tx.run("INSERT INTO items (id, data) VALUES (2, zeroblob(500000))");
                 } catch (const std::exception&) {
                     swallowed = true;
                 }
             },
             [](Tx& tx) { insert_item(tx, 3); }},
            false);
        EXPECT_TRUE(swallowed);
        for (const auto& outcome : told) {
            EXPECT_EQ(kind(outcome), error == ENOSPC ? "Unavailable" : "Broken");
        }
        vfs.disarm();
        EXPECT_EQ(db.count(), 0);
    }
    db.insert(4);
}

namespace {

// Enough for a checkpoint: more than 1000 pages.
void write_much(Database& db, std::int64_t id) {
    db.write([id](Tx& tx) {
        tx.run("INSERT INTO items (id, data) VALUES (?1, zeroblob(5000000))", id);
    });
}

}  // namespace

TEST(Faults, ACheckpointThatFailsLosesNothing) {
    for (const auto call : {Call::write, Call::sync}) {
        for (const int error : {ENOSPC, EIO}) {
            const Folder folder;
            FaultyVfs vfs;
            Database db{opens(folder / "db")};
            vfs.arm({.call = call, .file = File::database, .error = error, .for_ever = true});
            write_much(db, 1);
            EXPECT_TRUE(vfs.fired());
            EXPECT_NE(db.store().trouble(), std::nullopt);
            write_much(db, 2);
            db.insert(3);
            vfs.copy_disk(folder / "power_cut");
            Database cut{opens(folder / "power_cut/db", Threading::inline_, "")};
            EXPECT_EQ(cut.count(), 3);
            EXPECT_EQ(integrity(cut), "ok");
            vfs.disarm();
            db.insert(4);
            EXPECT_EQ(db.store().trouble(), std::nullopt);
            db.reopen();
            EXPECT_EQ(db.count(), 4);
            EXPECT_EQ(integrity(db), "ok");
        }
    }
}

TEST(Faults, AReaderThatCannotOpenOrReadTriesAgain) {
    const Folder folder;
    FaultyVfs vfs;
    Database db{opens(folder / "db", Threading::own_thread)};
    db.insert(1);
    vfs.arm({.call = Call::open, .error = EMFILE, .for_ever = true});
    EXPECT_THROW(static_cast<void>(db.count()), Broken);
    vfs.disarm();
    EXPECT_EQ(db.count(), 1);
    EXPECT_EQ(db.store().trouble(), std::nullopt);
}

}  // namespace lango::store::test
