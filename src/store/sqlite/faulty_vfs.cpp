#include "store/sqlite/faulty_vfs.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <new>

namespace lango::store::test {

namespace {

struct ShimFile {
    sqlite3_file base;
    FaultyVfs* vfs;
    File file;
    std::string* path;
    sqlite3_file* real;
};
// The real file's memory follows ours.
constexpr std::size_t own_size = (sizeof(ShimFile) + 15) / 16 * 16;

ShimFile& shim(sqlite3_file* file) { return *reinterpret_cast<ShimFile*>(file); }
sqlite3_file* real(sqlite3_file* file) { return shim(file).real; }
FaultyVfs& faulty(sqlite3_vfs* vfs) { return *static_cast<FaultyVfs*>(vfs->pAppData); }

int close(sqlite3_file* file) {
    const int code = real(file)->pMethods->xClose(real(file));
    delete shim(file).path;
    return code;
}
int read(sqlite3_file* file, void* to, int length, sqlite3_int64 at) {
    auto& self = shim(file);
    if (const auto code = self.vfs->meet(Call::read, self.file)) return *code;
    return self.real->pMethods->xRead(self.real, to, length, at);
}
int write(sqlite3_file* file, const void* from, int length, sqlite3_int64 at) {
    auto& self = shim(file);
    bool half = false;
    const auto code = self.vfs->meet(Call::write, self.file, &half);
    if (code && !half) return *code;
    const int written = code ? length / 2 : length;
    const int done = self.real->pMethods->xWrite(self.real, from, written, at);
    if (done == SQLITE_OK) self.vfs->wrote(*self.path, at, written);
    return code ? *code : done;
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
    auto& self = shim(file);
    if (const auto code = self.vfs->meet(Call::truncate, self.file)) return *code;
    const int done = self.real->pMethods->xTruncate(self.real, size);
    if (done == SQLITE_OK) self.vfs->truncated(*self.path, size);
    return done;
}
int sync(sqlite3_file* file, int) {
    auto& self = shim(file);
    const auto code = self.vfs->meet(Call::sync, self.file);
    // The real sync would only cost time: disk_ is what counts here.
    self.vfs->synced(*self.path, !code);
    return code.value_or(SQLITE_OK);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return real(file)->pMethods->xFileSize(real(file), size);
}
int lock(sqlite3_file* file, int level) { return real(file)->pMethods->xLock(real(file), level); }
int unlock(sqlite3_file* file, int level) {
    return real(file)->pMethods->xUnlock(real(file), level);
}
int check_lock(sqlite3_file* file, int* held) {
    return real(file)->pMethods->xCheckReservedLock(real(file), held);
}
int control(sqlite3_file* file, int what, void* argument) {
    return real(file)->pMethods->xFileControl(real(file), what, argument);
}
int sector_size(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
int traits(sqlite3_file* file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); }
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** at) {
    auto& self = shim(file);
    if (extend != 0) {
        if (const auto code = self.vfs->meet(Call::shared_memory, self.file)) return *code;
    }
    return self.real->pMethods->xShmMap(self.real, page, size, extend, at);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
int shm_unmap(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

const sqlite3_io_methods methods = {2,           close,       read,    write,   truncate,
                                    sync,        file_size,   lock,    unlock,  check_lock,
                                    control,     sector_size, traits,  shm_map, shm_lock,
                                    shm_barrier, shm_unmap,   nullptr, nullptr};

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    auto& self = faulty(vfs);
    const auto which = (flags & SQLITE_OPEN_MAIN_DB) != 0 ? File::database
                       : (flags & SQLITE_OPEN_WAL) != 0   ? File::wal
                                                          : File::other;
    file->pMethods = nullptr;
    if (const auto code = self.meet(Call::open, which)) return *code;
    auto* inner = reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + own_size);
    const int code = self.real().xOpen(&self.real(), path, inner, flags, out_flags);
    if (code != SQLITE_OK) return code;
    new (file) ShimFile{.base = {.pMethods = &methods},
                        .vfs = &self,
                        .file = which,
                        .path = new std::string{path == nullptr ? "" : path},
                        .real = inner};
    return SQLITE_OK;
}
int remove(sqlite3_vfs* vfs, const char* path, int sync_folder) {
    faulty(vfs).removed(path);
    return faulty(vfs).real().xDelete(&faulty(vfs).real(), path, sync_folder);
}
int last_error(sqlite3_vfs* vfs, int, char*) {
    const int error = faulty(vfs).last_error();
    return error != 0 ? error : faulty(vfs).real().xGetLastError(&faulty(vfs).real(), 0, nullptr);
}

}  // namespace

