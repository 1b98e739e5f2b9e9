#include "app/mark_file.hpp"

#include "process/files.hpp"

namespace lango::app {

std::filesystem::path state_directory(const ops::Config& config) {
    if (!config.data.state_directory.empty()) return config.data.state_directory;
    auto data = std::filesystem::path{config.data.directory};
    if (!data.has_filename()) data = data.parent_path();  // "data/"
    data += ".state";
    return data;
}

std::optional<std::string> MarkFile::read() { return process::read_file(path()); }

void MarkFile::write(const std::string& text) {
    process::make_private_directory(directory_);
    process::write_file(path(), text);
}

}  // namespace lango::app
