#include "manual/completion.hpp"

#include <string_view>

namespace lango::manual {

namespace {

// What a word that follows can be, by what the parser calls it.
bool is_file(std::string_view value) { return value.ends_with("FILE"); }
bool is_folder(std::string_view value) { return value.ends_with("DIR"); }

void add_word(std::string& words, std::string_view word) {
    if (!words.empty()) words += ' ';
    words += word;
}

std::string_view own_name(const Command& command) {
    return std::string_view{command.path}.substr(command.path.rfind(' ') + 1);
}

// Names are the parser's: letters, digits and dashes.
void add_command(std::string& script, std::string& paths, const Command& program,
                 const Command& command) {
    std::string flags;
    std::string files;
    std::string folders;
    std::string others;
    for (const auto& flag : command.flags) {
        for (const auto& name : flag.names) {
            add_word(flags, name);
            if (flag.value.empty()) continue;
            add_word(is_file(flag.value) ? files : is_folder(flag.value) ? folders : others, name);
        }
    }
    std::string words;
    std::string argument;
    for (const auto& sub : command.commands) add_word(words, own_name(sub));
    for (const auto& one : command.arguments) {
        if (is_file(one.name)) argument = "file";
        if (is_folder(one.name)) argument = "folder";
        if (one.name != "COMMAND") continue;
        for (const auto& sub : program.commands) add_word(words, own_name(sub));
    }
    script += "    '" + command.path + "')\n        words='" + words + "' flags='" + flags + "'\n";
    script += "        files='" + files + "' folders='" + folders + "' others='" + others + "'\n";
    script += "        argument='" + argument + "'\n        ;;\n";
    for (const auto& sub : command.commands) {
        paths += (paths.empty() ? "'" : " | '") + sub.path + "'";
        add_command(script, paths, program, sub);
    }
}

constexpr std::string_view beginning =
    R"(# bash completion for lango, as `lango help --completion bash` prints it.
_lango() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local at=lango i words flags files folders others argument kind=
    COMPREPLY=()
    # --config=FILE is three words for bash.
    if [[ $before == = ]]; then before=${COMP_WORDS[COMP_CWORD - 2]}; fi
    if [[ $current == = ]]; then current=; fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "$at ${COMP_WORDS[i]}" in
)";

constexpr std::string_view ending = R"(    esac
    if [[ " $files " == *" $before "* ]]; then
        kind=file
    elif [[ " $folders " == *" $before "* ]]; then
        kind=folder
    elif [[ " $others " == *" $before "* ]]; then
        return
    elif [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$current")
        return
    elif [[ -n $words ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
        return
    else
        kind=$argument
    fi
    if [[ $kind == file ]]; then
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    elif [[ $kind == folder ]]; then
        mapfile -t COMPREPLY < <(compgen -d -- "$current")
    fi
    if [[ -n $kind ]]; then compopt -o filenames 2>/dev/null; fi
}
# Of what it does not know it takes the names of files.
complete -o default -F _lango lango
)";

}  // namespace

std::string bash_completion(const Command& program) {
    std::string commands;
    std::string paths;
    add_command(commands, paths, program, program);
    std::string script{beginning};
    script += "        " + paths + ")\n            at+=\" ${COMP_WORDS[i]}\"\n            ;;\n";
    script += "        esac\n    done\n    case $at in\n" + commands;
    script += ending;
    return script;
}

}  // namespace lango::manual
