// After a failed fsync the kernel may hold bytes in its cache that it calls clean and the disk does
// not have. Recovery reads them, finds a whole commit, and every later commit stands behind a frame
// that a power cut loses; a later fsync does not help. So whenever the WAL of an earlier connection
// is taken over, of a process that was restarted too, its bytes are written again where they are,
// and synced.
#pragma once
#include "store/sqlite/connection.hpp"

namespace lango::store::sqlite {

// Holds the write lock meanwhile, so that nobody else starts the WAL over. Throws Broken when the
// disk still refuses.
void rewrite_wal(Connection& writer, const Place& place);

}  // namespace lango::store::sqlite
