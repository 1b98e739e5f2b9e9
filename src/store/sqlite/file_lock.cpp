#include "store/sqlite/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
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

FileLock::FileLock(const std::string& path) {
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
    if (::ftruncate(descriptor_, 0) != 0 || ::pwrite(descriptor_, pid.data(), pid.size(), 0) < 0) {
        return;
    }
}

FileLock::~FileLock() { ::close(descriptor_); }

}  // namespace lango::store::sqlite
