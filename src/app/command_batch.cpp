#include "app/command_batch.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <optional>

#include "app/files.hpp"
#include "app/signed_in.hpp"
#include "base/json_writer.hpp"
#include "sheets/sheet.hpp"

namespace lango::app {

namespace {

constexpr std::size_t rows_at_once = 200;
constexpr std::array<const char*, 5> fields{"withdrawal_id", "account_number", "amount", "label",
                                            "comment"};

struct Choice {
    SignedIn who;
    std::string file;
    std::string merchant;
    bool dry_run = false;
};

// Where each field stands; the first row names the columns.
using Columns = std::map<std::string, std::size_t>;

Columns columns_of(const sheets::Sheet& sheet) {
    Columns columns;
    if (sheet.empty()) throw UsageError{"the sheet is empty"};
    for (std::size_t i = 0; i < sheet.front().cells.size(); ++i) {
        columns.emplace(sheet.front().cells[i], i);
    }
    for (const auto* field : fields) {
        if (field != std::string_view{"comment"} && !columns.contains(field)) {
            throw UsageError{"the sheet's first row names no column " + std::string{field}};
        }
    }
    return columns;
}

void refuse_repeated_ids(const sheets::Sheet& sheet, const Columns& columns) {
    std::map<std::string, std::size_t, std::less<>> rows;
    for (std::size_t i = 1; i < sheet.size(); ++i) {
        const auto id = sheet[i].at(columns.at("withdrawal_id"));
        const auto [first, is_new] = rows.emplace(id, sheet[i].number);
        if (!is_new && !id.empty()) {
            throw UsageError{"row " + std::to_string(sheet[i].number) +
                             " has the withdrawal_id of row " + std::to_string(first->second)};
        }
    }
}

std::string chunk_body(const Choice& choice, const std::string& key, const sheets::Sheet& sheet,
                       const Columns& columns, std::size_t begin, std::size_t end, bool dry_run) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("as", choice.who.name)
        .member("key", key)
        .member("merchant", choice.merchant)
        .key("dry_run")
        .boolean(dry_run)
        .key("rows")
        .begin_array();
    for (auto i = begin; i < end; ++i) {
        writer.begin_object();
        for (const auto* field : fields) {
            const auto column = columns.find(field);
            if (column != columns.end()) writer.member(field, sheet[i].at(column->second));
        }
        writer.end_object();
    }
    writer.end_array().end_object();
    return out;
}

struct Counts {
    std::map<std::string, std::size_t> of;
    bool stopped = false;
};

// One pass over the sheet. Prints every row that is wrong or not covered; nothing: it was refused.
std::optional<Counts> pass(const Operator& shared, const Choice& choice, const std::string& key,
                           const sheets::Sheet& sheet, const Columns& columns, bool dry_run) {
    Counts counts;
    for (std::size_t begin = 1; begin < sheet.size() && !counts.stopped; begin += rows_at_once) {
        const auto end = std::min(sheet.size(), begin + rows_at_once);
        const auto answer =
            shared.ask(http::Method::post, "/admin/withdrawals/batch",
                       chunk_body(choice, key, sheet, columns, begin, end, dry_run));
        const auto* rows = answer ? answer->find("rows") : nullptr;
        if (rows == nullptr || rows->array() == nullptr) return std::nullopt;
        for (std::size_t i = 0; i < rows->array()->size(); ++i) {
            const auto& row = (*rows->array())[i];
            const auto outcome = row.text_at("outcome");
            ++counts.of[outcome];
            counts.stopped = counts.stopped || outcome == "short_of";
            if (outcome == "wrong" || outcome == "short_of") {
                std::cerr << "row " << sheet[begin + i].number << ": " << row.text_at("text")
                          << '\n';
            }
        }
    }
    return counts;
}

int batch(const Operator& shared, const Choice& choice) {
    const auto bytes = read_file(choice.file);
    if (!bytes) throw UsageError{"cannot read " + choice.file};
    const auto sheet = sheets::read(*bytes);
    if (!sheet) throw UsageError{choice.file + ": " + sheet.error()};
    const auto columns = columns_of(*sheet);
    refuse_repeated_ids(*sheet, columns);
    const auto key = choice.who.key();
    auto quiet = shared;
    quiet.json = false;
    // Always dry first: a batch with a wrong row does not begin.
    auto counts = pass(quiet, choice, key, *sheet, columns, true);
    if (!counts) return 1;
    const bool wrong = counts->of["wrong"] > 0;
    if (!choice.dry_run && wrong) {
        std::cerr << "nothing was taken: mend these rows first\n";
        return 1;
    }
    if (!choice.dry_run) counts = pass(quiet, choice, key, *sheet, columns, false);
    if (!counts) {
        std::cerr << "the batch was not ended: give it again, what was taken is left as it is\n";
        return 1;
    }
    std::cout << (choice.dry_run ? "would be taken " : "taken ") << counts->of["taken"]
              << ", there already " << counts->of["there"] << ", wrong " << counts->of["wrong"];
    if (counts->stopped) {
        const auto looked_at = counts->of["taken"] + counts->of["there"] + counts->of["wrong"];
        std::cout << "; stopped for want of money, " << sheet->size() - 1 - looked_at
                  << " rows are left: give it again when there is more";
    }
    std::cout << '\n';
    return counts->stopped || counts->of["wrong"] > 0 ? 1 : 0;
}

}  // namespace

void add_batch(CLI::App& group, Run& run) {
    const auto shared = std::make_shared<Operator>();
    const auto choice = std::make_shared<Choice>();
    auto* command = group.add_subcommand(
        "batch",
        "Many at once, from a CSV or XLSX sheet whose first row names withdrawal_id, "
        "account_number, amount, label and, if wanted, comment");
    shared->add_flags(*command);
    choice->who.add_flags(*command);
    command->add_option("MERCHANT", choice->merchant, "The merchant's short name")->required();
    command->add_option("FILE", choice->file)->required();
    command->add_flag("--dry-run", choice->dry_run, "Say what is wrong, write nothing");
    command->callback([=, &run] { run = [=] { return batch(*shared, *choice); }; });
}

}  // namespace lango::app
