// A database as version 0.1's last schema (migration 21) would have left it: made from one of today
// by leaving out what came later, so that whatever a test has done stands in it as it did then.
#pragma once
#include <string>

#include "base/crypto.hpp"
#include "store/migrations.hpp"

namespace lango::upgrade {

inline constexpr std::size_t old_version = 21;

// The closed database at `path` is made an old one: the tables and columns of that schema with
// their rows, merchants' keys sealed as they were sealed then.
void make_old(const std::string& path, const crypto::MasterKey& master);
// Several statements on the closed database at `path`.
void run(const std::string& path, const std::string& statements);

}  // namespace lango::upgrade
