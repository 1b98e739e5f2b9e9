// A copy of a database, made beside the process that writes it.
#pragma once
#include <string>

namespace lango::store {

// One snapshot of `from` as a file of its own, with no log beside it; its pages and indexes are
// checked (PRAGMA integrity_check). Throws Broken with a text for people; what is at `to` then is
// no copy.
void copy_sqlite(const std::string& from, const std::string& to);

}  // namespace lango::store
