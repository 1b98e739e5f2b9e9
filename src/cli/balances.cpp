#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <charconv>

#include "cli/commands.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

// A merchant by the name that people know, else a shortcode or a number.
std::string owner(const json::Value& account) {
    const auto slug = account.text_at("merchant");
    return slug.empty() ? account.text_at("owner") : slug + " (" + account.text_at("name") + ")";
}

// What the sign means, where it is not what one expects.
const char* sign(const json::Value& account) {
    const auto kind = account.text_at("kind");
    if (kind == "rail") return "  below zero: M-PESA holds this for those below";
    if (kind == "receivable") return "  below zero: the merchant owes it";
    return "";
}

int balances(const Operator& shared) {
    const auto answer = shared.ask(http::Method::get, "/admin/balances");
    if (!answer) return 1;
    const auto* accounts = answer->find("accounts");
    if (shared.json || accounts == nullptr || accounts->array() == nullptr) return 0;
    if (accounts->array()->empty()) say << "Nothing was booked yet.\n";
    for (const auto& account : *accounts->array()) {
        say << account.text_at("kind") << ' ' << owner(account) << ": "
            << account.text_at("currency") << ' ' << minor_text(account, "balance_minor");
        const auto held = minor_text(account, "held_minor");
        if (held != "0.00") say << ", of that held " << held;
        say << sign(account) << '\n';
    }
    return 0;
}

}  // namespace

void add_balances(CLI::App& program, Run& run) {
    auto* command = program.add_subcommand("balances", "All accounts of the ledger");
    const auto shared = std::make_shared<Operator>();
    shared->add_flags(*command);
    command->callback([=, &run] { run = [=] { return balances(*shared); }; });
}

}  // namespace lango::cli
