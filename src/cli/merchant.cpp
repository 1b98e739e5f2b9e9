#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <array>

#include "base/json_writer.hpp"
#include "cli/commands.hpp"
#include "cli/keys.hpp"
#include "merchants/settings_of.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

struct Choice {
    std::string slug;
    std::string setting;
    std::string value;
    json::Object settings;
    std::string reason;
};

constexpr std::array<std::pair<const char*, const char*>, 22> setting_flags{{
    {"postback-url", "Where the gateway tells of payments"},
    {"postback-schedule", "Pauses between attempts [10s,30s,2m,5m,15m,30m,1h,2h,4h,8h,12h]"},
    {"postback-give-up", "When a postback is given up, after its first attempt [72h]"},
    {"time-zone", "IANA zone of dates in postbacks [asked for; Africa/Nairobi]"},
    {"deposit-min", "Least deposit in KES [10]"},
    {"deposit-max", "Largest deposit in KES [250000]"},
    {"fee-percent", "Commission in percent of a deposit [0]"},
    {"fee-fixed", "Commission in KES a deposit [0]"},
    {"withdrawal-min", "Least withdrawal in KES [10]"},
    {"withdrawal-max", "Largest withdrawal in KES [250000]"},
    {"payout-fee-percent", "Commission in percent of a withdrawal, on top of it [0]"},
    {"payout-fee-fixed", "Commission in KES a withdrawal, on top of it [0]"},
    {"ip-allow-list", "Addresses that may use the API, joined by commas [all]"},
    {"domain", "api.DOMAIN is the merchant's; SLUG.localhost always is"},
    {"balance-check", "on: refuse withdrawals that the balance does not cover; off: let them wait"},
    {"withdrawal-id", "required: refuse withdrawals without an id of the merchant's [optional]"},
    {"failed-events", "on: tell the merchant of failed and expired deposits, too [off]"},
    {"approval-from", "Withdrawals and refunds of this many KES and more wait for people [0]"},
    {"approval-day-total", "Those beyond this many KES a day (UTC) wait, too [0: none]"},
    {"approval-new-recipient", "on: those to phones that were never paid wait, too [off]"},
    {"approvals-needed", "So many people must approve, 1 to 9 [1]"},
    {"paybill-amount", "exact: paybill money above an order's amount pays nothing [at-least]"},
}};

std::string object_of(const json::Object& settings) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object();
    for (const auto& [name, value] : settings) writer.member(name, *value.string());
    writer.end_object();
    return out;
}

void put(json::Object& settings, const std::string& name, const std::string& value) {
    settings.emplace_back(name, json::Value{value});
}

void print_merchant(const json::Value& merchant) {
    say << merchant.text_at("slug") << (merchant.text_at("state") == "disabled" ? "  DISABLED" : "")
        << "  access key " << merchant.text_at("access_key") << ", since "
        << merchant.text_at("created_at") << '\n';
    const auto* settings = merchant.find("settings");
    if (settings == nullptr || settings->object() == nullptr) return;
    for (const auto& [name, value] : *settings->object()) {
        const auto pad = std::string(name.size() < 24 ? 24 - name.size() : 1, ' ');
        const auto* text = value.string();
        const bool is_set = text != nullptr && !text->empty();
        say << "  " << name << pad << (is_set ? *text : "(not set)") << '\n';
    }
}

}  // namespace

void print_credentials(const json::Value& credentials) {
    say << "  secret             " << credentials.text_at("secret") << '\n'
        << "  access key         " << credentials.text_at("access_key") << '\n'
        << "  private access key " << credentials.text_at("private_access_key") << '\n'
        << "  private key        " << credentials.text_at("private_key") << '\n'
        << "  webhook secret     " << credentials.text_at("webhook_secret") << '\n';
}

