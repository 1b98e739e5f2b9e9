#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "backoffice/lists/nouns.hpp"
#include "base/json_writer.hpp"
#include "base/msisdn.hpp"
#include "cli/batch.hpp"
#include "cli/list.hpp"
#include "cli/retry_key.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

struct Choice {
    std::string id, merchant, account_number, amount, label, withdrawal_id, comment;
    std::string reason, paid, seen, batch, sum;
    bool failed = false;
    bool include_hidden = false;
};

std::string path_of(const Choice& choice, const char* act = "") {
    return "/admin/withdrawals/" + http::percent_encode(choice.id) + act;
}

std::string object_of(const std::vector<std::pair<const char*, std::string>>& members) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object();
    for (const auto& [name, value] : members) writer.member(name, value);
    writer.end_object();
    return out;
}

bool flag_at(const json::Value& value, std::string_view name) {
    const auto* flag = value.find(name);
    return flag != nullptr && flag->boolean() != nullptr && *flag->boolean();
}

// As everywhere, but where somebody must say yes to the whole number.
std::string phone_text(const json::Value& row) {
    const auto phone = Msisdn::parse(row.text_at("account_number"));
    if (!phone || flag_at(row, "needs_approval")) return row.text_at("account_number");
    return phone->masked();
}

void print_line(const json::Value& row) {
    say << row.text_at("id") << "  " << row.text_at("state") << "  KES " << row.text_at("amount")
        << " to " << phone_text(row) << "  " << row.text_at("merchant") << ' '
        << row.text_at("withdrawal_id");
    if (flag_at(row, "needs_approval")) say << "  to be approved";
    if (flag_at(row, "uncovered")) say << "  not covered";
    if (flag_at(row, "attention")) say << "  LOOK AT IT";
    say << '\n';
}

int show(const Operator& shared, const Choice& choice) {
    const auto answer = shared.ask(http::Method::get, path_of(choice));
    if (!answer) return 1;
    const auto* row = answer->find("withdrawal");
    if (shared.json || row == nullptr) return 0;
    print_line(*row);
    say << "  fee KES " << row->text_at("fee") << ", label " << row->text_at("label")
        << ", made by "
        << (row->text_at("created_by").empty() ? "the merchant's program"
                                               : row->text_at("created_by"))
        << "\n  receipt " << row->text_at("receipt") << ", result " << row->text_at("result_code")
        << "\n  gone to the recipient KES " << row->text_at("gone")
        << "\n  code of recipient and amount " << row->text_at("approval_code") << '\n';
    const auto each_of = [&](const char* name, auto&& print) {
        const auto* list = row->find(name);
        if (list == nullptr || list->array() == nullptr) return;
        for (const auto& one : *list->array()) print(one);
    };
    each_of("events", [&](const auto& event) {
        say << "  " << event.text_at("at") << "  " << event.text_at("event") << " -> "
            << event.text_at("state") << "  " << event.text_at("detail") << '\n';
    });
    each_of("rail_messages", [&](const auto& message) {
        say << "  " << message.text_at("at") << "  rail, " << message.text_at("kind") << ": "
            << message.text_at("body") << '\n';
    });
    return 0;
}

int create(const Operator& shared, Choice choice) {
    make_retry_key(choice.withdrawal_id, "--withdrawal-id");
    const auto answer = shared.ask(http::Method::post, "/admin/withdrawals",
                                   object_of({{"merchant", choice.merchant},
                                              {"account_number", choice.account_number},
                                              {"amount", choice.amount},
                                              {"label", choice.label},
                                              {"withdrawal_id", choice.withdrawal_id},
                                              {"comment", choice.comment}}));
    if (!answer) return 1;
    if (!shared.json) {
        say << answer->text_at("id") << ": " << answer->text_at("state")
            << ", no postback will tell of it\n";
    }
    return 0;
}

// What an approval covers, each on a line of its own and last: nothing that others wrote stands
// behind it (docs/decisions/0013).
void print_covered(const json::Value& row) {
    say << "merchant   " << row.text_at("merchant") << "\namount     KES " << row.text_at("amount")
        << "\nrecipient  " << row.text_at("account_number") << '\n';
}

// Whoever types the amount has read it.
bool is_confirmed(const json::Value& row) {
    complain << "To approve it type the amount, in shillings: ";
    complain.flush();
    if (typed_line() == row.text_at("amount")) return true;
    complain << "lango: that is not the amount; nothing was approved\n";
    return false;
}

