#include "ops/settings.hpp"

namespace lango::ops {

namespace {

std::string replaced(std::string_view text, std::string_view what, char by) {
    std::string out(text);
    for (char& c : out) {
        if (what.find(c) != what.npos) c = by;
    }
    return out;
}

}  // namespace

std::string environment_name(std::string_view setting) {
    std::string name = "LANGO_" + replaced(setting, ".", '_');
    for (char& c : name) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return name;
}

std::string flag_name(std::string_view setting) { return "--" + replaced(setting, "._", '-'); }

std::optional<Named> find_setting(std::string_view name) {
    for (const Setting& setting : settings()) {
        if (setting.name == name) return Named{&setting, false};
        const bool file_variant = setting.is<Secret>() && name.ends_with(file_suffix) &&
                                  name.substr(0, name.size() - file_suffix.size()) == setting.name;
        if (file_variant) return Named{&setting, true};
    }
    return std::nullopt;
}

std::vector<std::string> setting_names() {
    std::vector<std::string> names;
    for (const Setting& setting : settings()) {
        names.emplace_back(setting.name);
        if (setting.is<Secret>()) names.push_back(names.back() + std::string(file_suffix));
    }
    return names;
}

}  // namespace lango::ops
