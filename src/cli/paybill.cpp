#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <charconv>

#include "backoffice/lists/nouns.hpp"
#include "base/json_writer.hpp"
#include "cli/commands.hpp"
#include "cli/list.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

const std::string unmatched = "/admin/paybill/unmatched";

std::int64_t integer_at(const json::Value& value, std::string_view name) {
    const auto text = value.text_at(name);
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

const json::Array& list_at(const json::Value& value, std::string_view name) {
    static const json::Array none;
    const auto* list = value.find(name);
    return list == nullptr || list->array() == nullptr ? none : *list->array();
}

std::string target(const std::string& receipt) {
    return unmatched + "/" + http::percent_encode(receipt);
}

void print_item(const json::Value& item) {
    const auto amount = integer_at(item, "amount_minor");
    const auto left = amount - integer_at(item, "allocated_minor");
    say << item.text_at("receipt") << ": KES " << money_text(left);
    if (left != amount) say << " left of " << money_text(amount);
    say << ", " << item.text_at("reason") << ", typed \"" << item.text_at("reference") << "\"";
    if (const auto phone = item.text_at("phone"); !phone.empty()) say << ", by " << phone;
    say << ", " << item.text_at("paid_at");
    if (const auto order = item.text_at("about_order"); !order.empty()) {
        say << ", about order " << order;
    }
    if (const auto order = item.text_at("credited_order"); !order.empty()) {
        say << ", paid order " << order << " (" << item.text_at("allocated_by") << ")";
    }
    say << '\n';
}

void print_suggestion(const json::Value& suggestion) {
    say << "  " << suggestion.text_at("order_id") << ": " << suggestion.text_at("points")
        << " points, KES " << money_text(integer_at(suggestion, "amount_minor")) << ", "
        << suggestion.text_at("state") << ", " << suggestion.text_at("phone") << ": "
        << suggestion.text_at("why") << '\n';
}

int register_urls(const Operator& shared) {
    const auto answer = shared.ask(http::Method::post, "/admin/paybill/register");
    if (!answer) return 1;
    if (!shared.json) {
        say << "addresses: " << answer->text_at("outcome")
            << "\nlist of payments: " << answer->text_at("list") << '\n';
    }
    return 0;
}

int give_reference(const Operator& shared, const std::string& order) {
    std::string body;
    json::Writer{body}.begin_object().member("order_id", order).end_object();
    const auto answer = shared.ask(http::Method::post, "/admin/paybill/references", body);
    if (!answer) return 1;
    if (!shared.json) {
        say << "paybill " << answer->text_at("paybill") << ", account "
            << answer->text_at("reference") << ", KES "
            << money_text(integer_at(*answer, "amount_minor")) << '\n';
    }
    return 0;
}

int list(const Operator& shared) {
    for (std::int64_t after = 0;;) {
        const auto answer =
            shared.ask(http::Method::get, unmatched + "?limit=1000&after=" + std::to_string(after));
        if (!answer) return 1;
        const auto& items = list_at(*answer, "items");
        if (!shared.json) {
            for (const auto& item : items) print_item(item);
        }
        if (items.size() == 1000) {
            after = integer_at(items.back(), "id");
            continue;
        }
        if (shared.json) return 0;
        if (after == 0 && items.empty()) say << "No money waits for an order.\n";
        for (const auto& claim : list_at(*answer, "claims")) {
            const auto amount = integer_at(claim, "amount_minor");
            const auto order = claim.text_at("about_order");
            say << claim.text_at("receipt") << ": "
                << (amount == 0 ? "an unknown amount" : "KES " + money_text(amount)) << " claimed"
                << (order.empty() ? "" : " once more for order " + order)
                << ", waits for the rail's own list, or for you: lango paybill claim\n";
        }
        return 0;
    }
}

int show(const Operator& shared, const std::string& receipt, bool suggestions_only) {
    const auto answer = shared.ask(http::Method::get, target(receipt));
    if (!answer) return 1;
    if (shared.json) return 0;
    if (const auto* item = answer->find("item"); item != nullptr && !suggestions_only) {
        print_item(*item);
    }
    const auto& suggestions = list_at(*answer, "suggestions");
    for (const auto& suggestion : suggestions) print_suggestion(suggestion);
    if (suggestions.empty()) say << "  No order suggests itself.\n";
    return 0;
}

int allocate(const Operator& shared, const std::string& receipt, const std::string& order) {
    std::string body;
    json::Writer{body}.begin_object().member("order_id", order).end_object();
    const auto answer = shared.ask(http::Method::post, target(receipt) + "/allocate", body);
    if (!answer) return 1;
    if (!shared.json) {
        say << receipt << " paid order " << order << ", booked and posted back\n";
    }
    return 0;
}

int write_off(const Operator& shared, const std::string& receipt) {
    std::string body;
    json::Writer{body}.begin_object().end_object();
    const auto answer = shared.ask(http::Method::post, target(receipt) + "/write-off", body);
    if (!answer) return 1;
    if (!shared.json) {
        say << "KES " << money_text(integer_at(*answer, "amount_minor")) << " of " << receipt
            << " written off\n";
    }
    return 0;
}

struct ClaimChoice {
    std::string receipt;
    std::string note;
    std::string amount;
};

// What became of it; nothing when it was refused.
std::shared_ptr<const json::Value> end_claim(const Operator& shared, const ClaimChoice& choice,
                                             const char* how) {
    std::string body;
    json::Writer{body}
        .begin_object()
        .member("note", choice.note)
        .member("amount", choice.amount)
        .end_object();
    return shared.ask(http::Method::post,
                      "/admin/paybill/claims/" + http::percent_encode(choice.receipt) + "/" + how,
                      body);
}

int book_claim(const Operator& shared, const ClaimChoice& choice) {
    const auto answer = end_claim(shared, choice, "book");
    if (!answer) return 1;
    if (!shared.json) say << choice.receipt << " booked: " << answer->text_at("outcome") << '\n';
    return 0;
}

int dismiss_claim(const Operator& shared, const ClaimChoice& choice) {
    const auto answer = end_claim(shared, choice, "dismiss");
    if (!answer) return 1;
    if (!shared.json) say << choice.receipt << " dismissed: it waits no more\n";
    return 0;
}

void add_claim(CLI::App& paybill, Run& run) {
    auto* group = paybill.add_subcommand(
        "claim", "Money that M-PESA claimed once and that its own list does not show");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto choice = std::make_shared<ClaimChoice>();
    const auto command = [&](const char* name, const char* what) {
        auto* made = group->add_subcommand(name, what);
        shared->add_flags(*made);
        made->add_option("RECEIPT", choice->receipt, "As lango paybill list tells it")->required();
        made->add_option("--note", choice->note, "What you saw, and where: it is kept")->required();
        return made;
    };
    auto* book = command("book", "You have seen the money: take it as if the list had it");
    book->add_option("--amount", choice->amount, "KES, where the claim says none");
    book->callback([=, &run] { run = [=] { return book_claim(*shared, *choice); }; });
    command("dismiss", "It did not come: it waits no more")->callback([=, &run] {
        run = [=] { return dismiss_claim(*shared, *choice); };
    });
}

}  // namespace

