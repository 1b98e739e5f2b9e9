#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <charconv>
#include <iostream>

#include "app/commands.hpp"
#include "app/compare.hpp"
#include "app/fetch.hpp"
#include "app/local_call.hpp"
#include "base/json_writer.hpp"

namespace lango::app {

namespace {

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
        const auto page = list_of(fetch(base_url + "/simulator/" + list +
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
        const auto answer =
            call(config, http::Method::get,
                 "/admin/receipts?after=" + http::percent_encode(after) + "&limit=10000");
        const auto page = list_of(answer.body, "receipts");
        if (page.empty()) return all;
        for (const auto& receipt : page) {
            const auto direction = receipt.text_at("direction");
            put(direction == "out"    ? all.out
                : direction == "back" ? all.back
                                      : all.in,
                receipt, receipt.text_at("receipt"));
        }
        after = page.back().text_at("receipt");
    }
}

// How many laws do not hold.
int print_laws(const json::Array& laws, bool quiet) {
    int broken = 0;
    for (const auto& law : laws) {
        const auto* findings = law.find("findings");
        const bool holds =
            findings != nullptr && findings->array() != nullptr && findings->array()->empty();
        if (!holds) ++broken;
        if (quiet) continue;
        std::cout << law.text_at("law") << ": " << grouped(integer_at(law, "checked")) << ' '
                  << law.text_at("what") << (holds ? ", holds" : ", BROKEN") << '\n';
        if (holds || findings == nullptr || findings->array() == nullptr) continue;
        for (const auto& finding : *findings->array()) {
            const auto* text = finding.scalar_text();
            if (text != nullptr) std::cout << "  " << *text << '\n';
        }
    }
    return broken;
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
    std::cout << out << '\n';
}

std::string counted(const Comparison& of, const char* what) {
    return grouped(static_cast<std::int64_t>(of.payments)) + what + ", KES " +
           money_text(of.rail_minor);
}

void print_differences(const Comparison& of, const char* what) {
    if (of.equal()) return;
    for (const auto& difference : of.first) std::cout << what << ' ' << difference << '\n';
    std::cout << "the ledgers differ: " << of.differences << ' ' << what
              << " differences; the rail has KES " << money_text(of.rail_minor) << ", we have KES "
              << money_text(of.ours_minor) << '\n';
}

bool print_comparison(const Comparisons& all, bool as_json) {
    if (as_json) {
        write_json(all);
    } else if (all.equal()) {
        std::cout << "both ledgers equal: " << counted(all.payments, " payments") << "; "
                  << counted(all.payouts, " payouts") << "; "
                  << counted(all.reversals, " reversals") << '\n';
    } else {
        print_differences(all.payments, "payment");
        print_differences(all.payouts, "payout");
        print_differences(all.reversals, "reversal");
    }
    return all.equal();
}

int verify(const Operator& shared, const std::string& against) {
    const auto answer = shared.ask(http::Method::get, "/admin/verify");
    if (!answer) return 1;
    const auto* laws = answer->find("laws");
    if (laws == nullptr || laws->array() == nullptr || laws->array()->empty()) {
        throw std::runtime_error{"the gateway proved nothing"};
    }
    bool well = print_laws(*laws->array(), shared.json) == 0;
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
    return well ? 0 : 1;
}

}  // namespace

void add_verify(CLI::App& program, Run& run) {
    auto* command =
        program.add_subcommand("verify", "Prove every law of the ledger on the whole database");
    const auto shared = std::make_shared<Operator>();
    const auto against = std::make_shared<std::string>();
    shared->add_flags(*command);
    command
        ->add_option("--against", *against,
                     "The simulator's URL: compare both ledgers, receipt by receipt")
        ->type_name("URL");
    command->callback([=, &run] {
        while (against->ends_with('/')) against->pop_back();
        run = [=] { return verify(*shared, *against); };
    });
}

}  // namespace lango::app
