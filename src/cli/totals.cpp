#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>
#include <charconv>
#include <map>
#include <tuple>

#include "backoffice/lists/totals.hpp"
#include "base/json_writer.hpp"
#include "cli/commands.hpp"
#include "cli/rows.hpp"

namespace lango::cli {

namespace {

struct Choice {
    std::string by = "day";
    std::string merchant, since, until;
    bool csv = false;
};

std::int64_t integer_at(const json::Value& value, std::string_view name) {
    const auto text = value.text_at(name);
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string target(const Choice& choice, const std::string& from) {
    std::string text = "/admin/totals?by=" + choice.by;
    for (const auto& [name, value] : {std::pair{"merchant", &choice.merchant},
                                      {"since", &choice.since},
                                      {"until", &choice.until},
                                      {"from", &from}}) {
        if (!value->empty()) text += std::string{"&"} + name + "=" + http::percent_encode(*value);
    }
    return text;
}

// All answers' entries, and the zone of the last; nothing: refused, which has been told.
struct Told {
    std::vector<json::Value> entries;
    std::string zone;
};
std::optional<Told> ask(const Operator& shared, const Choice& choice) {
    auto quiet = shared;
    quiet.json = false;
    Told told;
    std::string from;
    do {
        const auto answer = quiet.ask(http::Method::get, target(choice, from));
        const auto* totals = answer ? answer->find("totals") : nullptr;
        if (totals == nullptr || totals->array() == nullptr) return std::nullopt;
        for (const auto& entry : *totals->array()) told.entries.push_back(entry);
        told.zone = answer->text_at("zone");
        // The same again would be no end.
        const auto next = answer->text_at("next");
        from = next == from ? std::string{} : next;
    } while (!from.empty());
    return told;
}

struct Reason {
    std::int64_t deposits = 0;
    std::int64_t minor = 0;
};

// Each reason once, with its share of those that are closed.
std::vector<json::Value> reasons_of(const std::vector<json::Value>& entries) {
    std::map<std::tuple<std::string, std::string, std::string>, Reason> sums;
    std::int64_t closed = 0;
    for (const auto& entry : entries) {
        auto& sum = sums[{entry.text_at("state"), entry.text_at("result_code"),
                          entry.text_at("result_text")}];
        sum.deposits += integer_at(entry, "deposits");
        sum.minor += integer_at(entry, "amount_minor");
        if (entry.text_at("state") != "open") closed += integer_at(entry, "deposits");
    }
    std::vector<json::Value> rows;
    for (const auto& [key, sum] : sums) {
        const auto& [state, code, text] = key;
        std::string row;
        json::Writer{row}
            .begin_object()
            .member("state", state)
            .member("result_code", code)
            .member("result_text", text)
            .member("deposits", sum.deposits)
            .member("percent", state == "open" ? std::string{}
                                               : backoffice::lists::percent(sum.deposits, closed))
            .member("amount", Money{sum.minor, Currency::kes()}.text())
            .end_object();
        if (auto parsed = json::parse(row)) rows.push_back(*std::move(parsed));
    }
    return rows;
}

void print_json(const Names& columns, const Choice& choice, const Told& told) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").member("by", choice.by).member("zone", told.zone);
    writer.key("totals").begin_array();
    for (const auto& row : told.entries) {
        writer.begin_object();
        for (const auto& column : columns) {
            const auto* value = row.find(column);
            if (value != nullptr && value->number() != nullptr) {
                writer.key(column).raw(value->number()->text);
            } else {
                writer.member(column, row.text_at(column));
            }
        }
        writer.end_object();
    }
    writer.end_array().end_object();
    say.json(out);
}

int show(const Operator& shared, const Choice& choice) {
    auto told = ask(shared, choice);
    if (!told) return 1;
    const bool by_day = choice.by == "day";
    if (!by_day) told->entries = reasons_of(told->entries);
    const Names columns =
        by_day ? Names{"day",     "deposits", "paid",        "failed", "expired", "open",
                       "success", "in",       "withdrawals", "out",    "refunds", "refunded"}
               : Names{"state", "result_code", "result_text", "deposits", "percent", "amount"};
    if (shared.json) {
        print_json(columns, choice, *told);
    } else if (choice.csv) {
        print_csv_names(columns);
        for (const auto& row : told->entries) print_csv(columns, row);
    } else if (told->entries.empty()) {
        say << "none\n";
    } else {
        print_table(columns, told->entries);
        say << "amounts in KES, success in percent of those that are closed, days of " << told->zone
            << '\n';
    }
    return 0;
}

}  // namespace

void add_totals(CLI::App& program, Run& run) {
    const auto shared = std::make_shared<Operator>();
    const auto choice = std::make_shared<Choice>();
    shared->shows_itself = true;
    auto* command = program.add_subcommand(
        "totals", "How many payments came, were paid and failed, by day or by reason");
    shared->add_flags(*command);
    command->add_option("--by", choice->by, "day or reason")
        ->capture_default_str()
        ->check(CLI::IsMember({"day", "reason"}));
    command->add_option("--merchant", choice->merchant, "A merchant's slug");
    command->add_option("--since", choice->since,
                        "2026-11-29, 2026-11-29 14:05 (the merchant's time) or 24h [a week]");
    command->add_option("--until", choice->until, "Likewise [now]");
    command->add_flag("--csv", choice->csv, "As a sheet");
    command->callback([=, &run] { run = [=] { return show(*shared, *choice); }; });
}

}  // namespace lango::cli
