#include "app/backup.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <stdexcept>

#include "app/gateway.hpp"
#include "base/json_writer.hpp"
#include "ledger/verify.hpp"
#include "process/files.hpp"
#include "store/sqlite/copy.hpp"

namespace lango::app {

namespace {

struct Looked {
    std::string broken;  // laws that do not hold
    Instant data_to{};
};

// The copy is opened like a database and left as one file again.
Looked look_into(const std::string& path) {
    asio::io_context io;
    const auto store = store::open_sqlite({.path = path, .threading = store::Threading::inline_},
                                          io.get_executor());
    Looked looked;
    std::exception_ptr failed;
    asio::co_spawn(io, store->read([](store::Reader& reader) {
        Looked found;
        for (const auto& proof : ledger::prove_all(reader)) {
            if (!proof.findings.empty()) found.broken += " " + proof.law;
        }
        reader.each("SELECT leased_at FROM told",
                    [&](const store::Row& row) { found.data_to = row.instant(0); });
        return found;
    }),
                   [&](const std::exception_ptr& error, Looked found) {
                       failed = error;
                       looked = std::move(found);
                   });
    io.run();
    store->stop();
    if (failed) std::rethrow_exception(failed);
    return looked;
}

void write_manifest(const Backup& made) {
    std::string text;
    json::Writer{text}
        .begin_object()
        .member("made_at", made.made_at)
        .member("data_to", made.data_to)
        .member("schema", made.schema)
        .member("bytes", static_cast<std::int64_t>(made.bytes))
        .member("master_key", made.with_key ? "included" : "not included")
        .member("needs_key", made.key)
        .member("laws", made.laws_proved ? "hold" : "not proved: of another version's schema")
        .end_object();
    process::write_file(made.directory / "manifest.json", text + "\n");
}

void clear(const std::filesystem::path& directory) {
    std::error_code ignored;
    for (const auto* file : {"lango.db", "lango.db-wal", "lango.db-shm", "lango.db-journal",
                             "lango.db.lock", "manifest.json", "master.key"}) {
        std::filesystem::remove(directory / file, ignored);
    }
}

void fill(Backup& made, const ops::Config& config, const std::string& key_text) {
    const auto copy = (made.directory / "lango.db").string();
    store::copy_sqlite(database_path(config), copy);
    std::filesystem::permissions(copy, std::filesystem::perms{0600});
    made.schema = store::sqlite_schema_version(copy);
    if (made.schema == static_cast<int>(store::migrations().size())) {
        const auto looked = look_into(copy);
        if (!looked.broken.empty()) {
            throw std::runtime_error{"laws are broken in it:" + looked.broken +
                                     " (lango verify says what)"};
        }
        made.laws_proved = true;
        made.data_to = format_rfc3339(looked.data_to);
    }
    std::error_code ignored;
    for (const auto* left : {"lango.db.lock", "lango.db-wal", "lango.db-shm"}) {
        std::filesystem::remove(made.directory / left, ignored);
    }
    made.bytes = std::filesystem::file_size(copy);
    if (made.with_key) process::write_file(made.directory / "master.key", key_text);
    write_manifest(made);
}

}  // namespace

std::string fingerprint(const crypto::MasterKey& key) {
    return key.token("fingerprint", "master key").substr(0, 8);
}

Backup make_backup(const ops::Config& config, const std::filesystem::path& directory, bool with_key,
                   Instant now) {
    const auto key_path = std::filesystem::path{config.data.directory} / "master.key";
    const auto key_text = process::read_file(key_path);
    const auto key = key_text ? crypto::MasterKey::from_hex(*key_text) : std::nullopt;
    if (!key) throw std::runtime_error{key_path.string() + " is missing or no key"};
    if (std::filesystem::exists(directory) && !std::filesystem::is_empty(directory)) {
        throw std::runtime_error{directory.string() + " is not empty: name a new directory"};
    }
    process::make_private_directory(directory);
    Backup made{.directory = directory,
                .made_at = format_rfc3339(now),
                .key = fingerprint(*key),
                .with_key = with_key};
    try {
        fill(made, config, *key_text);
    } catch (...) {
        clear(directory);
        throw;
    }
    return made;
}

}  // namespace lango::app
