// A backup: DIR/lango.db, checked, DIR/manifest.json, and DIR/master.key where it is asked for
// (docs/operating/backup.md).
#pragma once
#include <filesystem>
#include <string>

#include "base/crypto.hpp"
#include "ops/config.hpp"

namespace lango::app {

struct Backup {
    std::filesystem::path directory;
    std::uintmax_t bytes = 0;
    int schema = 0;
    std::string made_at;
    std::string data_to{};  // the last instant of which all is in it, as far as it is known
    std::string key;        // names the master key that it needs
    bool with_key = false;
    bool laws_proved = false;  // else it is of another schema than this program's
};

// What names a key without showing it: 8 hex digits.
[[nodiscard]] std::string fingerprint(const crypto::MasterKey& key);

// Beside a running gateway or without one. Throws std::runtime_error with a text for people, and
// leaves nothing in the directory then.
[[nodiscard]] Backup make_backup(const ops::Config& config, const std::filesystem::path& directory,
                                 bool with_key, Instant now);

}  // namespace lango::app