namespace {

// In whose time dates in postbacks are. Asked for on a terminal, where it was not said.
void ask_time_zone(json::Object& settings) {
    const auto is_zone = [](const json::Member& member) { return member.first == "time-zone"; };
    if (std::ranges::any_of(settings, is_zone)) return;
    if (!is_attended()) return;
    complain << "Time zone of dates in postbacks [Africa/Nairobi]: ";
    complain.flush();
    if (const auto zone = typed_line(); !zone.empty()) put(settings, "time-zone", zone);
}

int create(const Operator& shared, Choice choice) {
    put(choice.settings, "slug", choice.slug);
    if (!shared.json) ask_time_zone(choice.settings);
    const auto named = [](const json::Member& member) { return member.first == "name"; };
    if (std::ranges::none_of(choice.settings, named)) put(choice.settings, "name", choice.slug);
    const auto answer =
        shared.ask(http::Method::post, "/admin/merchants", object_of(choice.settings));
    if (!answer) return 1;
    if (shared.json) return 0;
    say << "Merchant " << answer->text_at("slug")
        << " was created. These are shown once; keep them safe:\n";
    print_credentials(*answer);
    return 0;
}

int list(const Operator& shared) {
    const auto answer = shared.ask(http::Method::get, "/admin/merchants");
    if (!answer) return 1;
    const auto* merchants = answer->find("merchants");
    if (shared.json || merchants == nullptr || merchants->array() == nullptr) return 0;
    if (merchants->array()->empty()) say << "No merchants yet: lango merchant create SLUG\n";
    for (const auto& merchant : *merchants->array()) print_merchant(merchant);
    return 0;
}

int set(const Operator& shared, Choice choice) {
    put(choice.settings, choice.setting, choice.value);
    const auto answer = shared.ask(
        http::Method::post, "/admin/merchants/" + http::percent_encode(choice.slug) + "/settings",
        object_of(choice.settings));
    if (!answer) return 1;
    if (shared.json) return 0;
    say << choice.slug << ": " << choice.setting << " was set\n";
    if (const auto warning = answer->text_at("warning");
        !warning.empty() && choice.setting == "postback-url") {
        complain << "lango: " << warning << '\n';
    }
    return 0;
}

// `what`: disable or enable.
int put_state(const Operator& shared, const Choice& choice, const std::string& what) {
    std::string body;
    json::Writer{body}.begin_object().member("reason", choice.reason).end_object();
    const auto answer =
        shared.ask(http::Method::post,
                   "/admin/merchants/" + http::percent_encode(choice.slug) + "/" + what, body);
    if (!answer) return 1;
    if (shared.json) return 0;
    say << choice.slug
        << (what == "disable" ? " is disabled: nothing new is taken, what is open goes on"
                              : " is enabled")
        << '\n';
    return 0;
}

int disable(const Operator& shared, const Choice& choice) {
    return put_state(shared, choice, "disable");
}

int enable(const Operator& shared, const Choice& choice) {
    return put_state(shared, choice, "enable");
}

}  // namespace

void add_merchant(CLI::App& program, Run& run) {
    auto* group = program.add_subcommand("merchant", "Merchants and their settings");
    group->require_subcommand(1);
    const auto shared = std::make_shared<Operator>();
    const auto choice = std::make_shared<Choice>();
    const auto add = [&](const char* name, const char* help, auto what) {
        auto* command = group->add_subcommand(name, help);
        shared->add_flags(*command);
        command->callback([=, &run] { run = [=] { return what(*shared, *choice); }; });
        return command;
    };
    const auto slug = [&](CLI::App* command) {
        command->add_option("SLUG", choice->slug, "The merchant's short name")->required();
        return command;
    };
    auto* made = slug(add("create", "A new merchant and his keys", create));
    const auto setting = [&](const std::string& name, const std::string& help) {
        made->add_option_function<std::string>(
            "--" + name,
            [choice, name](const std::string& value) { put(choice->settings, name, value); }, help);
    };
    setting("name", "As people know the merchant [SLUG]");
    for (const auto& [name, help] : setting_flags) setting(name, help);
    add("list", "All merchants", [](const Operator& o, const Choice&) { return list(o); });
    auto* changed = slug(add("set", "Change one setting", set));
    changed->add_option("SETTING", choice->setting, "Such as postback-url")->required();
    changed->add_option("VALUE", choice->value)->required();
    const auto by_operator = [&](CLI::App* command) {
        slug(command);
        command->add_option("--reason", choice->reason, "Why, for the operators' trail");
    };
    by_operator(
        add("disable", "Take nothing new of a merchant; what is open goes on to its end", disable));
    by_operator(add("enable", "Take what is new of him again", enable));
    add_merchant_keys(*group, run);
    std::string names;
    for (const auto& name : merchants::setting_names()) names += (names.empty() ? "" : ", ") + name;
    changed->footer("Settings: " + names);
}

}  // namespace lango::cli
