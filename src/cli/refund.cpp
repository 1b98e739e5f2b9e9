#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "backoffice/lists/nouns.hpp"
#include "base/json_writer.hpp"
#include "cli/commands.hpp"
#include "cli/list.hpp"
#include "cli/retry_key.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

struct Choice {
    std::string id, order, receipt, amount, method, phone, reason, retry_key;
};

bool flag_at(const json::Value& value, std::string_view name) {
    const auto* flag = value.find(name);
    return flag != nullptr && flag->boolean() != nullptr && *flag->boolean();
}

void print_line(const json::Value& refund) {
    say << refund.text_at("refund_id") << "  " << refund.text_at("state") << "  KES "
        << refund.text_at("amount") << " of " << refund.text_at("receipt") << " to "
        << refund.text_at("phone") << " by " << refund.text_at("method");
    if (const auto order = refund.text_at("order_id"); !order.empty()) {
        say << ", order " << order;
    }
    if (flag_at(refund, "needs_approval")) say << "  to be approved by another operator";
    if (flag_at(refund, "attention")) say << "  LOOK AT IT";
    say << '\n';
}

int create(const Operator& shared, Choice choice) {
    if (choice.order.empty() && choice.receipt.empty()) {
        throw UsageError{"say --order ORDER, --receipt RECEIPT, or both"};
    }
    make_retry_key(choice.retry_key, "--retry-key");
    std::string body;
    json::Writer writer{body};
    writer.begin_object();
    for (const auto& [name, value] : {std::pair{"order_id", &choice.order},
                                      {"receipt", &choice.receipt},
                                      {"amount", &choice.amount},
                                      {"method", &choice.method},
                                      {"phone", &choice.phone},
                                      {"reason", &choice.reason},
                                      {"retry_key", &choice.retry_key}}) {
        writer.member(name, *value);
    }
    writer.end_object();
    const auto answer = shared.ask(http::Method::post, "/admin/refunds", body);
    const auto* refund = answer ? answer->find("refund") : nullptr;
    if (refund == nullptr) return 1;
    if (shared.json) return 0;
    print_line(*refund);
    if (flag_at(*answer, "made_before")) say << "this retry key had made it before\n";
    if (flag_at(*refund, "needs_approval")) {
        say << "another operator lets it go: lango withdrawal approve "
            << refund->text_at("refund_id") << '\n';
    }
    return 0;
}

int show(const Operator& shared, const Choice& choice) {
    const auto answer =
        shared.ask(http::Method::get, "/admin/refunds/" + http::percent_encode(choice.id));
    const auto* refund = answer ? answer->find("refund") : nullptr;
    if (refund == nullptr) return 1;
    if (shared.json) return 0;
    print_line(*refund);
    say << "  \"" << refund->text_at("reason") << "\", by " << refund->text_at("who") << ", "
        << refund->text_at("created_at") << "\n  booked as " << refund->text_at("paid_with")
        << ", result " << refund->text_at("result_code") << "\n  code of recipient and amount "
        << refund->text_at("approval_code") << '\n';
    for (const auto& approval : *refund->find("approvals")->array()) {
        say << "  " << approval.text_at("at") << "  approved by " << approval.text_at("who")
            << '\n';
    }
    for (const auto& event : *refund->find("events")->array()) {
        say << "  " << event.text_at("at") << "  " << event.text_at("event") << " -> "
            << event.text_at("state") << "  " << event.text_at("detail") << '\n';
    }
    return 0;
}

}  // namespace

void add_refund(CLI::App& program, Run& run) {
    auto* group = program.add_subcommand("refund", "Money that came in and goes back");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto choice = std::make_shared<Choice>();
    const auto add = [&](const char* name, const char* help, auto what) {
        auto* command = group->add_subcommand(name, help);
        shared->add_flags(*command);
        command->callback([=, &run] { run = [=] { return what(*shared, *choice); }; });
        return command;
    };
    auto* made = add("create", "Give it back, whole or in part, as a reversal or a payout", create);
    made->add_option("--order", choice->order, "The order_id, 16 hex digits");
    made->add_option("--receipt", choice->receipt,
                     "M-PESA's receipt of the money [the one that paid the order]");
    made->add_option("--amount", choice->amount, "Whole shillings [all that is left]");
    made->add_option("--method", choice->method,
                     "reversal or payout [reversal of all, payout of a part]");
    made->add_option("--phone", choice->phone, "Who gets it, of a payout [the payer]");
    made->add_option("--reason", choice->reason, "Why, for the trail")->required();
    made->add_option("--retry-key", choice->retry_key,
                     "What a request was called whose answer was lost [made]");
    add_list(*group, run, backoffice::lists::refunds, {.help = "Refunds, the latest first"});
    add("show", "One and its story", show)
        ->add_option("REFUND", choice->id, "16 hex digits: lango refund list")
        ->required();
}

}  // namespace lango::cli
