// Who sits at the terminal: a person who shows their key with the command, or one who has logged
// in.
#pragma once
#include <optional>
#include <string>

#include "app/local_call.hpp"
#include "ops/config.hpp"

namespace lango::cli {

// as, key_file: "" when they were not said. Without a name: the session that `lango login` left, if
// there is one. The key is the first line of the file; without one it is read from standard input,
// unseen on a terminal. Throws UsageError.
[[nodiscard]] app::Credentials credentials(const ops::Config& config, const std::string& as,
                                           const std::string& key_file);

// The session alone, if there is one.
[[nodiscard]] app::Credentials kept_session(const ops::Config& config);
// The session of this shell's user on this data directory, in a file of mode 0600.
void keep_session(const ops::Config& config, const std::string& token);
void forget_session(const ops::Config& config);

}  // namespace lango::cli
