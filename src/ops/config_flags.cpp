#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <filesystem>

#include "ops/nearest.hpp"
#include "ops/settings.hpp"

namespace lango::ops {
namespace {

constexpr const char* default_file = "lango.toml";

void set(ConfigSources& into, std::string name, std::string value) {
    into.flags.emplace_back(std::move(name), std::move(value));
}

void add_flag(CLI::App& app, ConfigSources& into, std::string name, const Setting& setting,
              std::string help) {
    const std::string flag = flag_name(name);
    CLI::Option* option = nullptr;
    if (setting.is<bool>()) {
        option = app.add_flag_function(
            flag,
            [&into, name](std::int64_t count) { set(into, name, count > 0 ? "true" : "false"); },
            help);
    } else {
        option = app.add_option_function<std::string>(
            flag, [&into, name](const std::string& value) { set(into, name, value); }, help);
        option->type_name(setting.is<Secret>()                     ? "FILE"
                          : setting.is<Duration>()                 ? "SECONDS"
                          : setting.is_number()                    ? "N"
                          : setting.is<std::vector<std::string>>() ? "A,B"
                                                                   : "TEXT");
    }
    option->group("Settings: " + name.substr(0, name.find('.')));
}

}  // namespace

void add_flags(CLI::App& app, ConfigSources& into) {
    app.add_option("--config", into.file,
                   "The settings file (LANGO_CONFIG; else ./lango.toml if there is one)")
        ->type_name("FILE");
    for (const Setting& setting : settings()) {
        if (setting.is<Secret>()) {
            add_flag(app, into, std::string(setting.name) + std::string(file_suffix), setting,
                     std::string(setting.help) + ": the file that holds it");
            continue;
        }
        std::string help = std::string(setting.help);
        const bool lengthy = setting.is<std::vector<std::string>>() || setting.is<bool>();
        if (!lengthy) help += " [" + default_text(setting) + "]";
        add_flag(app, into, std::string(setting.name), setting, std::move(help));
    }
}

void add_environment(const char* const* environ, ConfigSources& into) {
    std::string file;
    for (; environ != nullptr && *environ != nullptr; ++environ) {
        const std::string_view entry = *environ;
        const std::size_t equals = entry.find('=');
        if (!entry.starts_with("LANGO_") || equals == entry.npos) continue;
        const std::string name(entry.substr(0, equals));
        const std::string value(entry.substr(equals + 1));
        if (name == "LANGO_CONFIG") file = value;
        into.environment.emplace_back(name, value);
    }
    if (file.empty() && std::filesystem::exists(default_file)) file = default_file;
    if (into.file.empty()) into.file = file;
}

std::string nearest_flag(std::string_view unknown) {
    std::vector<std::string> flags = {"--config"};
    for (const std::string& name : setting_names()) {
        const auto named = find_setting(name);
        if (named->setting->is<Secret>() == named->from_file) flags.push_back(flag_name(name));
    }
    return nearest(unknown.substr(0, unknown.find('=')), flags);
}

}  // namespace lango::ops
