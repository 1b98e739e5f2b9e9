#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "base/json_writer.hpp"
#include "cli/commands.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

struct Choice {
    std::string phone;
};

std::string body_of(const Choice& choice) {
    std::string out;
    json::Writer{out}.begin_object().member("phone", choice.phone).end_object();
    return out;
}

int export_person(Operator shared, const Choice& choice) {
    shared.json = true;  // what is handed to the person is a file
    return shared.ask(http::Method::post, "/admin/person/export", body_of(choice)) ? 0 : 1;
}

int mask_person(const Operator& shared, const Choice& choice) {
    const auto answer = shared.ask(http::Method::post, "/admin/person/mask", body_of(choice));
    if (!answer) return 1;
    if (shared.json) return 0;
    say << answer->text_at("masked") << " rows were masked";
    if (const auto kept = answer->text_at("kept"); kept != "0") {
        say << ", " << kept << " are kept: open, disputed, or closed after "
            << answer->text_at("closed_before");
    }
    say << '\n';
    return 0;
}

}  // namespace

void add_person(CLI::App& program, Run& run) {
    auto* group = program.add_subcommand("person", "What is kept of one person, by his number");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto choice = std::make_shared<Choice>();
    const auto add = [&](const char* name, const char* help, auto what) {
        auto* command = group->add_subcommand(name, help);
        shared->add_flags(*command);
        command->add_option("PHONE", choice->phone, "2547..., or as it is dialled")->required();
        command->callback([=, &run] { run = [=] { return what(*shared, *choice); }; });
    };
    add("export", "All that names him, as JSON", export_person);
    add("mask", "Takes him out of whatever is over and need not be kept", mask_person);
}

}  // namespace lango::cli
