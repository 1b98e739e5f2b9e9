#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/commands.hpp"
#include "app/terminal.hpp"
#include "base/json_writer.hpp"

namespace lango::app {

namespace {

int add(const Operator& shared, const std::string& name) {
    std::string body;
    json::Writer{body}.begin_object().member("name", name).end_object();
    const auto answer = shared.ask(http::Method::post, "/admin/operators", body);
    if (!answer) return 1;
    if (!shared.json) {
        say << "Operator " << name << " was added. His key is shown once; he alone keeps it:\n  "
            << answer->text_at("key") << '\n';
    }
    return 0;
}

int remove(const Operator& shared, const std::string& name) {
    const auto answer = shared.ask(
        http::Method::post, "/admin/operators/" + http::percent_encode(name) + "/remove", "{}");
    if (!answer) return 1;
    if (!shared.json) say << name << " decides nothing any more\n";
    return 0;
}

int list(const Operator& shared) {
    const auto answer = shared.ask(http::Method::get, "/admin/operators");
    if (!answer) return 1;
    if (shared.json) return 0;
    const auto* people = answer->find("operators");
    const auto* acts = answer->find("acts");
    if (people == nullptr || people->array() == nullptr || acts == nullptr ||
        acts->array() == nullptr) {
        return 1;
    }
    if (people->array()->empty()) say << "No operators yet: lango operator add NAME\n";
    for (const auto& person : *people->array()) {
        say << person.text_at("name") << "  since " << person.text_at("added_at") << '\n';
    }
    for (const auto& act : *acts->array()) {
        say << "  " << act.text_at("at") << "  " << act.text_at("who") << ": " << act.text_at("act")
            << ' ' << act.text_at("subject") << ' ' << act.text_at("detail") << '\n';
    }
    return 0;
}

}  // namespace

void add_operator(CLI::App& program, Run& run) {
    auto* group = program.add_subcommand("operator", "People who decide about withdrawals");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto name = std::make_shared<std::string>();
    auto* added = group->add_subcommand("add", "A new operator and his key");
    shared->add_flags(*added);
    added->add_option("NAME", *name, "1 to 40 of a-z, 0-9, . and -")->required();
    added->callback([=, &run] { run = [=] { return add(*shared, *name); }; });
    auto* removed = group->add_subcommand("remove", "He decides nothing any more");
    shared->add_flags(*removed);
    removed->add_option("NAME", *name)->required();
    removed->callback([=, &run] { run = [=] { return remove(*shared, *name); }; });
    auto* listed = group->add_subcommand("list", "All of them, and what was decided last");
    shared->add_flags(*listed);
    listed->callback([=, &run] { run = [=] { return list(*shared); }; });
}

}  // namespace lango::app
