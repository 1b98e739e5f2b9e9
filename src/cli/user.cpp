#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>

#include "backoffice/lists/nouns.hpp"
#include "base/json_writer.hpp"
#include "cli/commands.hpp"
#include "cli/credentials.hpp"
#include "cli/list.hpp"
#include "cli/recover.hpp"

namespace lango::cli {

namespace {

struct Choice {
    std::string name, merchant;
    std::string role = "operator";
};

bool flag_at(const json::Value& object, std::string_view name) {
    const auto* flag = object.find(name);
    return flag != nullptr && flag->boolean() != nullptr && *flag->boolean();
}

int add(const Operator& shared, const Choice& choice) {
    std::string body;
    json::Writer{body}
        .begin_object()
        .member("name", choice.name)
        .member("role", choice.role)
        .member("merchant", choice.merchant)
        .end_object();
    const auto answer = shared.ask(http::Method::post, "/admin/users", body);
    if (!answer) return 1;
    if (!shared.json) {
        say << choice.name << ", " << choice.role
            << ", was added. Their first key is shown once:\n  " << answer->text_at("key")
            << "\nWith it they make their own, before anything else: lango user new-key --as "
            << choice.name << '\n';
    }
    return 0;
}

int remove(const Operator& shared, const Choice& choice) {
    const auto answer = shared.ask(
        http::Method::post, "/admin/users/" + http::percent_encode(choice.name) + "/remove", "{}");
    if (!answer) return 1;
    if (!shared.json) say << choice.name << " does nothing any more\n";
    return 0;
}

// For another person by whoever may add people; without a name for oneself.
int invite(const Operator& shared, const Choice& choice) {
    const auto target = choice.name.empty()
                            ? std::string{"/admin/own-invitation"}
                            : "/admin/users/" + http::percent_encode(choice.name) + "/invite";
    const auto answer = shared.ask(http::Method::post, target, "{}");
    if (!answer) return 1;
    if (!shared.json) {
        say << answer->text_at("name") << " makes a password for the browser here, once, until "
            << answer->text_at("ends_at") << ":\n  " << answer->text_at("url") << '\n';
    }
    return 0;
}

// Whatever shell says who is named: the key that is shown is the one that goes.
int new_key(const Operator& shared) {
    const auto answer = shared.ask(http::Method::post, "/admin/own-key", "{}");
    if (!answer) return 1;
    if (!shared.json) {
        say << answer->text_at("name")
            << ": the key before it is worth nothing any more. The new one is shown once; nobody "
               "else keeps it:\n  "
            << answer->text_at("key") << '\n';
    }
    return 0;
}

void print_refused(const json::Value& answer) {
    const auto* refused = answer.find("refused_keys");
    if (refused == nullptr || refused->array() == nullptr) return;
    for (const auto& one : *refused->array()) {
        const auto name = one.text_at("name");
        say << "KEYS REFUSED of " << (name.empty() ? "names that nobody has" : name) << ": "
            << one.text_at("count") << ", " << one.text_at("first_at") << " to "
            << one.text_at("last_at") << '\n';
    }
}

int list(const Operator& shared) {
    const auto answer = shared.ask(http::Method::get, "/admin/users");
    if (!answer) return 1;
    if (shared.json) return 0;
    const auto* people = answer->find("people");
    const auto* acts = answer->find("acts");
    if (people == nullptr || people->array() == nullptr || acts == nullptr ||
        acts->array() == nullptr) {
        return 1;
    }
    if (people->array()->empty()) {
        say << "Nobody yet: lango user add NAME --role administrator\n";
    }
    for (const auto& person : *people->array()) {
        const auto merchant = person.text_at("merchant");
        say << person.text_at("name") << "  " << person.text_at("role")
            << (merchant.empty() ? std::string{} : " of " + merchant) << "  since "
            << person.text_at("added_at")
            << (flag_at(person, "key_is_own") ? "" : "  FIRST KEY: may only look") << '\n';
    }
    print_refused(*answer);
    for (const auto& act : *acts->array()) {
        say << "  " << act.text_at("at") << "  " << act.text_at("who") << ": " << act.text_at("act")
            << ' ' << act.text_at("subject") << ' ' << act.text_at("detail") << '\n';
    }
    return 0;
}

int log_in(const Operator& shared, const std::string& name) {
    auto quiet = shared;
    quiet.json = false;
    quiet.as = name;
    const auto answer = quiet.ask(http::Method::post, "/admin/sessions", "{}");
    if (!answer) return 1;
    keep_session(shared.config(), answer->text_at("session"));
    say << name << " is logged in until " << answer->text_at("ends_at")
        << "; lango logout ends it\n";
    return 0;
}

int log_out(const Operator& shared) {
    auto own = shared;
    own.by_session = true;
    const auto answer = own.ask(http::Method::post, "/admin/sessions/end", "{}");
    forget_session(shared.config());
    if (answer) say << "logged out\n";
    return answer ? 0 : 1;
}

}  // namespace

void add_user(CLI::App& program, Run& run) {
    auto* group = program.add_subcommand("user", "People who use this: who may do what");
    group->alias("operator");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto choice = std::make_shared<Choice>();
    auto* added = group->add_subcommand("add", "A new person and their key");
    shared->add_flags(*added);
    added->add_option("NAME", choice->name, "1 to 40 of a-z, 0-9, . and -")->required();
    added->add_option("--role", choice->role, "What they may do")
        ->capture_default_str()
        ->check(CLI::IsMember({"administrator", "operator", "support", "viewer"}));
    added->add_option("--merchant", choice->merchant, "A merchant's own person: its slug");
    added->callback([=, &run] { run = [=] { return add(*shared, *choice); }; });
    auto* own = group->add_subcommand(
        "new-key", "A key of your own in the place of the one that you show; it is shown once");
    shared->add_flags(*own);
    own->callback([=, &run] { run = [=] { return new_key(*shared); }; });
    auto* invited =
        group->add_subcommand("invite",
                              "A link with which NAME, who has nothing of their own yet, makes a "
                              "password for the browser; "
                              "without NAME one's own, in the place of the password before");
    shared->add_flags(*invited);
    invited->add_option("NAME", choice->name, "Whose; none: one's own");
    invited->callback([=, &run] { run = [=] { return invite(*shared, *choice); }; });
    auto* lost = group->add_subcommand(
        "recover",
        "While the gateway stands, on its machine: NAME is an administrator, with a new key");
    shared->add_flags(*lost);
    lost->add_option("NAME", choice->name, "Whose key is lost, or who comes in their place")
        ->required();
    lost->callback([=, &run] { run = [=] { return recover(*shared, choice->name); }; });
    auto* removed = group->add_subcommand("remove", "They do nothing any more");
    shared->add_flags(*removed);
    removed->add_option("NAME", choice->name)->required();
    removed->callback([=, &run] { run = [=] { return remove(*shared, *choice); }; });
    auto* listed = group->add_subcommand("list", "All of them, and what was done last");
    shared->add_flags(*listed);
    listed->callback([=, &run] { run = [=] { return list(*shared); }; });
}

void add_trail(CLI::App& program, Run& run) {
    add_list(program, run, backoffice::lists::trail,
             {.name = "trail", .help = "What people did and changed, the latest first"});
}

void add_login(CLI::App& program, Run& run) {
    const auto shared = std::make_shared<Operator>();
    const auto name = std::make_shared<std::string>();
    auto* in = program.add_subcommand(
        "login", "A session for this shell's user, for eight hours: no key with every command");
    shared->add_flags(*in);
    in->add_option("NAME", *name, "Who you are")->required();
    in->callback([=, &run] { run = [=] { return log_in(*shared, *name); }; });
    auto* out = program.add_subcommand("logout", "End that session");
    shared->add_flags(*out);
    out->callback([=, &run] { run = [=] { return log_out(*shared); }; });
}

}  // namespace lango::cli
