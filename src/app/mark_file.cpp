#include "app/mark_file.hpp"

#include "process/files.hpp"

namespace lango::app {

std::optional<std::string> MarkFile::read() { return process::read_file(path()); }

void MarkFile::write(const std::string& text) {
    process::make_private_directory(directory_);
    process::write_file(path(), text);
}

}  // namespace lango::app
