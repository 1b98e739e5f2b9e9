// After a failed fsync the kernel may hold bytes in its cache that it calls clean and the disk does
// not have. Recovery would read them, find a whole commit, and every later commit would stand
// behind a frame that a power cut loses. So before recovery reads the WAL, its bytes are written
// again where they are, and synced.
#pragma once
#include "store/sqlite/connection.hpp"

namespace lango::store::sqlite {

// No connection of this process may be open. Throws Broken when the disk still refuses.
void rewrite_wal(const Place& place);

}  // namespace lango::store::sqlite
