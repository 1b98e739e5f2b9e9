#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <charconv>
#include <filesystem>
#include <stdexcept>

#include "app/local_call.hpp"
#include "base/json_writer.hpp"
#include "cli/commands.hpp"
#include "cli/compare.hpp"
#include "process/fetch.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

constexpr int exit_nothing_proved = 3;

std::int64_t integer_at(const json::Value& value, std::string_view name) {
    const auto text = value.text_at(name);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) {
        throw std::runtime_error{"an answer lacks the number " + std::string{name}};
    }
    return number;
}

// The page's list; throws when the answer has none.
json::Array list_of(const std::string& body, std::string_view name) {
    const auto tree = json::parse(body);
    const auto* list = tree ? tree->find(name) : nullptr;
    if (list == nullptr || list->array() == nullptr) {
        throw std::runtime_error{"an answer without " + std::string{name} + ": " +
                                 body.substr(0, 200)};
    }
    return *list->array();
}

void put(Receipts& into, const json::Value& entry, const std::string& receipt) {
    if (!into.emplace(receipt, integer_at(entry, "amount_minor")).second) {
        throw std::runtime_error{"receipt " + receipt + " is listed twice"};
    }
}

// A reversal is known by the payment that it sent back: its own receipt may never have been told
// (docs/decisions/0019).
std::string booked_as(const std::string& list, const json::Value& entry) {
    return list == "reversals" ? entry.text_at("payment_receipt") + "/reversed"
                               : entry.text_at("receipt");
}

// list: "payments", "payouts" or "reversals".
Receipts rail_receipts(const std::string& base_url, const std::string& list) {
    Receipts all;
    for (std::int64_t after = 0;;) {
        const auto page = list_of(process::fetch(base_url + "/simulator/" + list +
                                                 "?after=" + std::to_string(after) + "&limit=1000"),
                                  list);
        if (page.empty()) return all;
        for (const auto& entry : page) put(all, entry, booked_as(list, entry));
        after = integer_at(page.back(), "seq");
    }
}

// What came in, what went out, and what went back.
struct OurReceipts {
    Receipts in;
    Receipts out;
    Receipts back;
};
OurReceipts our_receipts(const ops::Config& config) {
    OurReceipts all;
    for (std::string after;;) {
        const auto answer = app::call(
            config, http::Method::get,
            "/admin/receipts?after=" + http::percent_encode(after) + "&limit=10000", {}, {});
        const auto page = list_of(answer.body, "receipts");
        if (page.empty()) return all;
        for (const auto& receipt : page) {
            const auto direction = receipt.text_at("direction");
            put(direction == "out"    ? all.out
                : direction == "back" ? all.back
                                      : all.in,
                receipt, receipt.text_at("reads"));
        }
        after = page.back().text_at("receipt");
    }
}

// The texts of a list; none when there is no such list.
std::vector<std::string> texts_of(const json::Value& value, std::string_view name) {
    std::vector<std::string> texts;
    const auto* list = value.find(name);
    if (list == nullptr || list->array() == nullptr) return texts;
    for (const auto& item : *list->array()) {
        if (const auto* text = item.scalar_text()) texts.push_back(*text);
    }
    return texts;
}

void print_lines(const std::vector<std::string>& lines, const char* before) {
    for (const auto& line : lines) say << before << line << '\n';
}

// How many laws do not hold.
int print_laws(const json::Array& laws, bool quiet) {
    int broken = 0;
    for (const auto& law : laws) {
        const auto* list = law.find("findings");
        if (list == nullptr || list->array() == nullptr)
            throw std::runtime_error{"a law without findings"};
        const auto findings = texts_of(law, "findings");
        if (!findings.empty()) ++broken;
        if (quiet) continue;
        say << law.text_at("law") << ": " << grouped(integer_at(law, "checked")) << ' '
            << law.text_at("what") << (findings.empty() ? ", holds" : ", BROKEN") << '\n';
        print_lines(findings, "  ");
        print_lines(texts_of(law, "before_rule"), "  before the rule: ");
    }
    return broken;
}

// What stands in the data directory, before anything is opened.
struct Files {
    std::uintmax_t database = 0;
    std::uintmax_t log = 0;  // what is not in the database's file yet
    bool key = false;
};

