// A lost administrator is replaced on the machine itself (backoffice/recover.hpp).
#pragma once
#include <string>

#include "cli/commands.hpp"

namespace lango::cli {

// Takes the database for itself: throws where a gateway runs on it. The exit code.
[[nodiscard]] int recover(const Operator& shared, const std::string& name);

}  // namespace lango::cli
