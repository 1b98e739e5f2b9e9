#include "manual/command.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace lango::manual {

namespace {

Flag read_flag(const CLI::Option& option) {
    Flag flag;
    for (const auto& name : option.get_snames()) flag.names.push_back("-" + name);
    for (const auto& name : option.get_lnames()) flag.names.push_back("--" + name);
    if (option.get_items_expected_max() > 0) {
        flag.value = option.get_type_name();
        if (flag.value.empty()) flag.value = "VALUE";
    }
    flag.help = option.get_description();
    flag.required = option.get_required();
    return flag;
}

Command read_command(const CLI::App& app, const std::string& parents) {
    Command command;
    command.path = parents + app.get_name();
    command.help = app.get_description();
    for (const auto* option : app.get_options()) {
        if (option->get_group().empty()) continue;
        if (option->get_positional()) {
            command.arguments.push_back({.name = option->get_name(true),
                                         .help = option->get_description(),
                                         .required = option->get_required(),
                                         .several = option->get_items_expected_max() > 1});
        } else {
            command.flags.push_back(read_flag(*option));
        }
    }
    for (const auto* sub : app.get_subcommands([](const CLI::App* any) {
             return !any->get_name().empty() && !any->get_group().empty();
         })) {
        command.commands.push_back(read_command(*sub, command.path + " "));
    }
    return command;
}

void add_leaves(const Command& command, std::vector<const Command*>& found) {
    if (command.commands.empty()) found.push_back(&command);
    for (const auto& sub : command.commands) add_leaves(sub, found);
}

}  // namespace

Command read(const CLI::App& program) { return read_command(program, ""); }

std::vector<const Command*> leaves(const Command& command) {
    std::vector<const Command*> found;
    add_leaves(command, found);
    return found;
}

}  // namespace lango::manual
