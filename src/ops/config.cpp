#include "ops/config.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <set>

#include "ops/nearest.hpp"
#include "ops/setting_checks.hpp"
#include "ops/settings.hpp"

namespace lango::ops {
namespace {

std::optional<std::string> read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::string text;
    std::array<char, 4096> buffer{};
    while (in.read(buffer.data(), buffer.size()), in.gcount() > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(in.gcount()));
    }
    // A directory opens, and turns bad on the first read.
    if (!in.is_open() || in.bad()) return std::nullopt;
    return text;
}

std::string did_you_mean(const std::string& name) {
    return name.empty() ? "" : ": did you mean " + name + "?";
}

// Ours all the same: the file's name (add_environment), who commands are asked for by, and what
// ctest tells the tests, which start lango with their environment.
bool is_no_setting(std::string_view variable) {
    return variable == "LANGO_CONFIG" || variable == "LANGO_SOURCE_DIR" ||
           variable == "LANGO_BIN_DIR" || variable == "LANGO_AS" || variable == "LANGO_KEY_FILE";
}

// Collects the faults of all sources, so that an operator mends them in one go.
class Loader {
  public:
    // One source. Within it a secret and its file variant exclude each other. file: where it
    // stands, if it is one.
    void take(const std::vector<Given>& source, const std::string& file = {}) {
        file_ = file;
        std::set<const Setting*> seen;
        for (const Given& given : source) {
            const auto named = find_setting(given.name);
            if (!named) {
                fault("unknown setting " + given.name + " " + given.where +
                      did_you_mean(nearest(given.name, names_)));
            } else if (!seen.insert(named->setting).second) {
                fault(std::string(named->setting->name) + " is set twice: " + given.where);
            } else {
                take_one(*named, given);
            }
        }
    }

    void fault(const std::string& line) {
        if (!faults_.empty()) faults_ += '\n';
        faults_ += line;
    }

    Result<Config, ConfigError> finish() {
        if (faults_.empty()) check_together();
        if (!faults_.empty()) return Unexpected<ConfigError>(ConfigError{std::move(faults_)});
        return std::move(config_);
    }

  private:
    void take_one(const Named& named, Given given) {
        set_.insert(named.setting->name);
        if (named.from_file) {
            const std::string path = given.text;
            auto content = given.type == Given::Type::untyped || given.type == Given::Type::text
                               ? read_file(path)
                               : std::nullopt;
            if (!content) {
                fault(given.name + " " + given.where + " must be a file that can be read");
                return;
            }
            config_.secret_files.push_back(path);
            while (content->ends_with('\n') || content->ends_with('\r')) content->pop_back();
            given.text = *std::move(content);
        }
        if (!named.from_file && named.setting->is<Secret>() && !file_.empty()) {
            if (std::ranges::find(config_.secret_files, file_) == config_.secret_files.end()) {
                config_.secret_files.push_back(file_);
            }
        }
        if (const auto complaint = assign(config_, *named.setting, given)) {
            fault(given.name + " " + given.where + " " + *complaint);
        }
    }

    // What no setting can say of itself.
    void check_together() {
        if (config_.rail.callback_addresses.empty() && !set_.contains("rail.confirm_above_kes")) {
            config_.rail.confirm_above_kes = 0;
        }
        if (config_.postbacks.lease <= config_.postbacks.timeout) {
            fault(
                "postbacks.lease_s must be more than postbacks.timeout_s: else a postback that "
                "is being delivered is taken a second time");
        }
        check_payouts();
        if (config_.deposits.query_after >= config_.deposits.expire_after) {
            fault(
                "deposits.query_after_s must be less than deposits.expire_after_s: else a "
                "deposit expires before the rail was asked");
        }
    }

