// What somebody meant who mistyped a command or a flag.
#pragma once
#include <string>

namespace CLI {
class App;
}

namespace lango::cli {

// After a failed parse: "Did you mean --http-port?\n", or "".
[[nodiscard]] std::string suggestion(const CLI::App& program);
// The command that was named, as far as it was.
[[nodiscard]] const CLI::App& innermost(const CLI::App& program);

}  // namespace lango::cli
