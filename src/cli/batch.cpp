#include "cli/batch.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/json_writer.hpp"
#include "cli/batch_sheet.hpp"
#include "process/files.hpp"
#include "process/terminal.hpp"
#include "sheets/sheet.hpp"

namespace lango::cli {

namespace {

constexpr std::size_t rows_at_once = 200;
constexpr std::size_t shown_max = 20;  // of a list in the summary
constexpr std::array<const char*, 5> fields{"withdrawal_id", "account_number", "amount", "label",
                                            "comment"};

struct Choice {
    std::string file;
    std::string merchant;
    std::string sum;
    bool dry_run = false;
    bool include_hidden = false;
};

std::string chunk_body(const Choice& choice, const sheets::Sheet& sheet, const Columns& columns,
                       std::size_t begin, std::size_t end, bool dry_run) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("merchant", choice.merchant)
        .key("dry_run")
        .boolean(dry_run)
        .key("rows")
        .begin_array();
    for (auto i = begin; i < end; ++i) {
        writer.begin_object();
        for (const auto* field : fields) {
            if (columns.contains(field)) writer.member(field, field_of(sheet[i], columns, field));
        }
        writer.end_object();
    }
    writer.end_array().end_object();
    return out;
}

struct Counts {
    std::map<std::string, std::size_t> of;
    std::vector<std::size_t> new_recipients;  // rows of the sheet, ascending; in a dry run
    std::vector<std::pair<std::string, std::string>> to_approve;  // ids and codes; likewise
    bool stopped = false;
};

// One pass over the sheet. Prints every row that is wrong or not covered; nothing: it was refused.
std::optional<Counts> pass(const Operator& shared, const Choice& choice, const sheets::Sheet& sheet,
                           const Columns& columns, bool dry_run) {
    Counts counts;
    for (std::size_t begin = 1; begin < sheet.size() && !counts.stopped; begin += rows_at_once) {
        const auto end = std::min(sheet.size(), begin + rows_at_once);
        const auto answer = shared.ask(http::Method::post, "/admin/withdrawals/batch",
                                       chunk_body(choice, sheet, columns, begin, end, dry_run));
        const auto* rows = answer ? answer->find("rows") : nullptr;
        if (rows == nullptr || rows->array() == nullptr) return std::nullopt;
        for (std::size_t i = 0; i < rows->array()->size(); ++i) {
            const auto& row = (*rows->array())[i];
            const auto outcome = row.text_at("outcome");
            ++counts.of[outcome];
            counts.stopped = counts.stopped || outcome == "short_of";
            const auto* is_new = row.find("new_recipient");
            if (is_new != nullptr && is_new->boolean() != nullptr && *is_new->boolean()) {
                counts.new_recipients.push_back(sheet[begin + i].number);
            }
            if (const auto id = row.text_at("to_approve"); !id.empty()) {
                counts.to_approve.emplace_back(id, row.text_at("approval_code"));
            }
            if (outcome == "wrong" || outcome == "short_of") {
                complain << "row " << sheet[begin + i].number << ": " << row.text_at("text")
                         << '\n';
            }
        }
    }
    return counts;
}

void print_line(const BatchLine& line) {
    say << "  row " << line.row << ": KES " << money_text(line.amount.minor()) << " to "
        << line.recipient << '\n';
}

// The first of them, and how many more there are.
void print_lines(const std::vector<BatchLine>& lines) {
    for (std::size_t i = 0; i < std::min(lines.size(), shown_max); ++i) print_line(lines[i]);
    if (lines.size() > shown_max) say << "  and " << lines.size() - shown_max << " more\n";
}

// What a person should have looked at before the sheet is paid out.
void print_summary(const sheets::Sheet& sheet, const std::vector<BatchLine>& lines,
                   const Counts& counts) {
    say << sheet.size() - 1 << " rows, KES " << money_text(sum_of(lines).minor())
        << " in all\nthe largest:\n";
    for (const auto& line : largest(lines, 5)) print_line(line);
    std::vector<BatchLine> to_new;
    for (const auto& line : lines) {
        if (std::ranges::binary_search(counts.new_recipients, line.row)) to_new.push_back(line);
    }
    say << "to recipients who were never paid: " << to_new.size() << '\n';
    print_lines(to_new);
    const auto twice = repeated(lines);
    if (!twice.empty()) say << "THE SAME RECIPIENT AND AMOUNT MORE THAN ONCE:\n";
    for (std::size_t i = 0; i < std::min(twice.size(), shown_max); ++i) {
        for (const auto& line : twice[i]) print_line(line);
    }
}

// Who gives a batch says what it pays out in all: whoever mistook the file does not know it.
bool is_confirmed(const Choice& choice, Money sum) {
    auto typed = choice.sum;
    if (typed.empty() && is_attended()) {
        complain << "To let it go out type the sum, in shillings: ";
        complain.flush();
        typed = typed_line();
    }
    if (typed.empty()) {
        complain << "lango: say --sum and the sum of the sheet; nothing was done\n";
        return false;
    }
    if (typed_sum(typed) == sum) return true;
    complain << "lango: the sheet's sum is KES " << money_text(sum.minor()) << " and not " << typed
             << "; nothing was done\n";
    return false;
}

sheets::Sheet sheet_of(const Choice& choice) {
    const auto bytes = process::read_file(choice.file);
    if (!bytes) throw UsageError{"cannot read " + choice.file};
    auto sheet = sheets::read(
        *bytes, choice.include_hidden ? sheets::Hidden::read : sheets::Hidden::refused);
    if (!sheet) throw UsageError{choice.file + ": " + sheet.error()};
    return *std::move(sheet);
}

int batch(const Operator& shared, const Choice& choice) {
    const auto sheet = sheet_of(choice);
    const auto columns = columns_of(sheet);
    const auto lines = lines_of(sheet, columns);
    auto quiet = shared;
    quiet.json = false;
    // Always dry first: a batch with a wrong row does not begin.
    auto counts = pass(quiet, choice, sheet, columns, true);
    if (!counts) return 1;
    print_summary(sheet, lines, *counts);
    const bool wrong = counts->of["wrong"] > 0;
    if (!choice.dry_run && wrong) {
        complain << "nothing was taken: mend these rows first\n";
        return 1;
    }
    if (!choice.dry_run && !is_confirmed(choice, sum_of(lines))) return 1;
    if (!choice.dry_run) counts = pass(quiet, choice, sheet, columns, false);
    if (!counts) {
        complain << "the batch was not ended: give it again, what was taken is left as it is\n";
        return 1;
    }
    say << (choice.dry_run ? "would be taken " : "taken ") << counts->of["taken"]
        << ", there already " << counts->of["there"] << ", wrong " << counts->of["wrong"];
    if (counts->stopped) {
        const auto looked_at = counts->of["taken"] + counts->of["there"] + counts->of["wrong"];
        say << "; stopped for want of money, " << sheet.size() - 1 - looked_at
            << " rows are left: give it again when there is more";
    }
    say << '\n';
    return counts->stopped || counts->of["wrong"] > 0 ? 1 : 0;
}

// Each row carries its own approval, with the code of what it is: of the recipient and amount that
// the sheet has, or the row is wrong.
int approve_all(const Operator& quiet, const Counts& counts) {
    std::map<std::string, std::size_t> outcomes;
    for (const auto& [id, code] : counts.to_approve) {
        std::string body;
        json::Writer{body}.begin_object().member("seen", code).end_object();
        const auto answer =
            quiet.ask(http::Method::post,
                      "/admin/withdrawals/" + http::percent_encode(id) + "/approve", body);
        ++outcomes[answer ? answer->text_at("outcome") : "refused"];
    }
    const char* before = "";
    for (const auto& [outcome, count] : outcomes) {
        say << before << outcome << ' ' << count;
        before = ", ";
    }
    say << '\n';
    return outcomes.contains("refused") ? 1 : 0;
}

int approve(const Operator& shared, const Choice& choice) {
    const auto sheet = sheet_of(choice);
    const auto columns = columns_of(sheet);
    const auto lines = lines_of(sheet, columns);
    auto quiet = shared;
    quiet.json = false;
    const auto counts = pass(quiet, choice, sheet, columns, true);
    if (!counts) return 1;
    print_summary(sheet, lines, *counts);
    say << "waiting for an approval: " << counts->to_approve.size() << '\n';
    if (counts->to_approve.empty() || counts->to_approve.size() != sheet.size() - 1) {
        complain << "lango: not every row of the sheet is there and waits for an approval; nothing "
                    "was approved\n";
        return 1;
    }
    if (!is_confirmed(choice, sum_of(lines))) return 1;
    return approve_all(quiet, *counts);
}

}  // namespace

int approve_batch(const Operator& shared, const SheetToApprove& sheet) {
    return approve(shared, {.file = sheet.file,
                            .merchant = sheet.merchant,
                            .sum = sheet.sum,
                            .dry_run = true,
                            .include_hidden = sheet.include_hidden});
}

void add_batch(CLI::App& group, Run& run) {
    const auto shared = std::make_shared<Operator>();
    const auto choice = std::make_shared<Choice>();
    auto* command = group.add_subcommand(
        "batch",
        "Many at once, from a CSV or XLSX sheet whose first row names withdrawal_id, "
        "account_number, amount, label and, if wanted, comment");
    shared->add_flags(*command);
    command->add_option("MERCHANT", choice->merchant, "The merchant's short name")->required();
    command->add_option("FILE", choice->file)->required();
    command->add_flag("--dry-run", choice->dry_run, "Say what is wrong, write nothing");
    command->add_option("--sum", choice->sum,
                        "What the sheet pays out in all, in shillings [asked for]");
    command->add_flag("--include-hidden", choice->include_hidden,
                      "Take hidden and filtered rows and columns, and a hidden first sheet, too");
    command->callback([=, &run] { run = [=] { return batch(*shared, *choice); }; });
}

}  // namespace lango::cli
