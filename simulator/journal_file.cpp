#include "simulator/journal_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

namespace lango::simulator {

namespace {

[[noreturn]] void fail(const char* what, const std::string& path) {
    throw std::system_error{errno, std::generic_category(),
                            std::string{what} + " the journal " + path};
}

bool ends_within_a_line(const std::string& path) {
    std::ifstream file{path, std::ios::binary | std::ios::ate};
    if (!file || file.tellg() == std::ifstream::pos_type{0}) return false;
    file.seekg(-1, std::ios::end);
    return file.get() != '\n';
}

}  // namespace

JournalFile::JournalFile(std::string path)
    : path_(std::move(path)),
      descriptor_(::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) fail("cannot open", path_);
    if (ends_within_a_line(path_)) append("");
}

JournalFile::~JournalFile() { ::close(descriptor_); }

void JournalFile::each_line(const std::function<void(const std::string&)>& take) const {
    std::ifstream file{path_};
    for (std::string line; std::getline(file, line);) take(line);
}

void JournalFile::append(const std::string& line) {
    buffer_.assign(line).push_back('\n');
    const auto written = ::write(descriptor_, buffer_.data(), buffer_.size());
    if (written != static_cast<ssize_t>(buffer_.size())) fail("cannot write", path_);
}

}  // namespace lango::simulator
