#include "cli/list.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>
#include <algorithm>
#include <cctype>
#include <map>

#include "cli/rows.hpp"

namespace lango::cli {

namespace {

namespace lists = backoffice::lists;

constexpr std::string_view any = "any";
constexpr int pages_until_told = 25;  // that found nothing to show

struct Choice {
    bool csv = false;
    int limit = 100;
    std::string before;
    std::map<std::string, std::string> filters;
};

std::string flag_of(std::string_view name) {
    std::string flag = "--" + std::string{name};
    std::ranges::replace(flag, '_', '-');
    return flag;
}

std::string sentence(std::string_view about) {
    std::string text{about};
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    return text;
}

Names names_of(const lists::Noun& noun, lists::In last) {
    Names names;
    for (const auto& column : noun.columns) {
        if (column.in <= last) names.emplace_back(column.name);
    }
    return names;
}

std::string question(const lists::Noun& noun, const Choice& choice, const std::string& before,
                     int limit) {
    std::string target = std::string{noun.path} + "?limit=" + std::to_string(limit);
    const auto add = [&](std::string_view name, const std::string& value) {
        if (value.empty() || value == any) return;
        target += "&" + std::string{name} + "=" + http::percent_encode(value);
    };
    for (const auto& [name, value] : choice.filters) add(name, value);
    add("before", before);
    return target;
}

// Rows as they come, or all of them at the end.
class Printer {
  public:
    Printer(const lists::Noun& noun, const ListWords& words, bool csv)
        : words_(words),
          csv_(csv),
          columns_(names_of(noun, csv ? lists::In::sheet : lists::In::table)) {
        if (csv_) print_csv_names(columns_);
    }
    void row(const json::Value& row) {
        ++count_;
        if (csv_) {
            print_csv(columns_, row);
        } else if (words_.print) {
            words_.print(row);
        } else {
            rows_.push_back(row);
        }
    }
    void end(const std::string& before) const {
        if (csv_) return;
        if (count_ == 0) say << "none\n";
        if (!rows_.empty()) print_table(columns_, rows_);
        if (!before.empty()) say << "older ones: --before " << before << '\n';
    }
    [[nodiscard]] int count() const { return count_; }

  private:
    const ListWords& words_;
    bool csv_;
    Names columns_;
    std::vector<json::Value> rows_;
    int count_ = 0;
};

// Page by page: each looks at so many rows, and may find none of them.
int list(const Operator& shared, const lists::Noun& noun, const ListWords& words,
         const Choice& choice) {
    if (shared.json) {
        return shared.ask(http::Method::get, question(noun, choice, choice.before, choice.limit))
                   ? 0
                   : 1;
    }
    Printer printer{noun, words, choice.csv};
    auto before = choice.before;
    int empty = 0;
    do {
        const auto answer = shared.ask(
            http::Method::get, question(noun, choice, before, choice.limit - printer.count()));
        const auto* rows = answer ? answer->find(noun.plural) : nullptr;
        if (rows == nullptr || rows->array() == nullptr) return 1;
        for (const auto& row : *rows->array()) printer.row(row);
        // The same again would be no end.
        const auto next = answer->text_at("next");
        before = next == before ? std::string{} : next;
        empty = rows->array()->empty() ? empty + 1 : 0;
        if (is_attended() && empty > 0 && empty % pages_until_told == 0) {
            complain << "searched back to " << answer->text_at("searched_to") << '\n';
        }
    } while (printer.count() < choice.limit && !before.empty());
    printer.end(before);
    return 0;
}

}  // namespace

CLI::App* add_list(CLI::App& group, Run& run, const lists::Noun& noun, ListWords words) {
    const auto shared = std::make_shared<Operator>();
    const auto choice = std::make_shared<Choice>();
    shared->shows_itself = true;
    auto* command = group.add_subcommand(words.name, words.help);
    shared->add_flags(*command);
    command->add_option("--limit", choice->limit, "At most so many")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000));
    command->add_flag("--csv", choice->csv, "As a sheet");
    for (const auto& filter : noun.filters) {
        if (filter.is_hidden) continue;
        auto about = sentence(filter.about);
        auto& value = choice->filters[std::string{filter.name}];
        if (filter.name == "state" && !words.state.empty()) {
            value = words.state;
            about += "; any: all [" + words.state + "]";
        }
        command->add_option(flag_of(filter.name), value, about);
    }
    command->add_option("--before", choice->before, "As the last page said");
    command->callback([=, &noun, &run, words = std::move(words)] {
        run = [=, &noun] {
            if (words.instead) {
                if (const auto code = words.instead(*shared, choice->limit)) return *code;
            }
            return list(*shared, noun, words, *choice);
        };
    });
    return command;
}

}  // namespace lango::cli
