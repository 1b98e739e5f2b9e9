#include "app/commands.hpp"

#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/local_call.hpp"
#include "app/private_files.hpp"
#include "app/terminal.hpp"

namespace lango::app {

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
}

ops::Config Operator::config() const { return config_from(sources); }

ops::Config config_from(ops::ConfigSources sources) {
    ops::add_environment(environ, sources);
    auto config = ops::load_config(sources);
    if (!config) throw UsageError{config.error().message};
    // What others may read is a secret no longer: it is closed, and told each time it was open.
    for (const auto& told : close_secrets(*config)) complain << "lango: " << told << '\n';
    return *std::move(config);
}

std::shared_ptr<const json::Value> Operator::ask(http::Method method, const std::string& target,
                                                 const std::string& body) const {
    const auto answer = call(config(), method, target, body);
    auto tree = json::parse(answer.body);
    if (json) say.json(answer.body);
    if (tree && answer.status == 200 && tree->text_at("status") == "ok") {
        return std::make_shared<const json::Value>(*std::move(tree));
    }
    auto message = tree ? tree->text_at("message") : answer.body;
    if (message.empty()) message = "the gateway answered " + std::to_string(answer.status);
    complain << "lango: " << message << '\n';
    return nullptr;
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

}  // namespace lango::app
