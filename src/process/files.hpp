// Small files of the data directory: keys, credentials, what scripts wait for.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace lango::process {

// Created with its parents, mode 0700. Throws std::runtime_error with a text for people.
void make_private_directory(const std::filesystem::path& directory);

// Nothing when there is no such file. Throws std::runtime_error when it cannot be read.
[[nodiscard]] std::optional<std::string> read_file(const std::filesystem::path& path);

// Mode 0600, all or nothing: a reader never sees half a file, and after the return it survives a
// power cut. Throws std::runtime_error.
void write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace lango::process
