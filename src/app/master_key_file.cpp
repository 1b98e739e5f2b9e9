#include "app/master_key_file.hpp"

#include <stdexcept>

#include "app/files.hpp"

namespace lango::app {

crypto::MasterKey load_or_make_master_key(const std::filesystem::path& directory, Random& random) {
    const auto path = directory / "master.key";
    if (const auto text = read_file(path)) {
        const auto end = text->find_last_not_of(" \r\n\t");
        const auto key = crypto::MasterKey::from_hex(
            std::string_view{*text}.substr(0, end == std::string::npos ? 0 : end + 1));
        if (!key) throw std::runtime_error{path.string() + " must hold 64 hex digits"};
        return *key;
    }
    if (std::filesystem::exists(directory / "lango.db")) {
        throw std::runtime_error{path.string() +
                                 " is missing, and the database beside it cannot be read without "
                                 "it: put it back from your backup"};
    }
    auto key = crypto::MasterKey::make(random);
    write_file(path, key.hex() + "\n");
    return key;
}

}  // namespace lango::app
