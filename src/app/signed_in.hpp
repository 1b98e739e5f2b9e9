// Who decides, on the command line: --as NAME, and his key from a file or asked for.
#pragma once
#include <string>

#include "app/commands.hpp"

namespace lango::app {

struct SignedIn {
    std::string name;
    std::string key_file;

    // --as, --key-file
    void add_flags(CLI::App& command);
    // The first line of the file; without one it is read from standard input, unseen on a terminal.
    // Throws UsageError.
    [[nodiscard]] std::string key() const;
};

}  // namespace lango::app