void add_paybill(CLI::App& program, Run& run) {
    auto* group = program.add_subcommand("paybill", "Money that payers send by themselves");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto receipt = std::make_shared<std::string>();
    const auto order = std::make_shared<std::string>();
    const auto command = [&](const char* name, const char* what) {
        auto* made = group->add_subcommand(name, what);
        shared->add_flags(*made);
        return made;
    };
    const auto about = [&](CLI::App* made) {
        made->add_option("RECEIPT", *receipt, "M-PESA's receipt, such as NLJ7RT61SV")->required();
        return made;
    };
    command(
        "register",
        "Tell M-PESA where the gateway is asked and told of payments, and that it reads their list")
        ->callback([=, &run] { run = [=] { return register_urls(*shared); }; });
    auto* give_one = command("reference", "What a payer types who pays an order by paybill");
    give_one->add_option("ORDER", *order, "The order_id, 16 hex digits")->required();
    give_one->callback([=, &run] { run = [=] { return give_reference(*shared, *order); }; });
    command("list", "Money that found no order, the oldest first")->callback([=, &run] {
        run = [=] { return list(*shared); };
    });
    about(command("show", "One of it, with orders that it may be for"))->callback([=, &run] {
        run = [=] { return show(*shared, *receipt, false); };
    });
    about(command("suggest", "Orders that it may be for, the likeliest first"))
        ->callback([=, &run] { run = [=] { return show(*shared, *receipt, true); }; });
    auto* give = about(command("allocate", "Give it to an order, which is paid and told so"));
    give->add_option("--order", *order, "The order_id, 16 hex digits")->required();
    give->callback([=, &run] { run = [=] { return allocate(*shared, *receipt, *order); }; });
    auto* drop =
        about(command("write-off", "Give up what is left of it and M-PESA cannot send back"));
    drop->callback([=, &run] { run = [=] { return write_off(*shared, *receipt); }; });
    add_claim(*group, run);
}

void add_suspense(CLI::App& program, Run& run) {
    auto* group = program.add_subcommand(
        "suspense",
        "Money that came without an order, or not for this one; lango paybill acts on it");
    group->require_subcommand(1);
    add_list(*group, run, backoffice::lists::suspense,
             {.help = "All of it, the latest first, what became of it too"});
}

}  // namespace lango::cli