    void check_payouts() {
        const auto& payouts = config_.payouts;
        if (payouts.b2c_version == 2) fault("payouts.b2c_version must be 3 or 1");
        if (payouts.initiator.empty()) return;
        if (payouts.initiator_password.empty()) {
            fault("payouts.initiator_password must be set beside payouts.initiator");
        }
        if (payouts.certificate.empty()) {
            fault("payouts.certificate must be set beside payouts.initiator");
        }
    }

    Config config_;
    std::string file_;
    std::set<std::string_view> set_;
    std::vector<std::string> names_ = setting_names();
    std::string faults_;
};

void take_file(Loader& loader, const std::string& file, std::string_view text) {
    std::string faults;
    const std::vector<Given> given = read_toml(text, file, faults);
    if (!faults.empty()) loader.fault(faults);
    loader.take(given, file);
}

void take_environment(Loader& loader, const ConfigSources::Pairs& environment) {
    std::vector<std::string> names = setting_names();
    std::vector<std::string> variables;
    std::ranges::transform(names, std::back_inserter(variables), environment_name);
    std::vector<Given> given;
    for (const auto& [variable, value] : environment) {
        if (!variable.starts_with("LANGO_") || is_no_setting(variable)) continue;
        const auto at = std::ranges::find(variables, variable);
        if (at == variables.end()) {
            loader.fault("unknown environment variable " + variable +
                         did_you_mean(nearest(variable, variables)));
            continue;
        }
        Given& one = given.emplace_back();
        one.name = names[static_cast<std::size_t>(at - variables.begin())];
        one.where = "of " + variable;
        one.text = value;
    }
    loader.take(given);
}

void take_flags(Loader& loader, const ConfigSources::Pairs& flags) {
    std::vector<Given> given;
    for (const auto& [name, value] : flags) {
        Given& one = given.emplace_back();
        one.name = name;
        one.where = "of " + flag_name(name);
        one.text = value;
    }
    loader.take(given);
}

}  // namespace

Result<Config, ConfigError> load_config(const ConfigSources& sources, std::string_view file_text) {
    Loader loader;
    if (!sources.file.empty()) take_file(loader, sources.file, file_text);
    take_environment(loader, sources.environment);
    take_flags(loader, sources.flags);
    return loader.finish();
}

Result<Config, ConfigError> load_config(const ConfigSources& sources) {
    if (sources.file.empty()) return load_config(sources, "");
    const auto text = read_file(sources.file);
    if (!text) {
        return Unexpected<ConfigError>(
            ConfigError{"the settings file " + sources.file + " cannot be read"});
    }
    return load_config(sources, *text);
}

std::string public_url(const Config& config, std::uint16_t port_bound) {
    if (!config.http.public_url.empty()) return config.http.public_url;
    const std::string& address = config.http.address;
    const bool v6 = address.find(':') != std::string::npos;
    return "http://" + (v6 ? "[" + address + "]" : address) + ":" + std::to_string(port_bound);
}

std::optional<Listen> parse_listen(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == text.npos) return std::nullopt;
    auto address = text.substr(0, colon);
    const auto digits = text.substr(colon + 1);
    const bool bracketed = address.starts_with('[') && address.ends_with(']');
    if (bracketed) address = address.substr(1, address.size() - 2);
    const bool v6 = address.find(':') != address.npos;
    Listen listen{.address = std::string{address}};
    const char* const end = digits.data() + digits.size();
    const auto [at, error] = std::from_chars(digits.data(), end, listen.port);
    const bool whole = error == std::errc{} && at == end;
    if (!whole || v6 != bracketed || checks::ip_address(address)) return std::nullopt;
    return listen;
}

std::string console_url(const Config& config, std::uint16_t port_bound) {
    if (config.backoffice.listen.empty()) return {};
    if (!config.backoffice.public_url.empty()) return config.backoffice.public_url;
    return "http://localhost:" + std::to_string(port_bound);
}

std::string console_url(const Config& config) {
    const auto listen = parse_listen(config.backoffice.listen);
    return listen ? console_url(config, listen->port) : std::string{};
}

}  // namespace lango::ops
