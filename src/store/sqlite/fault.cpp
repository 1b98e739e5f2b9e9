#include "store/sqlite/fault.hpp"

#include <sqlite3.h>

#include <cerrno>

namespace lango::store::sqlite {

Fault fault_of(int extended_code, int system_errno) {
    switch (extended_code & 0xff) {
        case SQLITE_CONSTRAINT:
            return Fault::conflict;
        case SQLITE_FULL:
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_NOMEM:
            return Fault::unavailable;
        case SQLITE_IOERR:
            if (extended_code == SQLITE_IOERR_NOMEM) return Fault::unavailable;
            // A sync that fails for want of space has failed all the same: the kernel may have
            // dropped what it could not place.
            if (extended_code == SQLITE_IOERR_FSYNC || extended_code == SQLITE_IOERR_DIR_FSYNC) {
                return Fault::lost;
            }
            // Growing the wal-index (-shm) says IOERR where writing the file says FULL.
            if (system_errno == ENOSPC || system_errno == EDQUOT) return Fault::unavailable;
            return Fault::lost;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_CANTOPEN:
        case SQLITE_PROTOCOL:
            return Fault::lost;
        // The plain code is a reader's query that writes; the others are a file that moved away or
        // cannot be recovered.
        case SQLITE_READONLY:
            return extended_code == SQLITE_READONLY ? Fault::statement : Fault::lost;
        default:
            return Fault::statement;
    }
}

std::exception_ptr Trouble::error() const {
    if (lost) return std::make_exception_ptr(ConnectionLost{text});
    return std::make_exception_ptr(Unavailable{text});
}

void Trouble::raise() const {
    if (lost) throw ConnectionLost{text};
    throw Unavailable{text};
}

}  // namespace lango::store::sqlite
