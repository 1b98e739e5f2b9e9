// One process writes a database file: an advisory lock on PATH.lock, freed when the process ends,
// however it ends.
#pragma once
#include <string>

namespace lango::store::sqlite {

class FileLock {
  public:
    // Throws Broken when another process holds it.
    explicit FileLock(const std::string& path);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

  private:
    int descriptor_ = -1;
};

}  // namespace lango::store::sqlite
