#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "base/json_writer.hpp"
#include "cli/commands.hpp"

namespace lango::cli {

namespace {

struct Choice {
    std::string name, merchant;
    std::vector<std::string> permissions;
};

std::string body_of(const Choice& choice) {
    std::string body;
    json::Writer writer{body};
    writer.begin_object()
        .member("name", choice.name)
        .member("merchant", choice.merchant)
        .key("permissions")
        .begin_array();
    for (const auto& permission : choice.permissions) writer.string(permission);
    writer.end_array().end_object();
    return body;
}

std::string target(const Choice& choice, const char* act) {
    return "/admin/roles/" + http::percent_encode(choice.name) + act;
}

int create(const Operator& shared, const Choice& choice) {
    const auto answer = shared.ask(http::Method::post, "/admin/roles", body_of(choice));
    if (!answer) return 1;
    if (!shared.json) {
        say << choice.name << " was made: lango user add NAME --role " << choice.name << '\n';
    }
    return 0;
}

int set(const Operator& shared, const Choice& choice) {
    const auto answer = shared.ask(http::Method::post, target(choice, "/set"), body_of(choice));
    if (!answer) return 1;
    if (!shared.json) say << choice.name << " holds these permissions from here on\n";
    return 0;
}

int remove(const Operator& shared, const Choice& choice) {
    std::string body;
    json::Writer{body}.begin_object().member("merchant", choice.merchant).end_object();
    const auto answer = shared.ask(http::Method::post, target(choice, "/remove"), body);
    if (!answer) return 1;
    if (!shared.json) say << choice.name << " is gone\n";
    return 0;
}

bool flag_at(const json::Value& object, std::string_view name) {
    const auto* const flag = object.find(name);
    return flag != nullptr && flag->boolean() != nullptr && *flag->boolean();
}

const json::Array* array_at(const json::Value& object, std::string_view name) {
    const auto* const found = object.find(name);
    return found == nullptr ? nullptr : found->array();
}

// Whose people may have it.
std::string whose(const json::Value& role) {
    const auto merchant = role.text_at("merchant");
    if (!merchant.empty()) return merchant + "'s people";
    const bool of_operator = flag_at(role, "for_operators");
    if (!flag_at(role, "for_merchants")) return "the operator's people";
    return of_operator ? "everybody" : "merchants' people";
}

int list(const Operator& shared) {
    const auto answer = shared.ask(http::Method::get, "/admin/roles");
    if (!answer) return 1;
    if (shared.json) return 0;
    const auto* const roles = array_at(*answer, "roles");
    const auto* const permissions = array_at(*answer, "permissions");
    if (roles == nullptr || permissions == nullptr) return 1;
    for (const auto& role : *roles) {
        say << role.text_at("name") << ", for " << whose(role);
        if (const auto about = role.text_at("about"); !about.empty()) say << ": " << about;
        say << "\n ";
        if (const auto* const held = array_at(role, "permissions")) {
            for (const auto& one : *held) {
                say << ' ' << (one.string() == nullptr ? std::string{} : *one.string());
            }
        }
        say << '\n';
    }
    say << "Permissions:\n";
    for (const auto& one : *permissions) {
        say << "  " << one.text_at("name") << ": " << one.text_at("about")
            << (flag_at(one, "for_merchants") ? "" : " (the operator's people alone)") << '\n';
    }
    return 0;
}

}  // namespace

void add_role(CLI::App& program, Run& run) {
    auto* group = program.add_subcommand("role", "Roles: names for sets of permissions");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto choice = std::make_shared<Choice>();
    const auto add = [&](const char* name, const char* help, auto what, bool with_permissions) {
        auto* command = group->add_subcommand(name, help);
        shared->add_flags(*command);
        command->add_option("NAME", choice->name, "1 to 40 of a-z, 0-9, . and -")->required();
        command->add_option("--merchant", choice->merchant,
                            "Of this merchant's own people: its slug");
        if (with_permissions) {
            command
                ->add_option("--permission", choice->permissions,
                             "That it holds, as the list names it; may be said more than once")
                ->required();
        }
        command->callback([=, &run] { run = [=] { return what(*shared, *choice); }; });
    };
    auto* listed = group->add_subcommand("list", "All of them, and the permissions that there are");
    shared->add_flags(*listed);
    listed->callback([=, &run] { run = [=] { return list(*shared); }; });
    add("create", "A role of your own making", create, true);
    add("set", "Other permissions for whoever has it", set, true);
    add("remove", "One that nobody has", remove, false);
}

}  // namespace lango::cli
