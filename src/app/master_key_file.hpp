// The installation's master key, DIR/master.key: 64 hex digits, mode 0600.
#pragma once
#include <filesystem>

#include "base/crypto.hpp"

namespace lango::app {

// Made on first use. Never made beside a database that exists: that database's sealed keys could
// not be opened with a new one. Nor is a key taken beside a database that is missing or empty,
// which it once was the key of, unless a person says that it is meant to be empty (is_new). Throws
// std::runtime_error with a text for people.
[[nodiscard]] crypto::MasterKey load_or_make_master_key(const std::filesystem::path& directory,
                                                        Random& random, bool is_new = false);

}  // namespace lango::app
