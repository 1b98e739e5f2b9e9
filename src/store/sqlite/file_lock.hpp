// One process writes a database file: advisory locks on PATH.lock, which says who, and on the file
// itself, so that taking PATH.lock away lets nobody in. Freed when the process ends, however it
// ends.
//
// SQLite's own locks are of another kind (fcntl) and end when any descriptor of the file is closed:
// this is made before SQLite opens the file, and goes after it has closed it.
#pragma once
#include <optional>
#include <string>

namespace lango::store::sqlite {

class FileLock {
  public:
    // Throws Broken when another process holds it.
    explicit FileLock(const std::string& path);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    // Why what is written to the file would be lost: it was deleted, or another stands in its
    // place.
    [[nodiscard]] std::optional<std::string> lost() const;

  private:
    std::string path_;
    int descriptor_ = -1;  // PATH.lock
    int database_ = -1;
};

}  // namespace lango::store::sqlite
