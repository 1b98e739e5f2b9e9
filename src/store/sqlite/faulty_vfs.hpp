// Test only: a VFS of SQLite that fails on purpose. A shim over the default one.
//
// It also knows what a disk would have: a write is on it after the next good sync. A sync that
// fails forgets the writes before it, as Linux does: the cache has them, the disk has not, and a
// later sync does not bring them there.
#pragma once
#include <sqlite3.h>

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace lango::store::test {

enum class Call { read, write, sync, truncate, open, shared_memory };
enum class File { database, wal, other };

struct Plan {
    Call call = Call::write;
    std::optional<File> file = {};  // none: any
    int nth = 1;                    // from arm() on
    int error = 0;                  // errno: ENOSPC, EIO, EMFILE
    bool half = false;              // a write that leaves half of its bytes
    bool for_ever = false;          // the nth and all after it
};

class FaultyVfs {
  public:
    FaultyVfs();  // one at a time
    ~FaultyVfs();
    FaultyVfs(const FaultyVfs&) = delete;
    FaultyVfs& operator=(const FaultyVfs&) = delete;
    static constexpr const char* name = "faulty";

    void arm(Plan plan);
    void disarm();
    [[nodiscard]] bool fired() const;  // since arm()
    [[nodiscard]] int count(Call call, File file) const;

    // Writes to `folder` the files as they would be there if the power went now.
    void copy_disk(const std::string& folder) const;

    // The shim's side: SQLite's code if this call is to fail.
    std::optional<int> meet(Call call, File file, bool* half = nullptr);
    void wrote(const std::string& path, sqlite3_int64 offset, int length);
    void truncated(const std::string& path, sqlite3_int64 size);
    void synced(const std::string& path, bool well);
    void removed(const std::string& path);
    [[nodiscard]] int last_error() const { return last_error_; }
    sqlite3_vfs& real() { return *real_; }

  private:
    struct Change {
        bool truncates;
        std::size_t offset;  // or the new size
        std::size_t length;
    };

    mutable std::mutex mutex_;
    sqlite3_vfs* real_;
    sqlite3_vfs shim_;
    std::optional<Plan> plan_;
    int met_ = 0;
    bool fired_ = false;
    int last_error_ = 0;
    std::map<std::pair<Call, File>, int> counts_;
    std::map<std::string, std::vector<Change>> unsynced_;
    std::map<std::string, std::string> disk_;
};

}  // namespace lango::store::test
