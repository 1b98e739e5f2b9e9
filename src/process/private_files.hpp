// Files that only the gateway's own user may read: the data directory and what is in it, and files
// that hold secrets. What is open to others is closed, and told; what cannot be closed is refused.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "ops/config.hpp"

namespace lango::process {

// data.state_directory, or beside the data directory where it is not set: people copy whole data
// directories.
[[nodiscard]] std::filesystem::path state_directory(const ops::Config& config);

// The data directory and the files in it: nobody else may do anything with them. A sentence for
// each that was open. Throws std::runtime_error for what cannot be closed.
[[nodiscard]] std::vector<std::string> close_data(const std::filesystem::path& directory);

// The directory of the mark (mark_file.hpp) and the mark: nobody else may change them, or an older
// backup could pass for the newest. Told and refused likewise; what is not there is not made.
[[nodiscard]] std::vector<std::string> close_state(const std::filesystem::path& directory);

// Both of them, where the settings say that they are.
[[nodiscard]] std::vector<std::string> close_files(const ops::Config& config);

// Files that secrets were read from: only their owner may write them, and others (but for the
// owner's group, as of /etc) not even read them.
[[nodiscard]] std::vector<std::string> close_secrets(const ops::Config& config);

// Open to others as no secret should be; false also for what is not there.
[[nodiscard]] bool is_open_to_others(const std::filesystem::path& file);

}  // namespace lango::process
