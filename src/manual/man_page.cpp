#include "manual/man_page.hpp"

#include <algorithm>

namespace lango::manual {

namespace {

// A text of ours: nothing in it is a macro, a dash is the one that people copy.
std::string text(std::string_view ours) {
    std::string out;
    bool begins = true;
    for (const char c : ours) {
        if (c == '\n') {
            out += "\n.br\n";
            begins = true;
            continue;
        }
        if (begins && (c == '.' || c == '\'')) out += "\\&";
        if (c == '\\')
            out += "\\e";
        else if (c == '-')
            out += "\\-";
        else
            out += c;
        begins = false;
    }
    return out;
}

std::string bold(std::string_view ours) { return "\\fB" + text(ours) + "\\fR"; }
std::string italic(std::string_view ours) { return "\\fI" + text(ours) + "\\fR"; }

void add_flag(std::string& page, const Flag& flag) {
    page += ".TP\n";
    for (const auto& name : flag.names) {
        if (&name != &flag.names.front()) page += ", ";
        page += bold(name);
    }
    if (!flag.value.empty()) page += " " + italic(flag.value);
    page += "\n" + text(flag.help);
    if (flag.required) page += flag.help.empty() ? "Required." : " (required)";
    page += "\n";
}

std::string shape(const Command& command) {
    std::string line = bold(command.path) + " [" + italic("OPTIONS") + "]";
    for (const auto& argument : command.arguments) {
        const auto name = italic(argument.name) + (argument.several ? "..." : "");
        line += argument.required ? " " + name : " [" + name + "]";
    }
    return line;
}

// What at least half of the commands take, in the same words: told once.
std::vector<Flag> shared_flags(const std::vector<const Command*>& commands) {
    std::vector<Flag> shared;
    for (const auto* command : commands) {
        for (const auto& flag : command->flags) {
            const auto takes = std::ranges::count_if(commands, [&](const Command* other) {
                return std::ranges::find(other->flags, flag) != other->flags.end();
            });
            const bool told = std::ranges::find(shared, flag) != shared.end();
            if (!told && 2 * takes >= std::ssize(commands)) shared.push_back(flag);
        }
    }
    return shared;
}

void add_command(std::string& page, const Command& command, const std::vector<Flag>& shared) {
    page +=
        ".SS " + text(command.path) + "\n" + shape(command) + "\n.PP\n" + text(command.help) + "\n";
    for (const auto& argument : command.arguments) {
        if (argument.help.empty()) continue;
        page += ".TP\n" + italic(argument.name) + "\n" + text(argument.help) + "\n";
    }
    for (const auto& flag : command.flags) {
        if (std::ranges::find(shared, flag) == shared.end()) add_flag(page, flag);
    }
}

constexpr std::string_view ending = R"(.SH EXIT STATUS
.TP
0
Done.
.TP
1
Refused, or failed; why is said on standard error.
.TP
2
The command line or the settings were not understood.
.SH ENVIRONMENT
.TP
LANGO_CONFIG
The settings file.
.TP
LANGO_SECTION_NAME
Any setting, for example LANGO_HTTP_PORT; \fBlango help\-settings\fR prints them all.
.SH FILES
.TP
\&./lango.toml
The settings, where neither \fB\-\-config\fR nor LANGO_CONFIG names a file.
.TP
\&./lango\-data
The database, its keys and the local socket, where no setting says otherwise.
)";

}  // namespace

std::string man_page(const Command& program, std::string_view version) {
    const auto commands = leaves(program);
    const auto shared = shared_flags(commands);
    std::string page = ".TH LANGO 1 \"\" \"lango " + text(version) + "\" \"Lango\"\n";
    page += ".SH NAME\n" + text(program.path) + " \\- " + text(program.help) + "\n";
    page += ".SH SYNOPSIS\n" + bold(program.path) + " " + italic("COMMAND") + " [" +
            italic("OPTIONS") + "] [" + italic("ARGUMENTS") + "]\n";
    page += ".SH COMMON OPTIONS\nMost commands take these.\n";
    for (const auto& flag : shared) add_flag(page, flag);
    page += ".SH COMMANDS\n";
    for (const auto* command : commands) add_command(page, *command, shared);
    page += ending;
    return page;
}

}  // namespace lango::manual
