#include "store/structure.hpp"

#include <algorithm>
#include <fstream>

#include "store/conformance.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace lango::store::test {

namespace {

constexpr std::size_t page_size = 4096;

Database::Open opens(const std::string& path) {
    return [=](const asio::any_io_executor& executor) {
        return open_sqlite({.path = path,
                            .threading = Threading::inline_,
                            .migrations = items_schema(),
                            .volatile_schema = seen_schema()},
                           executor);
    };
}

// A closed database of some dozens of pages.
std::string filled(const Folder& folder) {
    auto path = folder / "db";
    Database db{opens(path)};
    db.write([](Tx& tx) {
        for (std::int64_t id = 1; id <= 8000; ++id) insert_item(tx, id);
    });
    db.store().stop();
    return path;
}

// Every part, then every table by itself, as a big database's are.
bool is_seen(const std::string& path) {
    try {
        Database db{opens(path)};
        return db.read([](Reader& reader) {
            std::size_t faults = 0;
            for (const auto& part : structure_parts(reader))
                faults += damage_of(reader, part).size();
            for (const auto* table : {"sqlite_schema", "items"}) {
                faults += damage_of(reader, table).size();
            }
            return faults > 0;
        });
    } catch (const Broken&) {
        return true;
    }
}

void overwrite(const std::string& path, std::size_t at, std::size_t length) {
    std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
    file.seekp(static_cast<std::streamoff>(at));
    file << std::string(length, '\0');
}

}  // namespace

TEST(Structure, OfAWholeDatabaseIsWell) {
    const Folder folder;
    EXPECT_FALSE(is_seen(filled(folder)));
}

TEST(Structure, IsBrokenByEveryPageThatIsLost) {
    const Folder folder;
    const auto path = filled(folder);
    const auto pages = std::filesystem::file_size(path) / page_size;
    ASSERT_GE(pages, 27U);
    for (std::size_t page = 0; page < pages; ++page) {
        const auto copy = folder / ("page-" + std::to_string(page));
        std::filesystem::copy_file(path, copy);
        overwrite(copy, page * page_size, page_size);
        EXPECT_TRUE(is_seen(copy)) << "page " << page + 1 << " of " << pages;
    }
}

TEST(Structure, OfABigDatabaseIsLookedAtTableByTable) {
    const Folder folder;
    const auto path = filled(folder);
    // A hole behind what is there: a page count is all that "big" is.
    Database db{opens(path)};
    EXPECT_EQ(db.read([](Reader& reader) { return structure_parts(reader); }),
              std::vector<std::string>{""});
    db.write([](Tx& tx) {
        tx.run(
            "WITH RECURSIVE n (i) AS (SELECT 100000 UNION ALL SELECT i + 1 FROM n WHERE i < "
            "116500) "
            "INSERT INTO items (id, name, amount, data) SELECT i, 'n' || i, 1, zeroblob(4000) "
            "FROM n");
    });
    const auto parts = db.read([](Reader& reader) { return structure_parts(reader); });
    ASSERT_GE(parts.size(), 2U);
    EXPECT_EQ(parts.front(), "sqlite_schema");
    EXPECT_NE(std::ranges::find(parts, "items"), parts.end());
    EXPECT_TRUE(db.read([](Reader& reader) { return damage_of(reader, "items"); }).empty());
}

}  // namespace lango::store::test
