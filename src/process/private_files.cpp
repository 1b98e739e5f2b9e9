#include "process/private_files.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace lango::process {

namespace {

namespace fs = std::filesystem;
using fs::perms;

constexpr perms of_a_secret =
    perms::group_write | perms::group_exec | perms::others_all;        // the group may read it
constexpr perms of_a_mark = perms::group_write | perms::others_write;  // it is no secret
constexpr const char* mark_name = "lango.mark";                        // app/mark_file.hpp
constexpr perms of_data = perms::group_all | perms::others_all;

std::string mode_text(perms mode) {
    std::string digits;
    for (const unsigned shift : {9U, 6U, 3U, 0U}) {
        digits += static_cast<char>('0' + ((static_cast<unsigned>(mode) >> shift) & 7U));
    }
    return digits;
}

// Sockets and devices are no files of secrets: a pipe that a shell made is nobody else's.
bool is_kept(const fs::file_status& status) {
    return status.type() == fs::file_type::regular || status.type() == fs::file_type::directory;
}

void close_one(const fs::path& path, perms closed, std::vector<std::string>& told) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (error || !is_kept(status)) return;
    const auto open = status.permissions() & closed;
    if (open == perms::none) return;
    fs::permissions(path, closed, fs::perm_options::remove, error);
    const auto was = path.string() + " had mode " + mode_text(status.permissions());
    if (error) {
        throw std::runtime_error{was +
                                 ", which lets other users of this machine at it, and cannot "
                                 "be closed (" +
                                 error.message() + "): chmod go= it, or give it to this user"};
    }
    told.push_back(was + ", which let other users of this machine at it: it was closed");
}

}  // namespace

std::filesystem::path state_directory(const ops::Config& config) {
    if (!config.data.state_directory.empty()) return config.data.state_directory;
    auto data = std::filesystem::path{config.data.directory};
    if (!data.has_filename()) data = data.parent_path();  // "data/"
    data += ".state";
    return data;
}

std::vector<std::string> close_data(const fs::path& directory) {
    std::vector<std::string> told;
    close_one(directory, of_data, told);
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{directory, error}) {
        if (entry.is_regular_file(error)) close_one(entry.path(), of_data, told);
    }
    return told;
}

std::vector<std::string> close_state(const fs::path& directory) {
    std::vector<std::string> told;
    close_one(directory, of_a_mark, told);
    close_one(directory / mark_name, of_a_mark, told);
    return told;
}

std::vector<std::string> close_files(const ops::Config& config) {
    auto told = close_data(config.data.directory);
    for (auto& one : close_state(state_directory(config))) told.push_back(std::move(one));
    return told;
}

std::vector<std::string> close_secrets(const ops::Config& config) {
    std::vector<std::string> told;
    for (const auto& file : config.secret_files) close_one(file, of_a_secret, told);
    return told;
}

bool is_open_to_others(const fs::path& file) {
    std::error_code error;
    const auto status = fs::status(file, error);
    return !error && is_kept(status) && (status.permissions() & of_a_secret) != perms::none;
}

}  // namespace lango::process
