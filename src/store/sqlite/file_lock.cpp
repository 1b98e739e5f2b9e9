#include "store/sqlite/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <system_error>

#include "store/errors.hpp"

namespace lango::store::sqlite {

namespace {

std::string holder(int descriptor) {
    std::array<char, 20> digits{};
    const auto size = ::pread(descriptor, digits.data(), digits.size(), 0);
    if (size <= 0) return "another process";
    return "process " + std::string{digits.data(), static_cast<std::size_t>(size)};
}

}  // namespace

FileLock::FileLock(const std::string& path) : path_(path) {
    // Two names of one file are one lock.
    const auto name = std::filesystem::weakly_canonical(path).string() + ".lock";
    descriptor_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor_ < 0) {
        throw Broken{"cannot open " + name + ": " + std::system_category().message(errno)};
    }
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        const auto who = holder(descriptor_);
        ::close(descriptor_);
        throw Broken{path + " is in use by " + who + " (which holds " + name + ")"};
    }
    // Only for the text above: on a full disk the lock holds without it.
    const auto pid = std::to_string(::getpid());
    const bool said =
        ::ftruncate(descriptor_, 0) == 0 && ::pwrite(descriptor_, pid.data(), pid.size(), 0) >= 0;
    static_cast<void>(said);
    database_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (database_ < 0 || ::flock(database_, LOCK_EX | LOCK_NB) != 0) {
        const auto why = std::system_category().message(errno);
        const bool open = database_ >= 0;
        if (open) ::close(database_);
        ::close(descriptor_);
        throw Broken{open ? path + " is in use by another process"
                          : "cannot open " + path + ": " + why};
    }
}

FileLock::~FileLock() {
    ::close(database_);
    ::close(descriptor_);
}

std::optional<std::string> FileLock::lost() const {
    struct stat held{};
    struct stat named{};
    if (::fstat(database_, &held) != 0) return std::nullopt;
    if (held.st_nlink == 0 || ::stat(path_.c_str(), &named) != 0) {
        return path_ + " was deleted while it was in use: nothing more is stored";
    }
    if (named.st_ino != held.st_ino || named.st_dev != held.st_dev) {
        return "another file stands at " + path_ +
               " in place of the one in use: nothing more is "
               "stored";
    }
    return std::nullopt;
}

}  // namespace lango::store::sqlite
