#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "cli/commands.hpp"

namespace lango::cli {

namespace {

int find(const Operator& shared, const std::string& text) {
    const auto answer =
        shared.ask(http::Method::get, "/admin/find?text=" + http::percent_encode(text));
    const auto* found = answer ? answer->find("found") : nullptr;
    if (found == nullptr || found->array() == nullptr) return 1;
    if (shared.json) return found->array()->empty() ? 1 : 0;
    for (const auto& one : *found->array()) {
        say << one.text_at("kind") << "  " << one.text_at("id") << "  " << one.text_at("state")
            << "  KES " << one.text_at("amount") << "  " << one.text_at("merchant") << ' '
            << one.text_at("their_id") << "  " << one.text_at("receipt") << "  "
            << one.text_at("created_at") << "  (by " << one.text_at("by") << ")\n";
    }
    if (found->array()->empty()) say << "nothing\n";
    return found->array()->empty() ? 1 : 0;
}

}  // namespace

void add_find(CLI::App& program, Run& run) {
    const auto shared = std::make_shared<Operator>();
    const auto text = std::make_shared<std::string>();
    auto* command = program.add_subcommand(
        "find", "Whatever you have: an id, a receipt, the merchant's id, a reference, a phone");
    shared->add_flags(*command);
    command->add_option("TEXT", *text, "As it was told")->required();
    command->callback([=, &run] { run = [=] { return find(*shared, *text); }; });
}

}  // namespace lango::cli
