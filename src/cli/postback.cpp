#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "backoffice/lists/nouns.hpp"
#include "cli/commands.hpp"
#include "cli/list.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

int resend(const Operator& shared, const std::string& payment) {
    const auto answer = shared.ask(http::Method::post,
                                   "/admin/postbacks/" + http::percent_encode(payment) + "/resend");
    if (!answer) return 1;
    if (!shared.json) say << payment << ": its postback is due now\n";
    return 0;
}

int list(const Operator& shared) {
    const auto answer = shared.ask(http::Method::get, "/admin/postbacks/exhausted?limit=1000");
    if (!answer) return 1;
    if (shared.json) return 0;
    const auto* found = answer->find("postbacks");
    if (found == nullptr || found->array() == nullptr || found->array()->empty()) {
        say << "No postback is given up.\n";
        return 0;
    }
    for (const auto& postback : *found->array()) {
        say << postback.text_at("payment") << "  made " << postback.text_at("created_at") << "  "
            << postback.text_at("attempts") << " attempts\n";
    }
    return 0;
}

}  // namespace

void add_postback(CLI::App& program, Run& run) {
    auto* group = program.add_subcommand("postback", "What merchants are told");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto payment = std::make_shared<std::string>();
    auto* again = group->add_subcommand("resend", "Send a payment's postback again, at once");
    shared->add_flags(*again);
    again->add_option("PAYMENT", *payment, "The payment's id, 16 hex digits")->required();
    again->callback([=, &run] { run = [=] { return resend(*shared, *payment); }; });
    add_list(*group, run, backoffice::lists::postbacks, {.help = "Postbacks, the latest first"});
    add_list(*group, run, backoffice::lists::events,
             {.name = "events", .help = "Events of failed deposits, the latest first"});
    auto* given_up = group->add_subcommand("exhausted", "Postbacks that are no longer sent");
    shared->add_flags(*given_up);
    given_up->callback([=, &run] { run = [=] { return list(*shared); }; });
}

}  // namespace lango::cli
