// Gets something from another program, for commands: blocking, whole.
#pragma once
#include <string>

namespace lango::process {

// The body of an answer with status 200. Throws std::runtime_error with a text for people.
[[nodiscard]] std::string fetch(const std::string& url);

}  // namespace lango::process
