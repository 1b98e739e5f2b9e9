// Brings a file's schema up to the binary's.
#pragma once
#include <functional>
#include <string>

#include "store/migrations.hpp"
#include "store/sqlite/connection.hpp"

namespace lango::store::sqlite {

// Told before a migration that takes long in a large database: how long, and how much space.
using Tell = std::function<void(const std::string&)>;
// Throws Broken for a newer schema, for a migration whose text has changed, and for rows that are
// not as a migration says they have to be; none of that changes anything.
void migrate(Connection& connection, std::span<const Migration> migrations, const Tell& tell = {});
[[nodiscard]] int schema_version(Connection& connection);

}  // namespace lango::store::sqlite
