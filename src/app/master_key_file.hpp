// The installation's master key, DIR/master.key: 64 hex digits, mode 0600.
#pragma once
#include <filesystem>

#include "base/crypto.hpp"

namespace lango::app {

// Made on first use. Never made beside a database that exists: that database's sealed keys could
// not be opened with a new one. Throws std::runtime_error with a text for people.
[[nodiscard]] crypto::MasterKey load_or_make_master_key(const std::filesystem::path& directory,
                                                        Random& random);

}  // namespace lango::app
