#include "cli/keys.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "base/json_writer.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

struct Choice {
    std::string slug;
    std::string overlap = "24h";
    bool at_once = false;
};

std::string path_of(const Choice& choice, std::string_view what) {
    return "/admin/merchants/" + http::percent_encode(choice.slug) + std::string{what};
}

std::string overlap_of(const Choice& choice) {
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("overlap", choice.at_once ? "0s" : choice.overlap)
        .end_object();
    return out;
}

std::string what_of_the_old(const Choice& choice, std::string_view they) {
    const std::string old = "The old " + std::string{they};
    return choice.at_once ? old + " ended. " : old + " stays good for " + choice.overlap + ". ";
}

int rotate_secret(const Operator& shared, const Choice& choice) {
    const auto answer =
        shared.ask(http::Method::post, path_of(choice, "/rotate-secret"), overlap_of(choice));
    if (!answer) return 1;
    if (!shared.json) {
        say << what_of_the_old(choice, "secret") << "The new one, shown once:\n  "
            << answer->text_at("secret") << '\n';
    }
    return 0;
}

int rotate_keys(const Operator& shared, const Choice& choice) {
    const auto answer =
        shared.ask(http::Method::post, path_of(choice, "/rotate-keys"), overlap_of(choice));
    if (!answer) return 1;
    if (!shared.json) {
        say << what_of_the_old(choice, "set of keys")
            << "Postbacks are signed with the new one, shown once:\n";
        print_credentials(*answer);
    }
    return 0;
}

int end_old_keys(const Operator& shared, const Choice& choice) {
    const auto answer = shared.ask(http::Method::post, path_of(choice, "/end-old-keys"), "{}");
    if (!answer) return 1;
    if (!shared.json) say << choice.slug << ": every key that was changed ended\n";
    return 0;
}

std::string key_line(const json::Value& key) {
    const auto access_key = key.text_at("access_key");
    auto line = access_key.empty() ? std::string{"secret"} : "key pair " + access_key;
    const auto used = key.text_at("used_at");
    line += used.empty() ? ": never used" : ": last used " + used;
    const auto until = key.text_at("until");
    if (!until.empty()) line += "; an old one, good until " + until;
    return line;
}

int show(const Operator& shared, const Choice& choice) {
    const auto answer = shared.ask(http::Method::get, path_of(choice, ""));
    if (!answer) return 1;
    const auto* keys = answer->find("keys");
    const auto* settings = answer->find("settings");
    if (shared.json || keys == nullptr || settings == nullptr) return 0;
    say << answer->text_at("slug") << "  access key " << answer->text_at("access_key") << ", since "
        << answer->text_at("created_at") << '\n';
    if (const auto who = answer->text_at("state_by"); !who.empty()) {
        say << "  " << answer->text_at("state") << " by " << who << " since "
            << answer->text_at("state_since") << '\n';
    }
    for (const auto& key : *keys->array()) say << "  " << key_line(key) << '\n';
    for (const auto& [name, value] : *settings->object()) {
        const auto pad = std::string(name.size() < 24 ? 24 - name.size() : 1, ' ');
        const auto* text = value.string();
        const bool is_set = text != nullptr && !text->empty();
        say << "  " << name << pad << (is_set ? *text : "(not set)") << '\n';
    }
    return 0;
}

}  // namespace

void add_merchant_keys(CLI::App& merchant, Run& run) {
    const auto shared = std::make_shared<Operator>();
    const auto choice = std::make_shared<Choice>();
    const auto add = [&](const char* name, const char* help, auto what) {
        auto* command = merchant.add_subcommand(name, help);
        shared->add_flags(*command);
        command->add_option("SLUG", choice->slug, "The merchant's short name")->required();
        command->callback([=, &run] { run = [=] { return what(*shared, *choice); }; });
        return command;
    };
    const auto with_overlap = [&](CLI::App* command) {
        auto* overlap = command->add_option("--overlap", choice->overlap,
                                            "How long the old one stays good [24h]");
        command->add_flag("--at-once", choice->at_once, "Whatever was changed ends now")
            ->excludes(overlap);
    };
    add("show", "One merchant: settings, keys, and when those were used last", show);
    with_overlap(
        add("rotate-secret", "A new API secret; the old one works on for a while", rotate_secret));
    with_overlap(add("rotate-keys",
                     "Every key anew, the secret too; the old ones work on for a while",
                     rotate_keys));
    add("end-old-keys", "The keys that were changed end now", end_old_keys);
}

}  // namespace lango::cli
