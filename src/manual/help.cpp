#include "manual/help.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <vector>

#include "manual/completion.hpp"
#include "manual/man_page.hpp"

namespace lango::manual {

namespace {

std::string page_of(const CLI::App& program, const std::vector<std::string>& names) {
    const auto* at = &program;
    auto path = program.get_name();
    for (const auto& name : names) {
        const auto found =
            at->get_subcommands([&](const CLI::App* sub) { return sub->get_name() == name; });
        path += " " + name;
        if (found.empty()) throw CLI::ValidationError("help", "there is no command " + path);
        at = found.front();
    }
    // Not help(): that is of what was parsed, which is `help` itself.
    return at->get_formatter()->make_help(at, path, CLI::AppFormatMode::Normal);
}

}  // namespace

void add_help(CLI::App& program, std::string version, std::function<void(std::string text)> asked) {
    auto* command = program.add_subcommand(
        "help", "A command's page; the man page; what the Tab key completes");
    auto* names = command->add_option("COMMAND", "Whose page, for example: merchant set")
                      ->expected(1, CLI::detail::expected_max_vector_size)
                      ->allow_extra_args();
    auto* man = command->add_flag("--man")->description("The man page, for man -l -");
    auto* shell =
        command->add_option("--completion", "A script for the Tab key of this shell: bash")
            ->type_name("SHELL")
            ->check(CLI::IsMember({"bash"}));
    man->excludes(names)->excludes(shell);
    shell->excludes(names);
    command->callback([=, &program, version = std::move(version), asked = std::move(asked)] {
        if (man->count() > 0)
            asked(man_page(read(program), version));
        else if (shell->count() > 0)
            asked(bash_completion(read(program)));
        else
            asked(page_of(program, names->results()));
    });
}

}  // namespace lango::manual
