#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "cli/commands.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

int list(const Operator& shared) {
    const auto answer = shared.ask(http::Method::get, "/admin/set-aside");
    if (!answer) return 1;
    if (shared.json) return 0;
    const auto* found = answer->find("set_aside");
    if (found == nullptr || found->array() == nullptr || found->array()->empty()) {
        say << "Nothing is set aside.\n";
        return 0;
    }
    for (const auto& one : *found->array()) {
        say << one.text_at("kind") << ' ' << one.text_at("id") << "  since " << one.text_at("at");
        if (const auto path = one.text_at("path"); !path.empty()) {
            say << "  " << path << "\n  " << one.text_at("body");
        }
        say << '\n';
    }
    say << "The gateway died while each of these went alone; what was new then went beside it, and "
           "may have been the cause. To try one again: lango set-aside retry KIND ID\n";
    return 0;
}

int retry(const Operator& shared, const std::string& kind, const std::string& id) {
    const auto answer =
        shared.ask(http::Method::post, "/admin/set-aside/" + http::percent_encode(kind) + "/" +
                                           http::percent_encode(id) + "/retry");
    if (!answer) return 1;
    if (shared.json) return 0;
    say << kind << ' ' << id << (kind == "message" ? ": it has been read\n" : ": due now\n");
    return 0;
}

}  // namespace

void add_set_aside(CLI::App& program, Run& run) {
    auto* group =
        program.add_subcommand("set-aside", "What the gateway died of, and does not try again");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto kind = std::make_shared<std::string>();
    const auto id = std::make_shared<std::string>();
    auto* all = group->add_subcommand("list", "All of it");
    shared->add_flags(*all);
    all->callback([=, &run] { run = [=] { return list(*shared); }; });
    auto* again = group->add_subcommand("retry", "Try one again, at once");
    shared->add_flags(*again);
    again->add_option("KIND", *kind, "postback, event, withdrawal, deposit or message")->required();
    again->add_option("ID", *id, "As the list tells it")->required();
    again->callback([=, &run] { run = [=] { return retry(*shared, *kind, *id); }; });
}

}  // namespace lango::cli