Files files_of(const ops::Config& config) {
    const auto size = [](const std::filesystem::path& path) {
        std::error_code none;
        const auto bytes = std::filesystem::file_size(path, none);
        return none ? std::uintmax_t{0} : bytes;
    };
    const auto path = std::filesystem::path{config.data.directory} / "lango.db";
    const auto log = path.string() + "-wal";
    return {.database = size(path),
            .log = size(log),
            .key = std::filesystem::exists(path.parent_path() / "master.key")};
}

// What is well by every law and may still not be what somebody thinks it is.
std::vector<std::string> suspicions(const Files& files, const json::Value& answer) {
    constexpr std::uintmax_t few = 65'536;
    std::vector<std::string> found;
    const auto payments = integer_at(answer, "payments");
    if (integer_at(answer, "merchants") == 0) {
        found.emplace_back(
            "there is no merchant: this database is new, or a copy without its log (lango.db-wal)");
        if (files.key) found.emplace_back("and a master key stands beside it");
    } else if (payments == 0) {
        found.emplace_back("no payment was there to be proved");
    }
    if (files.log > few && files.log > files.database) {
        found.push_back(
            "lango.db-wal holds " + std::to_string(files.log) + " bytes, lango.db " +
            std::to_string(files.database) +
            ": a copy of lango.db alone would lack the most; copy both, or by sqlite3's "
            ".backup");
    }
    return found;
}

struct Comparisons {
    Comparison payments;
    Comparison payouts;
    Comparison reversals;

    [[nodiscard]] bool equal() const {
        return payments.equal() && payouts.equal() && reversals.equal();
    }
};

void write_json(const Comparisons& all) {
    const auto numbers = [](json::Writer& writer, const char* name, const Comparison& of) {
        writer.member(name, static_cast<std::int64_t>(of.payments))
            .member("rail_minor", of.rail_minor)
            .member("ours_minor", of.ours_minor)
            .member("differences", static_cast<std::int64_t>(of.differences));
    };
    std::string out;
    json::Writer writer{out};
    writer.begin_object().key("equal").boolean(all.equal());
    numbers(writer, "payments", all.payments);
    writer.key("out").begin_object();
    numbers(writer, "payouts", all.payouts);
    writer.end_object().key("back").begin_object();
    numbers(writer, "reversals", all.reversals);
    writer.end_object().end_object();
    say.json(out);
}

std::string counted(const Comparison& of, const char* what) {
    return grouped(static_cast<std::int64_t>(of.payments)) + what + ", KES " +
           money_text(of.rail_minor);
}

void print_differences(const Comparison& of, const char* what) {
    if (of.equal()) return;
    for (const auto& difference : of.first) say << what << ' ' << difference << '\n';
    say << "the ledgers differ: " << of.differences << ' ' << what
        << " differences; the rail has KES " << money_text(of.rail_minor) << ", we have KES "
        << money_text(of.ours_minor) << '\n';
}

bool print_comparison(const Comparisons& all, bool as_json) {
    if (as_json) {
        write_json(all);
    } else if (all.equal()) {
        say << "both ledgers equal: " << counted(all.payments, " payments") << "; "
            << counted(all.payouts, " payouts") << "; " << counted(all.reversals, " reversals")
            << '\n';
    } else {
        print_differences(all.payments, "payment");
        print_differences(all.payouts, "payout");
        print_differences(all.reversals, "reversal");
    }
    return all.equal();
}

void print_summary(const json::Value& answer, const std::vector<std::string>& damage) {
    print_lines(damage, "DAMAGED: ");
    say << "proved " << grouped(integer_at(answer, "payments")) << " payments, "
        << grouped(integer_at(answer, "postings")) << " postings, "
        << grouped(integer_at(answer, "merchants")) << " merchants; the file is "
        << (damage.empty() ? "whole" : "DAMAGED") << '\n';
}

int verify(const Operator& shared, const std::string& against) {
    const auto files = files_of(shared.config());
    const auto answer = shared.ask(http::Method::get, "/admin/verify");
    if (!answer) return 1;
    const auto* laws = answer->find("laws");
    if (laws == nullptr || laws->array() == nullptr || laws->array()->empty()) {
        throw std::runtime_error{"the gateway proved nothing"};
    }
    const auto damage = texts_of(*answer, "damage");
    bool well = print_laws(*laws->array(), shared.json) == 0 && damage.empty();
    if (!shared.json) print_summary(*answer, damage);
    for (const auto& line : suspicions(files, *answer)) complain << "warning: " << line << '\n';
    if (!against.empty()) {
        // Compare when nothing is under way: what is paid between the two readings would differ.
        const auto ours = our_receipts(shared.config());
        const auto against_ours = [&](const char* list, const Receipts& booked) {
            return compare(rail_receipts(against, list), booked);
        };
        well = print_comparison({.payments = against_ours("payments", ours.in),
                                 .payouts = against_ours("payouts", ours.out),
                                 .reversals = against_ours("reversals", ours.back)},
                                shared.json) &&
               well;
    }
    if (!well) return 1;
    return integer_at(*answer, "merchants") == 0 ? exit_nothing_proved : 0;
}

