#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "backoffice/lists/nouns.hpp"
#include "base/json_writer.hpp"
#include "cli/commands.hpp"
#include "cli/list.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

int settle(const Operator& shared, const std::string& order, const std::string& receipt) {
    std::string body;
    json::Writer{body}.begin_object().member("receipt", receipt).end_object();
    const auto answer = shared.ask(
        http::Method::post, "/admin/deposits/" + http::percent_encode(order) + "/settle", body);
    if (!answer) return 1;
    if (!shared.json) {
        say << order << ": " << answer->text_at("outcome") << ", booked and posted back\n";
    }
    return 0;
}

int attended(const Operator& shared, const std::string& order) {
    const auto answer = shared.ask(http::Method::post,
                                   "/admin/deposits/" + http::percent_encode(order) + "/attended");
    if (!answer) return 1;
    if (!shared.json) say << order << ": waits for nobody any more\n";
    return 0;
}

// When it was for the merchant, and in UTC: to the second.
std::string time_text(const json::Value& entry) {
    const auto utc = entry.text_at("at");
    return entry.text_at("local") + " (" + utc.substr(0, 10) + ' ' +
           (utc.size() > 19 ? utc.substr(11, 8) : "") + " UTC)";
}

int show(const Operator& shared, const std::string& order) {
    const auto answer =
        shared.ask(http::Method::get, "/admin/deposits/" + http::percent_encode(order));
    if (!answer) return 1;
    if (shared.json) return 0;
    const auto& deposit = *answer->find("deposit");
    say << deposit.text_at("order_id") << "  " << deposit.text_at("state") << "  "
        << minor_text(deposit, "amount_minor") << " KES from " << deposit.text_at("phone") << ", "
        << deposit.text_at("custom_transaction_id") << "\n  merchant "
        << deposit.text_at("merchant") << ", label " << deposit.text_at("label")
        << "\n  times are those of " << deposit.text_at("time_zone") << "\n  receipt "
        << deposit.text_at("receipt") << ", result " << deposit.text_at("result_code");
    if (const auto words = deposit.text_at("result_text"); !words.empty()) say << ": " << words;
    say << '\n';
    for (const auto& event : *answer->find("events")->array()) {
        say << "  " << time_text(event) << "  " << event.text_at("event");
        if (event.text_at("event") != event.text_at("state")) {
            say << " -> " << event.text_at("state");
        }
        say << "  " << event.text_at("detail") << '\n';
    }
    for (const auto& message : *answer->find("rail_messages")->array()) {
        say << "  " << time_text(message) << "  rail, " << message.text_at("kind") << ": "
            << message.text_at("body") << '\n';
    }
    for (const auto& refund : *answer->find("refunds")->array()) {
        const auto state = refund.text_at("state");
        const auto gone = refund.text_at("gone");
        say << "  refund " << refund.text_at("refund_id") << ", " << state;
        // Of what is paid all has gone; of what was called failed some may have, all the same.
        if (state != "paid" && gone != "0") say << " (KES " << gone << " gone)";
        say << ": KES " << refund.text_at("amount") << " of " << refund.text_at("receipt") << " by "
            << refund.text_at("method") << ", " << refund.text_at("reason") << " ("
            << refund.text_at("who") << ")\n";
    }
    const auto* postback = answer->find("postback");
    if (postback == nullptr) return 0;
    say << "  postback " << postback->text_at("id") << ", " << postback->text_at("state") << '\n';
    for (const auto& attempt : *postback->find("attempts")->array()) {
        say << "  " << time_text(attempt) << "  " << attempt.text_at("outcome") << ", status "
            << attempt.text_at("status") << ", " << attempt.text_at("answer") << '\n';
    }
    return 0;
}

void add_show(CLI::App& group, Run& run) {
    const auto shared = std::make_shared<Operator>();
    const auto order = std::make_shared<std::string>();
    auto* command = group.add_subcommand(
        "show", "A deposit's story: events, what the rail said, what its merchant was told");
    shared->add_flags(*command);
    command->add_option("ORDER", *order, "The order_id, 16 hex digits")->required();
    command->callback([=, &run] { run = [=] { return show(*shared, *order); }; });
}

void add_attended(CLI::App& group, Run& run) {
    const auto shared = std::make_shared<Operator>();
    const auto order = std::make_shared<std::string>();
    auto* command =
        group.add_subcommand("attended", "Take a deposit that a person has looked at off the list");
    shared->add_flags(*command);
    command->add_option("ORDER", *order, "The order_id, 16 hex digits")->required();
    command->callback([=, &run] { run = [=] { return attended(*shared, *order); }; });
}

int list_attention(const Operator& shared, int limit) {
    const auto answer =
        shared.ask(http::Method::get, "/admin/deposits/attention?limit=" + std::to_string(limit));
    if (!answer) return 1;
    if (shared.json) return 0;
    for (const auto& deposit : *answer->find("deposits")->array()) {
        say << deposit.text_at("order_id") << "  " << deposit.text_at("created_at") << "  "
            << deposit.text_at("state") << "  " << minor_text(deposit, "amount_minor") << " KES  "
            << deposit.text_at("last_event") << ' ' << deposit.text_at("detail") << '\n';
    }
    say << answer->text_at("count") << " wait for a person\n";
    return 0;
}

void add_deposit_list(CLI::App& group, Run& run) {
    const auto attention = std::make_shared<bool>(false);
    add_list(group, run, backoffice::lists::deposits,
             {.help = "Deposits, the latest first",
              .instead =
                  [attention](const Operator& shared, int limit) {
                      return *attention ? std::optional{list_attention(shared, limit)}
                                        : std::nullopt;
                  }})
        ->add_flag("--attention", *attention,
                   "Only those that nothing but a person settles, the oldest first");
}

}  // namespace

void add_deposit(CLI::App& program, Run& run) {
    auto* group = program.add_subcommand("deposit", "Single deposits");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto order = std::make_shared<std::string>();
    const auto receipt = std::make_shared<std::string>();
    auto* command = group->add_subcommand(
        "settle", "Book a deposit whose money a person has seen in M-PESA's own records");
    shared->add_flags(*command);
    command->add_option("ORDER", *order, "The order_id, 16 hex digits")->required();
    command->add_option("--receipt", *receipt, "M-PESA's receipt, such as NLJ7RT61SV")->required();
    command->callback([=, &run] { run = [=] { return settle(*shared, *order, *receipt); }; });
    add_show(*group, run);
    add_deposit_list(*group, run);
    add_attended(*group, run);
}

}  // namespace lango::cli