FaultyVfs::FaultyVfs() : real_(sqlite3_vfs_find(nullptr)), shim_(*real_) {
    shim_.pNext = nullptr;
    shim_.zName = name;
    shim_.pAppData = this;
    shim_.szOsFile = static_cast<int>(own_size) + real_->szOsFile;
    shim_.xOpen = &test::open;
    shim_.xDelete = &test::remove;
    shim_.xGetLastError = &test::last_error;
    sqlite3_vfs_register(&shim_, 0);
}

FaultyVfs::~FaultyVfs() { sqlite3_vfs_unregister(&shim_); }

void FaultyVfs::arm(Plan plan) {
    const std::lock_guard guard{mutex_};
    plan_ = plan;
    met_ = 0;
    fired_ = false;
}

void FaultyVfs::disarm() {
    const std::lock_guard guard{mutex_};
    plan_.reset();
    last_error_ = 0;
}

bool FaultyVfs::fired() const {
    const std::lock_guard guard{mutex_};
    return fired_;
}

int FaultyVfs::count(Call call, File file) const {
    const std::lock_guard guard{mutex_};
    const auto found = counts_.find({call, file});
    return found == counts_.end() ? 0 : found->second;
}

std::optional<int> FaultyVfs::meet(Call call, File file, bool* half) {
    const std::lock_guard guard{mutex_};
    ++counts_[{call, file}];
    last_error_ = 0;
    if (!plan_ || plan_->call != call || (plan_->file && *plan_->file != file)) return std::nullopt;
    ++met_;
    if (met_ < plan_->nth || (met_ > plan_->nth && !plan_->for_ever)) return std::nullopt;
    fired_ = true;
    last_error_ = plan_->error;
    if (half != nullptr) *half = plan_->half;
    switch (call) {
        case Call::read:
            return SQLITE_IOERR_READ;
        case Call::write:
            return plan_->error == ENOSPC ? SQLITE_FULL : SQLITE_IOERR_WRITE;
        case Call::sync:
            return SQLITE_IOERR_FSYNC;
        case Call::truncate:
            return SQLITE_IOERR_TRUNCATE;
        case Call::open:
            return SQLITE_CANTOPEN;
        case Call::shared_memory:
            return SQLITE_IOERR_SHMSIZE;
    }
    return SQLITE_IOERR;
}

void FaultyVfs::wrote(const std::string& path, sqlite3_int64 offset, int length) {
    const std::lock_guard guard{mutex_};
    unsynced_[path].push_back({.truncates = false,
                               .offset = static_cast<std::size_t>(offset),
                               .length = static_cast<std::size_t>(length)});
}

void FaultyVfs::truncated(const std::string& path, sqlite3_int64 size) {
    const std::lock_guard guard{mutex_};
    unsynced_[path].push_back(
        {.truncates = true, .offset = static_cast<std::size_t>(size), .length = 0});
}

void FaultyVfs::synced(const std::string& path, bool well) {
    const std::lock_guard guard{mutex_};
    auto& changes = unsynced_[path];
    if (well) {
        auto& image = disk_[path];
        std::ifstream cache{path, std::ios::binary};
        for (const auto& change : changes) {
            if (change.truncates) {
                image.resize(change.offset);
                continue;
            }
            if (image.size() < change.offset + change.length) {
                image.resize(change.offset + change.length);
            }
            cache.clear();
            cache.seekg(static_cast<std::streamoff>(change.offset));
            cache.read(image.data() + change.offset, static_cast<std::streamsize>(change.length));
        }
    }
    changes.clear();
}

void FaultyVfs::removed(const std::string& path) {
    const std::lock_guard guard{mutex_};
    unsynced_.erase(path);
    disk_.erase(path);
}

void FaultyVfs::copy_disk(const std::string& folder) const {
    const std::lock_guard guard{mutex_};
    std::filesystem::remove_all(folder);
    std::filesystem::create_directory(folder);
    for (const auto& [path, image] : disk_) {
        const auto to = std::filesystem::path{folder} / std::filesystem::path{path}.filename();
        std::ofstream{to, std::ios::binary} << image;
    }
}

}  // namespace lango::store::test
