#include "cli/suggest.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <vector>

#include "ops/nearest.hpp"

namespace lango::cli {

namespace {

std::vector<std::string> names(const CLI::App& command) {
    std::vector<std::string> all;
    for (const auto* option : command.get_options()) {
        for (const auto& name : option->get_lnames()) all.push_back("--" + name);
    }
    for (const auto* sub : command.get_subcommands([](const CLI::App*) { return true; })) {
        all.push_back(sub->get_name());
    }
    return all;
}

}  // namespace

const CLI::App& innermost(const CLI::App& program) {
    const auto* at = &program;
    while (!at->get_subcommands().empty()) at = at->get_subcommands().back();
    return *at;
}

std::string suggestion(const CLI::App& program) {
    for (const auto& unknown : program.remaining(true)) {
        const auto near =
            ops::nearest(unknown.substr(0, unknown.find('=')), names(innermost(program)));
        if (!near.empty()) return "Did you mean " + near + "?\n";
    }
    return {};
}

}  // namespace lango::cli