// What the person is shown is what his approval covers.
int approve(const Operator& shared, Choice choice) {
    if (choice.id.empty() == choice.batch.empty()) {
        throw UsageError{"say ID, or --batch FILE and --merchant SLUG"};
    }
    if (!choice.batch.empty()) {
        return approve_sheet(shared, {.file = choice.batch,
                                      .merchant = choice.merchant,
                                      .sum = choice.sum,
                                      .include_hidden = choice.include_hidden});
    }
    if (choice.seen.empty()) {
        auto quiet = shared;
        quiet.json = false;
        const auto shown = quiet.ask(http::Method::get, path_of(choice));
        const auto* row = shown ? shown->find("withdrawal") : nullptr;
        if (row == nullptr) return 1;
        if (!shared.json) {
            print_line(*row);
            print_covered(*row);
            if (is_attended() && !is_confirmed(*row)) return 1;
        }
        choice.seen = row->text_at("approval_code");
    }
    const auto answer = shared.ask(http::Method::post, path_of(choice, "/approve"),
                                   object_of({{"seen", choice.seen}}));
    if (!answer) return 1;
    if (!shared.json) {
        say << answer->text_at("outcome") << ": " << answer->text_at("approvals") << " of "
            << answer->text_at("needed") << " approvals\n";
    }
    return 0;
}

int reject(const Operator& shared, const Choice& choice) {
    const auto answer = shared.ask(http::Method::post, path_of(choice, "/reject"),
                                   object_of({{"reason", choice.reason}}));
    if (!answer) return 1;
    if (!shared.json) say << choice.id << ": rejected, its money is free again\n";
    return 0;
}

int settle(const Operator& shared, const Choice& choice) {
    if (choice.failed == !choice.paid.empty()) {
        throw UsageError{"say --paid RECEIPT or --failed"};
    }
    const auto answer = shared.ask(http::Method::post, path_of(choice, "/settle"),
                                   object_of({{"verdict", choice.failed ? "failed" : "paid"},
                                              {"receipt", choice.paid},
                                              {"reason", choice.reason}}));
    if (!answer) return 1;
    if (!shared.json) {
        const auto outcome = answer->text_at("outcome");
        say << choice.id << ": "
            << (outcome == "first" ? "kept; another operator must say the same" : outcome) << '\n';
    }
    return 0;
}

}  // namespace

void add_withdrawal(CLI::App& program, Run& run) {
    auto* group = program.add_subcommand("withdrawal", "Money out: look, make, approve, settle");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto choice = std::make_shared<Choice>();
    const auto add = [&](const char* name, const char* help, auto what) {
        auto* command = group->add_subcommand(name, help);
        shared->add_flags(*command);
        command->callback([=, &run] { run = [=] { return what(*shared, *choice); }; });
        return command;
    };
    const auto decided = [&](const char* name, const char* help, auto what) {
        auto* command = add(name, help, what);
        command->add_option("ID", choice->id, "Ours, 16 hex digits: lango withdrawal list")
            ->required();
        return command;
    };
    add_list(*group, run, backoffice::lists::withdrawals,
             {.help = "Withdrawals, and refunds among them, the latest first"});
    add("show", "One and its story", show)->add_option("ID", choice->id)->required();
    auto* made = add("create", "By hand: the same road, and no postback", create);
    made->add_option("MERCHANT", choice->merchant, "The merchant's short name")->required();
    made->add_option("--account-number", choice->account_number, "The recipient's phone")
        ->required();
    made->add_option("--amount", choice->amount, "Whole shillings")->required();
    made->add_option("--label", choice->label, "The merchant's user")->required();
    made->add_option("--withdrawal-id", choice->withdrawal_id,
                     "The merchant's id; the same again makes nothing new [made]");
    made->add_option("--comment", choice->comment);
    auto* approved = add("approve", "Let it go out, or all of a sheet", approve);
    approved->add_option("ID", choice->id, "Ours, 16 hex digits: lango withdrawal list");
    approved->add_option("--seen", choice->seen, "The code of what was seen [shown now]");
    auto* sheet = approved->add_option("--batch", choice->batch,
                                       "The sheet that was given to lango withdrawal batch");
    sheet->type_name("FILE")->needs(
        approved->add_option("--merchant", choice->merchant, "Whose sheet it is"));
    approved->add_flag("--include-hidden", choice->include_hidden,
                       "Of a sheet that was given with it");
    approved->add_option("--sum", choice->sum,
                         "What the sheet pays out in all, in shillings [asked for]");
    decided("reject", "End it unpaid, before it has gone out", reject)
        ->add_option("--reason", choice->reason);
    auto* settled = decided("settle", "Say what became of one that stays unknown", settle);
    settled->add_option("--paid", choice->paid, "M-PESA's receipt")->type_name("RECEIPT");
    settled->add_flag("--failed", choice->failed, "The money has not left and will not");
    settled->add_option("--reason", choice->reason, "What was seen, and where");
    add_withdrawal_batch(*group, run);
}

}  // namespace lango::cli
