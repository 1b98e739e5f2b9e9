#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "backoffice/lists/nouns.hpp"
#include "base/json_writer.hpp"
#include "cli/commands.hpp"
#include "cli/list.hpp"

namespace lango::cli {

namespace {

struct Choice {
    std::string number, seen;
};

std::string target(const Choice& choice, const char* act = "") {
    return "/admin/proposals/" + http::percent_encode(choice.number) + act;
}

std::string text_of(const json::Value& value) {
    if (const auto* const text = value.scalar_text()) return *text;
    if (value.array() == nullptr) return "(more)";
    std::string all;
    for (const auto& one : *value.array()) all += (all.empty() ? "" : ", ") + text_of(one);
    return all;
}

// What is to be done, as it will be done.
void print(const json::Value& proposal) {
    say << proposal.text_at("number") << "  " << proposal.text_at("state") << "  "
        << proposal.text_at("use_case") << ", proposed by " << proposal.text_at("proposed_by")
        << ", " << proposal.text_at("proposed_at") << "\n  " << proposal.text_at("path") << '\n';
    if (const auto* body = proposal.find("body"); body != nullptr && body->object() != nullptr) {
        for (const auto& [name, value] : *body->object()) {
            say << "    " << name << ": " << text_of(value) << '\n';
        }
    }
    const auto* damaged = proposal.find("damaged");
    if (damaged != nullptr && damaged->boolean() != nullptr && *damaged->boolean()) {
        say << "    DAMAGED: what is stored of it cannot be read, and is carried out by nobody\n";
    }
    if (const auto outcome = proposal.text_at("outcome"); !outcome.empty()) {
        say << "  came to: " << outcome << '\n';
    }
    say << "  code " << proposal.text_at("code") << '\n';
}

int show(const Operator& shared, const Choice& choice) {
    const auto answer = shared.ask(http::Method::get, target(choice));
    const auto* proposal = answer ? answer->find("proposal") : nullptr;
    if (proposal == nullptr) return 1;
    if (!shared.json) print(*proposal);
    return 0;
}

// What the person is shown is what they agree to.
int agree(const Operator& shared, Choice choice) {
    if (choice.seen.empty()) {
        auto quiet = shared;
        quiet.json = false;
        const auto shown = quiet.ask(http::Method::get, target(choice));
        const auto* proposal = shown ? shown->find("proposal") : nullptr;
        if (proposal == nullptr) return 1;
        if (!shared.json) print(*proposal);
        if (is_attended()) {
            complain << "To agree to it type its number: ";
            complain.flush();
            if (typed_line() != proposal->text_at("number")) {
                complain << "lango: nothing was done\n";
                return 1;
            }
        }
        choice.seen = proposal->text_at("code");
    }
    std::string body;
    json::Writer{body}.begin_object().member("seen", choice.seen).end_object();
    auto printed = shared;
    printed.json = true;  // it may answer with what is shown once: a key
    const auto answer = printed.ask(http::Method::post, target(choice, "/agree"), body);
    return answer ? 0 : 1;
}

int reject(const Operator& shared, const Choice& choice) {
    const auto answer = shared.ask(http::Method::post, target(choice, "/reject"), "{}");
    if (!answer) return 1;
    if (!shared.json) say << choice.number << ": nothing comes of it\n";
    return 0;
}

}  // namespace

void add_proposal(CLI::App& program, Run& run) {
    auto* group =
        program.add_subcommand("proposal", "What one person wants done and another must agree to");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto choice = std::make_shared<Choice>();
    const auto add = [&](const char* name, const char* help, auto what) {
        auto* command = group->add_subcommand(name, help);
        shared->add_flags(*command);
        command->add_option("NUMBER", choice->number, "As the list tells it")->required();
        command->callback([=, &run] { run = [=] { return what(*shared, *choice); }; });
        return command;
    };
    add_list(*group, run, backoffice::lists::proposals,
             {.help = "What waits, the latest first", .state = "open", .print = print});
    add("show", "One of it", show);
    add("agree", "It is carried out", agree)
        ->add_option("--seen", choice->seen, "The code of what was seen [shown now]");
    add("reject", "It is not; your own is withdrawn", reject);
}

}  // namespace lango::cli
