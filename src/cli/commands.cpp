#include "cli/commands.hpp"

#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <charconv>

#include "app/local_call.hpp"
#include "cli/credentials.hpp"
#include "process/private_files.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

void Operator::add_flags(CLI::App& command) {
    command
        .add_option("--config", sources.file,
                    "The settings file (LANGO_CONFIG; else ./lango.toml if there is one)")
        ->type_name("FILE");
    command
        .add_option_function<std::string>(
            "--data,--data-directory",
            [this](const std::string& directory) {
                sources.flags.emplace_back("data.directory", directory);
            },
            "The gateway's data directory [./lango-data]")
        ->type_name("DIR");
    command.add_flag("--json", json, "Print the answer as JSON");
    command.add_option("--as", as, "Who does it (LANGO_AS; else the session of lango login)")
        ->type_name("NAME");
    command
        .add_option("--key-file", key_file, "The file with their key (LANGO_KEY_FILE) [asked for]")
        ->type_name("FILE");
}

namespace {

// What to type next; the gateway's own sentences know no flags.
std::string_view hint_for(std::string_view code) {
    if (code == "nobody" || code == "session_over") {
        return " lango login NAME, or --as NAME with the command.";
    }
    if (code == "no_administrator") return " lango user add NAME --role administrator";
    if (code == "key_needed") return " Say --as NAME.";
    if (code == "first_key") return " lango user new-key --as NAME";
    return "";
}

}  // namespace

ops::Config Operator::config() const { return config_from(sources); }

ops::Config config_from(ops::ConfigSources sources) {
    ops::add_environment(environ, sources);
    auto config = ops::load_config(sources);
    if (!config) throw UsageError{config.error().message};
    // What others may read is a secret no longer: it is closed, and told each time it was open.
    for (const auto& told : process::close_secrets(*config)) complain << "lango: " << told << '\n';
    return *std::move(config);
}

std::shared_ptr<const json::Value> Operator::ask(http::Method method, const std::string& target,
                                                 const std::string& body) const {
    const auto settings = config();
    const bool shows_itself_now = method != http::Method::get || (shows_itself && !as.empty());
    if (shows_itself_now && !shown_) {
        shown_ = by_session ? kept_session(settings) : credentials(settings, as, key_file);
    }
    const auto answer =
        app::call(settings, method, target, body, shown_.value_or(app::Credentials{}));
    auto tree = json::parse(answer.body);
    if (json) say.json(answer.body);
    if (tree && answer.status == 200 && tree->text_at("status") == "ok") {
        if (const auto number = tree->text_at("proposal");
            !number.empty() && tree->text_at("outcome") == "proposed") {
            throw Proposed{
                "Nothing is done yet: another person agrees to it with lango proposal "
                "agree " +
                number};
        }
        return std::make_shared<const json::Value>(*std::move(tree));
    }
    auto message = tree ? tree->text_at("message") : answer.body;
    if (message.empty()) message = "the gateway answered " + std::to_string(answer.status);
    complain << "lango: " << message << hint_for(tree ? tree->text_at("code") : "") << '\n';
    return nullptr;
}

std::string minor_text(const json::Value& object, std::string_view name) {
    const auto text = object.text_at(name);
    std::int64_t minor = 0;
    std::from_chars(text.data(), text.data() + text.size(), minor);
    return money_text(minor);
}

std::string grouped(std::int64_t number) {
    auto digits = std::to_string(number);
    const std::size_t first = number < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

std::string money_text(std::int64_t minor) {
    const auto cents = minor % 100 < 0 ? -(minor % 100) : minor % 100;
    const std::string sign = minor < 0 && minor > -100 ? "-" : "";
    return sign + grouped(minor / 100) + (cents < 10 ? ".0" : ".") + std::to_string(cents);
}

}  // namespace lango::cli
