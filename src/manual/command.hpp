// The command line as a tree of values, read off the program's own parser: what the man page and
// the completions are made from, so that neither can know another command line than the program.
#pragma once
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace lango::manual {

struct Flag {
    std::vector<std::string> names;  // "--data", "--data-directory"
    std::string value;               // "DIR"; "" for one that takes none
    std::string help;
    bool required = false;

    bool operator==(const Flag&) const = default;
};

struct Argument {
    std::string name;  // "SLUG"
    std::string help;
    bool required = false;
    bool several = false;
};

struct Command {
    std::string path;  // "lango merchant set"
    std::string help;
    std::vector<Flag> flags;
    std::vector<Argument> arguments;
    std::vector<Command> commands;
};

// All of it; what the parser hides is left out.
[[nodiscard]] Command read(const CLI::App& program);

// Those that do something, in the order added: "lango merchant set", not "lango merchant".
[[nodiscard]] std::vector<const Command*> leaves(const Command& command);

}  // namespace lango::manual
