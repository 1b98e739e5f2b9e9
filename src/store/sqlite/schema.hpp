// Brings a file's schema up to the binary's.
#pragma once
#include "store/migrations.hpp"
#include "store/sqlite/connection.hpp"

namespace lango::store::sqlite {

// Throws Broken for a newer schema or a migration whose text has changed.
void migrate(Connection& connection, std::span<const Migration> migrations);
[[nodiscard]] int schema_version(Connection& connection);

}  // namespace lango::store::sqlite
