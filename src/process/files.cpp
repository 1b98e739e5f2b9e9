#include "process/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace lango::process {

namespace {

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path) {
    throw std::runtime_error{what + " " + path.string() + ": " + std::strerror(errno)};
}

class Descriptor {
  public:
    explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
    ~Descriptor() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return descriptor_; }

  private:
    int descriptor_;
};

bool write_whole(int file, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(file) == 0;
}

}  // namespace

void make_private_directory(const std::filesystem::path& directory) {
    std::error_code error;
    const bool made = std::filesystem::create_directories(directory, error);
    if (error) {
        throw std::runtime_error{"cannot create " + directory.string() + ": " + error.message()};
    }
    if (made) std::filesystem::permissions(directory, std::filesystem::perms::owner_all);
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.get() < 0 && errno == ENOENT) return std::nullopt;
    if (file.get() < 0) fail("cannot read", path);
    std::string text;
    std::array<char, 4096> buffer{};
    for (;;) {
        const auto got = ::read(file.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("cannot read", path);
        if (got == 0) return text;
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

void write_file(const std::filesystem::path& path, std::string_view text) {
    // A new file under a name that nobody could foresee: in a directory that others may write, one
    // of theirs may lie in wait under any other.
    auto beside = path.string() + ".XXXXXX";
    const Descriptor file{::mkostemp(beside.data(), O_CLOEXEC)};
    if (file.get() < 0) fail("cannot write", path);
    if (!write_whole(file.get(), text) || std::rename(beside.c_str(), path.c_str()) != 0) {
        const auto error = errno;
        ::unlink(beside.c_str());
        errno = error;
        fail("cannot write", path);
    }
    // The name is in the directory: without this a power cut could lose it.
    const auto parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path{"."};
    const Descriptor directory{::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (directory.get() >= 0) ::fsync(directory.get());
}

}  // namespace lango::process
