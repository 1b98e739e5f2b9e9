#include "cli/batch.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <optional>

#include "base/crypto.hpp"
#include "base/json_writer.hpp"
#include "base/typed.hpp"
#include "cli/batch_text.hpp"
#include "process/files.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

using namespace std::chrono_literals;
using Answer = std::shared_ptr<const json::Value>;

constexpr auto look_again_after = 100ms;
constexpr std::int64_t page = 200;  // rows

struct Choice {
    std::string file, merchant, sum, number, state, before;
    bool dry_run = false;
    bool include_hidden = false;
    bool again = false;
};

std::string path_of(std::string_view number, const char* act = "") {
    return "/admin/batches/" + http::percent_encode(number) + act;
}

std::string bytes_of(const std::string& file) {
    auto bytes = process::read_file(file);
    if (!bytes) throw UsageError{"cannot read " + file};
    return *std::move(bytes);
}

// A member that is an object; nothing where it is none.
const json::Value* object_at(const Answer& answer, std::string_view name) {
    const auto* member = answer ? answer->find(name) : nullptr;
    return member != nullptr && member->object() != nullptr ? member : nullptr;
}

// Who says yes to a batch says what it pays out in all: whoever mistook the file does not know it.
// Nothing: they did not.
std::optional<std::string> said_sum(const std::string& by_flag, const json::Value& batch) {
    auto typed = by_flag;
    if (typed.empty() && is_attended()) {
        complain << "To let it go out type the sum, in shillings: ";
        complain.flush();
        typed = typed_line();
    }
    if (typed.empty()) {
        complain << "lango: say --sum and the sum of the sheet; nothing was done\n";
        return std::nullopt;
    }
    const auto sum = typed::amount(typed);
    const auto is = typed::amount(batch.text_at("sum"));
    if (sum && is && *sum == *is) return typed;
    complain << "lango: the sheet's sum is KES " << amount_at(batch, "sum") << " and not " << typed
             << "; nothing was done\n";
    return std::nullopt;
}

std::string yes_to(const json::Value& batch, const std::string& sum) {
    std::string body;
    json::Writer{body}
        .begin_object()
        .member("seen", batch.text_at("code"))
        .member("sum", sum)
        .end_object();
    return body;
}

void pause() {
    boost::asio::io_context io;
    boost::asio::steady_timer timer{io, look_again_after};
    timer.wait();
}

// Until nothing more becomes of it by itself; nothing: nobody could be asked any more.
Answer follow(const Operator& quiet, const std::string& number) {
    for (;;) {
        auto answer = quiet.ask(http::Method::get, path_of(number) + "?limit=1");
        const auto* batch = object_at(answer, "batch");
        if (batch == nullptr) return nullptr;
        if (batch->text_at("state") != "releasing") return answer;
        const auto* running = answer->find("running");
        if (running == nullptr || running->boolean() == nullptr || !*running->boolean()) {
            complain << "lango: the gateway does not run: the batch goes on when it does\n";
            return nullptr;
        }
        pause();
    }
}

// Rows in a state, a page at a time, on standard error. False: they could not be asked for.
bool print_rows_that_are(const Operator& quiet, const std::string& number, const char* state) {
    std::int64_t after = 0;
    for (;;) {
        const auto answer = quiet.ask(http::Method::get, path_of(number) + "?state=" + state +
                                                             "&limit=" + std::to_string(page) +
                                                             "&after=" + std::to_string(after));
        const auto* rows = answer ? answer->find("rows") : nullptr;
        if (rows == nullptr || rows->array() == nullptr) return false;
        print_wrong(rows);
        const auto& all = *rows->array();
        if (all.size() < static_cast<std::size_t>(page)) return true;
        const auto last = count_at(all.back(), "place");
        if (last <= after) return true;  // it goes round in circles
        after = last;
    }
}

// What became of it, and the exit code.
int print_outcome(const Operator& quiet, const json::Value& before, const json::Value& after) {
    const auto refused = count_at(after, "refused");
    if (refused > 0) {
        static_cast<void>(print_rows_that_are(quiet, after.text_at("number"), "refused"));
    }
    const auto made_before = count_at(before, "made");
    say << "taken " << count_at(after, "made") - made_before << ", there already "
        << made_before + count_at(after, "there") << ", wrong " << refused;
    const bool stopped = after.text_at("state") != "done";
    if (stopped) {
        say << "; " << after.text_at("state") << ", " << after.text_at("left")
            << " rows are left: " << after.text_at("why") << " (give it again when that is mended)";
    }
    say << '\n';
    return stopped || refused > 0 ? 1 : 0;
}

