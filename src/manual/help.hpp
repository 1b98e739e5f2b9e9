// The command `help`: a command's page, the man page, the completions.
#pragma once
#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace lango::manual {

// `asked` is called when help was chosen, with the text to print. A command that there is not is
// the parser's error. `program` has all its commands by the time that it parses.
void add_help(CLI::App& program, std::string version, std::function<void(std::string text)> asked);

}  // namespace lango::manual
