#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "base/json_writer.hpp"
#include "cli/commands.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

struct Choice {
    std::string seen;
    std::string receipt;
    std::string merchant;
    std::string amount;
};

void print_open(const json::Value& open) {
    say << "RESTORED: an older backup stands here, " << open.text_at("why") << ".\n"
        << "What was done between " << open.text_at("gone_from") << " and "
        << open.text_at("gone_to") << " is not in it.\n\n"
        << "Halted: payouts and refunds (" << open.text_at("payouts_held")
        << " held), postbacks of its payments (" << open.text_at("postbacks_held")
        << " held). New orders are taken and pushed.\n"
        << "Payouts being asked about: " << open.text_at("payouts_asked_about")
        << "; for a person: " << open.text_at("payouts_for_a_person")
        << " (lango withdrawal list --state attention)\n"
        << "Waiting for approval or for their money: " << open.text_at("payouts_waiting")
        << "; each is asked about when it is let go, before it goes out\n";
    if (open.text_at("pulled_to").empty()) {
        say << "Safaricom's list of payments has not been read back yet.\n";
    } else {
        say << "Safaricom's list of payments was read from " << open.text_at("pulled_from")
            << " to " << open.text_at("pulled_to")
            << ": money without an order is in lango paybill list\n";
        if (open.text_at("unreadable") != "0") {
            say << open.text_at("unreadable")
                << " messages could not be read, pages of that list among them: lango unreadable "
                   "list\n";
        }
    }
    say << "\nNow look at the organisation's portal (org.ke.m-pesa.com) for payouts from "
        << open.text_at("gone_from") << " to " << open.text_at("gone_to")
        << ": tell each merchant which of his withdrawals were paid, so that he does not "
           "ask for them under another id.\n"
        << "Then: lango restore lift --as NAME --seen " << open.text_at("seen") << '\n';
}

int show(const Operator& shared, const Choice&) {
    const auto answer = shared.ask(http::Method::get, "/admin/restore");
    if (!answer) return 1;
    if (shared.json) return 0;
    const auto* open = answer->find("restored");
    if (open == nullptr || open->is_null()) {
        say << "No older backup stands here.\n";
    } else {
        print_open(*open);
    }
    const auto* lost = answer->find("lost_payouts");
    if (lost == nullptr || lost->array() == nullptr || lost->array()->empty()) return 0;
    say << "\nPaid by Safaricom, and no row is here (lango restore book RECEIPT --merchant "
           "SLUG --as NAME):\n";
    for (const auto& payout : *lost->array()) {
        say << "  " << payout.text_at("receipt") << "  KES " << payout.text_at("amount") << "  to "
            << payout.text_at("recipient") << "  " << payout.text_at("payout_id") << "  told "
            << payout.text_at("told_at") << '\n';
    }
    return 0;
}

int lift(const Operator& shared, const Choice& choice) {
    std::string body;
    json::Writer{body}.begin_object().member("seen", choice.seen).end_object();
    if (!shared.ask(http::Method::post, "/admin/restore/lift", body)) return 1;
    if (!shared.json) say << "lifted: what was held goes out\n";
    return 0;
}

int book(const Operator& shared, const Choice& choice) {
    std::string body;
    json::Writer{body}
        .begin_object()
        .member("merchant", choice.merchant)
        .member("amount", choice.amount)
        .end_object();
    if (!shared.ask(http::Method::post,
                    "/admin/restore/lost/" + http::percent_encode(choice.receipt), body)) {
        return 1;
    }
    if (!shared.json) {
        say << choice.receipt << ": booked, " << choice.merchant << " owes it\n";
    }
    return 0;
}

}  // namespace

void add_restore(CLI::App& program, Run& run) {
    auto* group = program.add_subcommand("restore", "After an older backup was put back");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto choice = std::make_shared<Choice>();
    const auto add = [&](const char* name, const char* help, auto what) {
        auto* command = group->add_subcommand(name, help);
        shared->add_flags(*command);
        command->callback([=, &run] { run = [=] { return what(*shared, *choice); }; });
        return command;
    };
    add("show", "Whether an older backup stands here, what is halted, what a person must do", show);
    auto* lifts = add("lift", "The portal has been looked at: what was held goes out", lift);
    lifts->add_option("--seen", choice->seen, "The code that lango restore show prints")
        ->required();
    auto* books = add("book", "A payout without a row was this merchant's: he owes it", book);
    books->add_option("RECEIPT", choice->receipt, "As lango restore show prints it")->required();
    books->add_option("--merchant", choice->merchant, "His slug")->required();
    books->add_option("--amount", choice->amount, "KES, where Safaricom did not say");
}

}  // namespace lango::cli
