#include "app/master_key_file.hpp"

#include <stdexcept>

#include "process/files.hpp"

namespace lango::app {

namespace {

bool is_filled(const std::filesystem::path& file) {
    std::error_code missing;
    return std::filesystem::file_size(file, missing) > 0 && !missing;
}

// A database that was begun and not yet checkpointed stands in its log.
bool has_database(const std::filesystem::path& directory) {
    return is_filled(directory / "lango.db") || is_filled(directory / "lango.db-wal");
}

}  // namespace

crypto::MasterKey load_or_make_master_key(const std::filesystem::path& directory, Random& random,
                                          bool is_new) {
    const auto path = directory / "master.key";
    if (const auto text = process::read_file(path)) {
        const auto key = crypto::MasterKey::from_hex(*text);
        if (!key) throw std::runtime_error{path.string() + " must hold lines of 64 hex digits"};
        if (!is_new && !has_database(directory)) {
            throw std::runtime_error{
                path.string() +
                " is there, and the database beside it is missing or empty: put lango.db (and "
                "lango.db-wal) back; or, if it is meant to be empty, begin it with lango migrate "
                "--new"};
        }
        return *key;
    }
    if (std::filesystem::exists(directory / "lango.db")) {
        throw std::runtime_error{path.string() +
                                 " is missing, and the database beside it cannot be read without "
                                 "it: put it back from your backup"};
    }
    auto key = crypto::MasterKey::make(random);
    process::write_file(path, key.hex() + "\n");
    return key;
}

}  // namespace lango::app