// What an audit found, each breach a line. Whether there was any.
bool print_breaches(const json::Value& answer, bool quiet) {
    const auto* found = answer.find("breaches");
    const auto none = json::Array{};
    const auto& breaches = found != nullptr && found->array() != nullptr ? *found->array() : none;
    for (const auto& breach : breaches) {
        if (quiet) break;
        const auto known = breach.text_at("known_by");
        const auto* of_money = breach.find("of_money");
        const bool stops = known.empty() && of_money != nullptr && of_money->boolean() != nullptr &&
                           *of_money->boolean();
        say << breach.text_at("law") << ": " << breach.text_at("said") << " (found "
            << breach.text_at("found_at") << (known.empty() ? std::string{} : ", known by " + known)
            << (stops ? ", STOPS creates and payouts" : "") << ")\n";
    }
    return !breaches.empty();
}

int show_last(const Operator& shared) {
    const auto answer = shared.ask(http::Method::get, "/admin/verify/last");
    if (!answer) return 1;
    if (!shared.json) {
        if (answer->text_at("ended_at").empty()) {
            say << "nothing was proved yet\n";
        } else {
            say << "last proved at " << answer->text_at("ended_at") << ": "
                << grouped(integer_at(*answer, "payments")) << " payments, "
                << answer->text_at("broken") << " laws broken\n";
        }
    }
    const bool any = print_breaches(*answer, shared.json);
    if (any && !shared.json) say << "code " << answer->text_at("seen") << '\n';
    return any ? 1 : 0;
}

// What the person is shown is what they say that they know of.
int acknowledge(const Operator& shared, std::string seen) {
    if (seen.empty()) {
        auto quiet = shared;
        quiet.json = false;
        const auto last = quiet.ask(http::Method::get, "/admin/verify/last");
        if (!last) return 1;
        static_cast<void>(print_breaches(*last, shared.json));
        seen = last->text_at("seen");
        if (is_attended()) {
            complain << "If you know of all this, type its code, " << seen << ": ";
            complain.flush();
            if (typed_line() != seen) {
                complain << "lango: nothing was done\n";
                return 1;
            }
        }
    }
    std::string body;
    json::Writer{body}.begin_object().member("seen", seen).end_object();
    const auto answer = shared.ask(http::Method::post, "/admin/verify/acknowledge", body);
    if (!answer) return 1;
    if (!shared.json) {
        say << answer->text_at("acknowledged")
            << " breaches acknowledged: creates and payouts go on\n";
    }
    return 0;
}

}  // namespace

void add_verify(CLI::App& program, Run& run) {
    auto* command = program.add_subcommand(
        "verify",
        "Check the database file and prove every law of the books on all that is stored.\n"
        "Exit code 0: all laws hold; 1: one does not, or the ledgers differ, or the file is "
        "damaged; 3: they hold, and there was no merchant to prove them of");
    const auto shared = std::make_shared<Operator>();
    const auto against = std::make_shared<std::string>();
    const auto last = std::make_shared<bool>(false);
    const auto known = std::make_shared<bool>(false);
    const auto seen = std::make_shared<std::string>();
    shared->add_flags(*command);
    command
        ->add_option("--against", *against,
                     "The simulator's URL: compare both ledgers, receipt by receipt")
        ->type_name("URL");
    command->add_flag("--last", *last, "What the last proof found, without another one");
    command->add_flag("--acknowledge", *known,
                      "You know of all that was found: creates and payouts go on (with --as)");
    command
        ->add_option("--seen", *seen,
                     "With --acknowledge: the code that --last printed [shown now]")
        ->type_name("CODE");
    command->callback([=, &run] {
        while (against->ends_with('/')) against->pop_back();
        run = [=] {
            if (*last) return show_last(*shared);
            return *known ? acknowledge(*shared, *seen) : verify(*shared, *against);
        };
    });
}

}  // namespace lango::cli
