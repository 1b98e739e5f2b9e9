// What the Tab key completes: commands, flags, files and folders, as a script for the shell.
#pragma once
#include <string>

#include "manual/command.hpp"

namespace lango::manual {

// For bash 4 and later, without bash-completion's own functions.
[[nodiscard]] std::string bash_completion(const Command& program);

}  // namespace lango::manual
