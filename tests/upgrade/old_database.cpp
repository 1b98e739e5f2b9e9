#include "tests/upgrade/old_database.hpp"

#include <sodium.h>
#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <vector>

#include "base/random.hpp"
#include "merchants/seal.hpp"

#include <boost/asio/io_context.hpp>

#include "store/sqlite/sqlite_store.hpp"

namespace lango::upgrade {

namespace {

using Handle = std::unique_ptr<sqlite3, int (*)(sqlite3*)>;

Handle open(const std::string& path) {
    sqlite3* raw = nullptr;
    if (sqlite3_open(path.c_str(), &raw) != SQLITE_OK) throw std::runtime_error{path};
    return {raw, sqlite3_close};
}

void exec(sqlite3* db, const std::string& sql) {
    if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw std::runtime_error{sql + ": " + sqlite3_errmsg(db)};
    }
}

std::vector<std::string> texts(sqlite3* db, const std::string& sql) {
    std::vector<std::string> found;
    const int code = sqlite3_exec(
        db, sql.c_str(),
        [](void* all, int, char** values, char**) {
            static_cast<std::vector<std::string>*>(all)->emplace_back(values[0]);
            return 0;
        },
        &found, nullptr);
    if (code != SQLITE_OK) throw std::runtime_error{sql + ": " + sqlite3_errmsg(db)};
    return found;
}

// As keys were sealed before seals had a use: the same box under the key of no use.
std::string seal_unnamed(const crypto::MasterKey& master, const std::string& plain) {
    const auto bytes = *crypto::unhex(master.hex().substr(0, 64));
    const auto key = crypto::hmac_sha256(bytes, std::string{"lango seal\0", 11});
    std::string out(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size(), '\7');
    auto* at = reinterpret_cast<unsigned char*>(out.data());
    crypto_secretbox_easy(at + crypto_secretbox_NONCEBYTES,
                          reinterpret_cast<const unsigned char*>(plain.data()), plain.size(), at,
                          key.data());
    return out;
}

void seal_as_then(sqlite3* db, const crypto::MasterKey& master) {
    for (const auto& id : texts(db, "SELECT id FROM merchants")) {
        for (const std::string column : {"private_access_key", "private_key", "webhook_secret"}) {
            const auto sealed = *crypto::unhex(
                texts(db, "SELECT hex(" + column + ") FROM merchants WHERE id = " + id).front());
            const auto plain =
                master.open(merchants::seal_use(MerchantId{std::stoll(id)}, column), sealed);
            if (!plain) throw std::runtime_error{"a key does not open"};
            exec(db, "UPDATE merchants SET " + column + " = x'" +
                         crypto::hex(seal_unnamed(master, plain->reveal())) + "' WHERE id = " + id);
        }
    }
}

}  // namespace

void make_old(const std::string& path, const crypto::MasterKey& master) {
    const auto old = path + ".old";
    {
        boost::asio::io_context io;
        store::open_sqlite({.path = old,
                            .threading = store::Threading::inline_,
                            .migrations = store::migrations().first(old_version)},
                           io.get_executor())
            ->stop();
    }
    {
        const auto db = open(old);
        exec(db.get(), "ATTACH '" + path + "' AS now");
        for (const auto& table :
             texts(db.get(),
                   "SELECT name FROM main.sqlite_master WHERE type = 'table' AND "
                   "name <> 'schema_migrations' AND name NOT LIKE 'sqlite_%'")) {
            std::string columns;
            for (const auto& column :
                 texts(db.get(), "SELECT name FROM pragma_table_info('" + table + "', 'main')")) {
                columns += (columns.empty() ? "" : ", ") + column;
            }
            exec(db.get(), "INSERT INTO main." + table + " (" + columns + ") SELECT " + columns +
                               " FROM now." + table);
        }
        seal_as_then(db.get(), master);
        exec(db.get(), "DETACH now; PRAGMA wal_checkpoint(TRUNCATE)");
    }
    for (const auto* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
    std::filesystem::rename(old, path);
    for (const auto* end : {"-wal", "-shm", ".lock"}) std::filesystem::remove(old + end);
}

void run(const std::string& path, const std::string& statements) {
    const auto db = open(path);
    exec(db.get(), statements);
    exec(db.get(), "PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace lango::upgrade