int release(const Operator& quiet, const json::Value& batch, const std::string& sum_by_flag) {
    const auto sum = said_sum(sum_by_flag, batch);
    if (!sum) return 1;
    const auto number = batch.text_at("number");
    const auto released =
        quiet.ask(http::Method::post, path_of(number, "/release"), yes_to(batch, *sum));
    if (!released) return 1;
    const auto ended = follow(quiet, number);
    const auto* after = object_at(ended, "batch");
    if (after == nullptr) {
        complain << "what becomes of it: lango batch show " << number << '\n';
        return 1;
    }
    return print_outcome(quiet, batch, *after);
}

Operator without_json(const Operator& shared) {
    auto quiet = shared;
    quiet.json = false;
    return quiet;
}

std::string upload_target(const Choice& choice) {
    return "/admin/batches?merchant=" + http::percent_encode(choice.merchant) +
           (choice.include_hidden ? "&include_hidden=yes" : "") +
           (choice.again ? "&again=yes" : "");
}

// What is wrong with its rows; all of them where the answer has only the first ones.
void print_wrong_rows(const Operator& quiet, const Answer& uploaded, const json::Value& batch) {
    const auto* rows = uploaded->find("wrong_rows");
    const bool is_all =
        rows != nullptr && rows->array() != nullptr &&
        static_cast<std::int64_t>(rows->array()->size()) >= count_at(batch, "wrong");
    if (is_all) {
        print_wrong(rows);
    } else {
        static_cast<void>(print_rows_that_are(quiet, batch.text_at("number"), "wrong"));
    }
}

int print_dry_run(const json::Value& check) {
    say << "would be taken " << check.text_at("taken") << ", there already "
        << check.text_at("there") << ", wrong " << check.text_at("wrong");
    const auto short_of = check.text_at("short_of");
    if (!short_of.empty()) {
        say << "; would stop for want of money, " << check.text_at("left")
            << " rows would be left: " << short_of;
    }
    say << '\n';
    return short_of.empty() && count_at(check, "wrong") == 0 ? 0 : 1;
}

int upload(const Operator& shared, const Choice& choice) {
    const auto quiet = without_json(shared);
    const auto bytes = bytes_of(choice.file);
    const auto uploaded = quiet.ask(http::Method::post, upload_target(choice), bytes);
    const auto* batch = object_at(uploaded, "batch");
    const auto* check = object_at(uploaded, "check");
    if (batch == nullptr || check == nullptr) {
        if (uploaded) complain << "lango: the gateway's answer has no batch\n";
        return 1;
    }
    say << "batch " << batch->text_at("number") << ", " << batch->text_at("state") << '\n';
    print_check(*batch, *check);
    const auto state = batch->text_at("state");
    const bool is_new = state == "checked";
    if (is_new && count_at(*batch, "wrong") > 0) print_wrong_rows(quiet, uploaded, *batch);
    if (choice.dry_run) return print_dry_run(*check);
    if (is_new && count_at(*batch, "wrong") > 0) {
        complain << "nothing was taken: mend these rows first\n";
        return 1;
    }
    if (state == "cancelled") {
        complain << "lango: this sheet was uploaded before and cancelled: --again uploads it anew; "
                    "nothing was done\n";
        return 1;
    }
    return release(quiet, *batch, choice.sum);
}

// The batch that this file was uploaded as, with what is to be known of it now.
Answer checked_batch_of(const Operator& quiet, const SheetToApprove& sheet) {
    const auto digest = crypto::hex(crypto::view(crypto::sha256(bytes_of(sheet.file))));
    const auto found = quiet.ask(
        http::Method::get,
        "/admin/batches?merchant=" + http::percent_encode(sheet.merchant) + "&digest=" + digest);
    const auto* all = found ? found->find("batches") : nullptr;
    if (all == nullptr || all->array() == nullptr) return nullptr;
    for (const auto& batch : *all->array()) {
        const auto* hidden = batch.find("include_hidden");
        const bool with_hidden =
            hidden != nullptr && hidden->boolean() != nullptr && *hidden->boolean();
        if (with_hidden != sheet.include_hidden) continue;
        return quiet.ask(http::Method::get, path_of(batch.text_at("number"), "/check"));
    }
    complain << "lango: this sheet was not uploaded as it is: lango withdrawal batch uploads it; "
                "nothing was approved\n";
    return nullptr;
}

// "approved 20"
int print_outcomes(const json::Value* outcomes) {
    if (outcomes == nullptr) return 1;
    const char* before = "";
    for (const auto& [outcome, count] : *outcomes->object()) {
        const auto* text = count.scalar_text();
        say << before << outcome << ' ' << (text == nullptr ? std::string{"?"} : *text);
        before = ", ";
    }
    say << '\n';
    return 0;
}

int list(const Operator& shared, const Choice& choice) {
    const auto answer = shared.ask(
        http::Method::get, "/admin/batches?merchant=" + http::percent_encode(choice.merchant) +
                               "&before=" + http::percent_encode(choice.before));
    const auto* all = answer ? answer->find("batches") : nullptr;
    if (all == nullptr || all->array() == nullptr) return 1;
    if (shared.json) return 0;
    for (const auto& batch : *all->array()) print_batch(batch);
    if (all->array()->empty()) say << "none\n";
    return 0;
}

