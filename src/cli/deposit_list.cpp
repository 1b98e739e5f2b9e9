#include "cli/deposit_list.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>
#include <array>

namespace lango::cli {

namespace {

struct Choice {
    bool attention = false;
    bool csv = false;
    int limit = 100;
    std::string state, merchant, since, until, amount, phone, receipt, label, before;
};

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

constexpr std::array columns{
    "order_id", "created_at", "local",  "merchant", "custom_transaction_id",
    "label",    "state",      "amount", "currency", "phone",
    "receipt",  "result_code"};

// As RFC 4180 has it; a cell that a spreadsheet would take for a formula begins with a quote mark.
std::string csv_cell(std::string text) {
    if (!text.empty() &&
        std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos) {
        text.insert(0, 1, '\'');
    }
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

void print_csv(const json::Value& deposit) {
    const char* before = "";
    for (const auto* column : columns) {
        say << before << csv_cell(deposit.text_at(column));
        before = ",";
    }
    say << '\n';
}

void print_line(const json::Value& deposit) {
    say << deposit.text_at("order_id") << "  " << deposit.text_at("local") << "  "
        << deposit.text_at("state") << "  KES " << deposit.text_at("amount") << "  "
        << deposit.text_at("phone") << "  " << deposit.text_at("merchant") << ' '
        << deposit.text_at("custom_transaction_id");
    if (const auto receipt = deposit.text_at("receipt"); !receipt.empty()) say << "  " << receipt;
    if (const auto code = deposit.text_at("result_code"); !code.empty() && code != "0") {
        say << "  code " << code;
    }
    say << '\n';
}

std::string question(const Choice& choice, const std::string& before, int limit) {
    std::string target = "/admin/deposits?limit=" + std::to_string(limit);
    for (const auto& [name, value] : {std::pair{"state", &choice.state},
                                      {"merchant", &choice.merchant},
                                      {"since", &choice.since},
                                      {"until", &choice.until},
                                      {"amount", &choice.amount},
                                      {"phone", &choice.phone},
                                      {"receipt", &choice.receipt},
                                      {"label", &choice.label},
                                      {"before", &before}}) {
        if (!value->empty()) target += std::string{"&"} + name + "=" + http::percent_encode(*value);
    }
    return target;
}

// Page by page: each looks at so many rows, and may find none of them.
int list(const Operator& shared, const Choice& choice) {
    if (choice.csv) {
        const char* between = "";
        for (const auto* column : columns) {
            say << between << std::string{column};
            between = ",";
        }
        say << '\n';
    }
    auto before = choice.before;
    int shown = 0;
    do {
        const auto answer =
            shared.ask(http::Method::get, question(choice, before, choice.limit - shown));
        const auto* rows = answer ? answer->find("deposits") : nullptr;
        if (rows == nullptr || rows->array() == nullptr) return 1;
        for (const auto& deposit : *rows->array()) {
            if (choice.csv)
                print_csv(deposit);
            else if (!shared.json)
                print_line(deposit);
        }
        shown += static_cast<int>(rows->array()->size());
        before = answer->text_at("next");
    } while (!shared.json && shown < choice.limit && !before.empty());
    if (shared.json || choice.csv) return 0;
    if (shown == 0) say << "none\n";
    if (!before.empty()) say << "older ones: --before " << before << '\n';
    return 0;
}

}  // namespace

void add_deposit_list(CLI::App& group, Run& run) {
    const auto shared = std::make_shared<Operator>();
    const auto choice = std::make_shared<Choice>();
    auto* command = group.add_subcommand("list", "Deposits, the latest first");
    shared->add_flags(*command);
    command->add_flag("--attention", choice->attention,
                      "Only those that nothing but a person settles, the oldest first");
    command->add_option("--limit", choice->limit, "At most so many")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000));
    command->add_flag("--csv", choice->csv, "As a sheet");
    command->add_option("--state", choice->state,
                        "created, pushing, prompted, unknown, verifying, paid, failed or expired");
    command->add_option("--merchant", choice->merchant, "A merchant's short name");
    command->add_option("--since", choice->since,
                        "2026-11-29, 2026-11-29 14:05 (the merchant's time) or 24h");
    command->add_option("--until", choice->until, "Likewise");
    command->add_option("--amount", choice->amount, "In shillings");
    command->add_option("--phone", choice->phone, "The payer's");
    command->add_option("--receipt", choice->receipt, "M-PESA's receipt");
    command->add_option("--label", choice->label, "The merchant's user");
    command->add_option("--before", choice->before, "As the last page said");
    command->callback([=, &run] {
        run = [=] {
            return choice->attention ? list_attention(*shared, choice->limit)
                                     : list(*shared, *choice);
        };
    });
}

}  // namespace lango::cli
