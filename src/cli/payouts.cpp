#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <charconv>

#include "base/json_writer.hpp"
#include "cli/commands.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

std::int64_t number_at(const json::Value& value, std::string_view name) {
    const auto text = value.text_at(name);
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

void print_questions_halt(const json::Value& answer) {
    const auto* halt = answer.find("questions_halt");
    if (halt == nullptr || halt->is_null()) return;
    say << "NOTHING IS ASKED since " << halt->text_at("since") << ": " << halt->text_at("code")
        << ' ' << halt->text_at("description")
        << "\nWhen the initiator's password is mended: lango payouts resume\n";
}

// Whether there is one.
bool print_law_halt(const json::Value& answer) {
    const auto* halt = answer.find("law_halt");
    if (halt == nullptr || halt->is_null()) return false;
    say << "HALTED since " << halt->text_at("since")
        << ": a law of money is broken: " << halt->text_at("description")
        << "\nNothing is paid until it is proved again, or until an operator says that he knows: "
           "lango verify, then lango verify --acknowledge --as NAME\n";
    return true;
}

void print_halt(const json::Value& answer) {
    const bool of_law = print_law_halt(answer);
    const auto* halt = answer.find("halt");
    if (halt == nullptr || halt->is_null()) {
        if (!of_law) say << "not halted\n";
        return;
    }
    if (!halt->text_at("lifted_at").empty()) {
        say << "halted for " << halt->text_at("code") << ' ' << halt->text_at("description")
            << ", lifted at " << halt->text_at("lifted_at") << ": ";
        if (halt->text_at("probe").empty()) {
            say << "the next payout tries\n";
        } else {
            say << "withdrawal " << halt->text_at("probe")
                << " tries\nTo let another try: lango payouts resume\n";
        }
        return;
    }
    say << "HALTED since " << halt->text_at("since") << ": " << halt->text_at("code") << ' '
        << halt->text_at("description") << " (withdrawal " << halt->text_at("withdrawal") << ")\n"
        << (halt->text_at("what") == "everything"
                ? "Nothing is paid and nothing is asked: each further use of the credential "
                  "makes it worse."
                : "Nothing is paid; what is under way is still asked about.")
        << "\nWhen it is mended: lango payouts resume\n";
}

void print_float(const json::Value& answer) {
    const auto* held = answer.find("float");
    if (held == nullptr || held->is_null()) {
        say << "float: not known yet\n";
        return;
    }
    say << "float at " << held->text_at("read_at") << ": Utility KES "
        << money_text(number_at(*held, "utility_minor")) << ", Working KES "
        << money_text(number_at(*held, "working_minor")) << ", Charges Paid KES "
        << money_text(number_at(*held, "charges_minor")) << '\n';
    const auto left = held->text_at("runway_seconds");
    if (!left.empty()) {
        say << "runway: " << grouped(number_at(*held, "runway_seconds") / 3600)
            << " h when days are as the last one\n";
    }
}

int show(const Operator& shared) {
    const auto answer = shared.ask(http::Method::get, "/admin/payouts");
    if (!answer) return 1;
    if (shared.json) return 0;
    say << "payouts leave from " << answer->text_at("shortcode") << "; ";
    print_halt(*answer);
    print_questions_halt(*answer);
    if (const auto seen = answer->text_at("seen"); !seen.empty()) {
        say << "The halt's code: " << seen << '\n';
    }
    print_float(*answer);
    const auto* open = answer->find("open");
    if (open != nullptr && open->object() != nullptr) {
        for (const auto& [state, count] : *open->object()) {
            const auto* text = count.scalar_text();
            if (text != nullptr) say << state << ' ' << *text << "  ";
        }
        say << "attention " << answer->text_at("attention") << '\n';
    }
    return 0;
}

// The halt that is shown is the one that ends.
int resume(const Operator& shared, std::string seen) {
    if (seen.empty()) {
        auto quiet = shared;
        quiet.json = false;
        const auto shown = quiet.ask(http::Method::get, "/admin/payouts");
        if (!shown) return 1;
        if (!shared.json) {
            print_halt(*shown);
            print_questions_halt(*shown);
        }
        seen = shown->text_at("seen");
    }
    std::string body;
    json::Writer{body}.begin_object().member("seen", seen).end_object();
    if (!shared.ask(http::Method::post, "/admin/payouts/resume", body)) return 1;
    if (!shared.json) {
        say << "lifted: the smallest payout tries, the others follow when it is paid\n";
    }
    return 0;
}

int post(const Operator& shared, const char* path, const char* done) {
    if (!shared.ask(http::Method::post, path)) return 1;
    if (!shared.json) say << done << '\n';
    return 0;
}

}  // namespace

void add_payouts(CLI::App& program, Run& run) {
    auto* group = program.add_subcommand("payouts", "Money out: float, halt, backlog");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto add = [&](const char* name, const char* help, auto act) {
        auto* command = group->add_subcommand(name, help);
        shared->add_flags(*command);
        command->callback([=, &run] { run = [=] { return act(*shared); }; });
        return command;
    };
    const auto seen = std::make_shared<std::string>();
    add("show", "What is under way, whether payouts are halted, what the accounts hold", show);
    add("resume", "What made the halt is mended: one payout tries, then the others go on",
        [=](const Operator& with) { return resume(with, *seen); })
        ->add_option("--seen", *seen, "The halt's code, as show prints it [shown now]")
        ->type_name("CODE");
    add("float", "Ask Safaricom what the accounts hold; lango payouts show tells the answer",
        [](const Operator& with) {
            return post(with, "/admin/payouts/float", "asked; the answer takes a moment");
        });
}

}  // namespace lango::cli