int show(const Operator& shared, const Choice& choice) {
    const auto answer =
        shared.ask(http::Method::get, path_of(choice.number) + "?limit=" + std::to_string(page) +
                                          "&state=" + http::percent_encode(choice.state));
    const auto* batch = object_at(answer, "batch");
    if (batch == nullptr) return 1;
    if (shared.json) return 0;
    print_batch(*batch);
    const auto* rows = answer->find("rows");
    if (rows == nullptr || rows->array() == nullptr) return 0;
    for (const auto& row : *rows->array()) {
        say << "  row " << row.text_at("row") << "  " << row.text_at("state") << "  KES "
            << amount_at(row, "amount") << " to " << row.text_at("account_number") << "  "
            << row.text_at("withdrawal_id") << "  " << row.text_at("reason") << '\n';
    }
    return 0;
}

int release_by_number(const Operator& shared, const Choice& choice) {
    const auto quiet = without_json(shared);
    const auto checked = quiet.ask(http::Method::get, path_of(choice.number, "/check"));
    const auto* batch = object_at(checked, "batch");
    const auto* check = object_at(checked, "check");
    if (batch == nullptr || check == nullptr) return 1;
    print_check(*batch, *check);
    return release(quiet, *batch, choice.sum);
}

int cancel(const Operator& shared, const Choice& choice) {
    const auto answer = shared.ask(http::Method::post, path_of(choice.number, "/cancel"), "{}");
    const auto* batch = object_at(answer, "batch");
    if (batch == nullptr) return 1;
    if (!shared.json) print_batch(*batch);
    return 0;
}

void add_sum(CLI::App& command, Choice& choice) {
    command.add_option("--sum", choice.sum,
                       "What the sheet pays out in all, in shillings [asked for]");
}

}  // namespace

int approve_sheet(const Operator& shared, const SheetToApprove& sheet) {
    const auto quiet = without_json(shared);
    const auto checked = checked_batch_of(quiet, sheet);
    const auto* batch = object_at(checked, "batch");
    const auto* check = object_at(checked, "check");
    if (batch == nullptr || check == nullptr) return 1;
    print_check(*batch, *check);
    say << "waiting for an approval: " << check->text_at("waiting_for_approval") << '\n';
    const auto sum = said_sum(sheet.sum, *batch);
    if (!sum) return 1;
    const auto approved = quiet.ask(
        http::Method::post, path_of(batch->text_at("number"), "/approve"), yes_to(*batch, *sum));
    return print_outcomes(object_at(approved, "outcomes"));
}

void add_withdrawal_batch(CLI::App& group, Run& run) {
    const auto shared = std::make_shared<Operator>();
    const auto choice = std::make_shared<Choice>();
    auto* command = group.add_subcommand(
        "batch",
        "Many at once, from a CSV or XLSX sheet whose first row names withdrawal_id, "
        "account_number, amount, label and, if wanted, comment");
    shared->add_flags(*command);
    command->add_option("MERCHANT", choice->merchant, "The merchant's short name")->required();
    command->add_option("FILE", choice->file)->required();
    command->add_flag("--dry-run", choice->dry_run,
                      "Upload it and say what is wrong; nothing is paid by that");
    add_sum(*command, *choice);
    command->add_flag("--include-hidden", choice->include_hidden,
                      "Take hidden and filtered rows and columns, and a hidden first sheet, too");
    command->add_flag("--again", choice->again,
                      "Another batch of a file whose first one was cancelled or released");
    command->callback([=, &run] { run = [=] { return upload(*shared, *choice); }; });
}

void add_batch(CLI::App& program, Run& run) {
    auto* group = program.add_subcommand("batch", "Sheets of withdrawals that were uploaded");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto choice = std::make_shared<Choice>();
    const auto add = [&](const char* name, const char* help, auto what) {
        auto* command = group->add_subcommand(name, help);
        shared->add_flags(*command);
        command->callback([=, &run] { run = [=] { return what(*shared, *choice); }; });
        return command;
    };
    const auto of_one = [&](const char* name, const char* help, auto what) {
        auto* command = add(name, help, what);
        command->add_option("NUMBER", choice->number, "As the list tells it")->required();
        return command;
    };
    auto* all = add("list", "The latest", list);
    all->add_option("--merchant", choice->merchant, "Only this merchant's");
    all->add_option("--before", choice->before, "Those before this number");
    of_one("show", "How far it has come, and its first rows", show)
        ->add_option("--state", choice->state,
                     "Only rows that are open, made, there, refused or "
                     "wrong");
    add_sum(*of_one("release", "Its rows become withdrawals, as far as they are none yet",
                    release_by_number),
            *choice);
    of_one("cancel", "Nothing more is made of it; what was made stays", cancel);
}

}  // namespace lango::cli
