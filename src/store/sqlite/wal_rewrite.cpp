#include "store/sqlite/wal_rewrite.hpp"

#include <algorithm>
#include <vector>

#include "base/check.hpp"
#include "store/errors.hpp"

namespace lango::store::sqlite {

namespace {

void check(int code, const char* what) {
    if (code == SQLITE_OK) return;
    throw Broken{std::string{"rewriting the WAL: "} + what + ": " + sqlite3_errstr(code)};
}

// A file of SQLite's VFS, so that it works on whatever file system the database is on.
class File {
  public:
    File(sqlite3_vfs& vfs, const std::string& name)
        : name_(name + std::string(4, '\0')),  // ends with an empty list of URI parameters
          memory_(static_cast<std::size_t>(vfs.szOsFile)) {
        // CREATE: the first sync then covers the directory, too.
        check(vfs.xOpen(&vfs, name_.c_str(), get(),
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_WAL, nullptr),
              "open");
    }
    ~File() { get()->pMethods->xClose(get()); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    sqlite3_file* get() { return reinterpret_cast<sqlite3_file*>(memory_.data()); }

  private:
    std::string name_;
    std::vector<char> memory_;  // from operator new: aligned for anything
};

void rewrite(File& file) {
    const auto& methods = *file.get()->pMethods;
    sqlite3_int64 size = 0;
    check(methods.xFileSize(file.get(), &size), "size");
    LANGO_CHECK(size >= 0, "a log has a size");
    std::vector<char> buffer(64 * 1024);
    const auto piece = static_cast<sqlite3_int64>(buffer.size());
    for (sqlite3_int64 at = 0; at < size; at += piece) {
        const auto length = static_cast<int>(std::min(piece, size - at));
        check(methods.xRead(file.get(), buffer.data(), length, at), "read");
        check(methods.xWrite(file.get(), buffer.data(), length, at), "write");
    }
    check(methods.xSync(file.get(), SQLITE_SYNC_NORMAL), "sync");
}

}  // namespace

void rewrite_wal(Connection& writer, const Place& place) {
    if (place.in_memory) return;
    auto* vfs = sqlite3_vfs_find(place.vfs.empty() ? nullptr : place.vfs.c_str());
    LANGO_CHECK(vfs != nullptr, "a file system that a connection has found is there");
    writer.run("BEGIN IMMEDIATE");
    File file{*vfs, place.path + "-wal"};
    rewrite(file);
    writer.run("COMMIT");
}

}  // namespace lango::store::sqlite
