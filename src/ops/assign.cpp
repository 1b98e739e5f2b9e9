// One value into its place, checked against the table.
#include <charconv>
#include <type_traits>

#include "ops/settings.hpp"

namespace lango::ops {
namespace {

using Complaint = std::optional<std::string>;
using Type = Given::Type;

std::string bounds(const Setting& setting) {
    std::string out = "must be a whole number from " + std::to_string(setting.least) + " to " +
                      std::to_string(setting.most);
    if (!setting.unit.empty()) out += " (" + std::string(setting.unit) + ")";
    return out;
}

std::optional<std::int64_t> number(const Setting& setting, const Given& given) {
    if (given.type != Type::untyped && given.type != Type::number) return std::nullopt;
    std::int64_t value = 0;
    const char* const end = given.text.data() + given.text.size();
    const auto [at, error] = std::from_chars(given.text.data(), end, value);
    const bool whole = error == std::errc{} && at == end;
    if (!whole || value < setting.least || value > setting.most) return std::nullopt;
    return value;
}

std::vector<std::string> split(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    std::vector<std::string> items;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const std::string_view item = text.substr(0, comma);
        const std::size_t first = item.find_first_not_of(blanks);
        if (first != item.npos) {
            items.emplace_back(item.substr(first, item.find_last_not_of(blanks) - first + 1));
        }
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return items;
}

Complaint checked(const Setting& setting, std::string_view text) {
    if (setting.check == nullptr) return std::nullopt;
    const auto complaint = setting.check(text);
    if (!complaint) return std::nullopt;
    return std::string(*complaint) + ", not \"" + std::string(text) + "\"";
}

Complaint to(bool& place, const Setting&, const Given& given) {
    const bool typed_wrong = given.type != Type::untyped && given.type != Type::boolean;
    if (typed_wrong || (given.text != "true" && given.text != "false")) {
        return "must be true or false";
    }
    place = given.text == "true";
    return std::nullopt;
}

Complaint to(std::string& place, const Setting& setting, const Given& given) {
    if (given.type != Type::untyped && given.type != Type::text) return "must be a text in quotes";
    if (auto complaint = checked(setting, given.text)) return complaint;
    place = given.text;
    return std::nullopt;
}

Complaint to(Secret& place, const Setting&, const Given& given) {
    if (given.type != Type::untyped && given.type != Type::text) return "must be a text in quotes";
    place = Secret(given.text);
    return std::nullopt;
}

Complaint to(std::vector<std::string>& place, const Setting& setting, const Given& given) {
    if (given.type != Type::untyped && given.type != Type::list) {
        return "must be a list of texts, as in [\"a\", \"b\"]";
    }
    std::vector<std::string> items = given.type == Type::untyped ? split(given.text) : given.items;
    for (const std::string& item : items) {
        if (auto complaint = checked(setting, item)) return "each item " + *complaint;
    }
    place = std::move(items);
    return std::nullopt;
}

Complaint to(Duration& place, const Setting& setting, const Given& given) {
    const auto value = number(setting, given);
    if (!value) return bounds(setting);
    place = std::chrono::seconds{*value};
    return std::nullopt;
}

template <std::integral T>
Complaint to(T& place, const Setting& setting, const Given& given) {
    const auto value = number(setting, given);
    if (!value) return bounds(setting);
    place = static_cast<T>(*value);  // the table's bounds fit T
    return std::nullopt;
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

}  // namespace

std::optional<std::string> assign(Config& config, const Setting& setting, const Given& given) {
    return std::visit([&](auto place) { return to(place(config), setting, given); }, setting.place);
}

std::string default_text(const Setting& setting) {
    Config defaults;
    return std::visit(
        [&](auto place) -> std::string {
            const auto& value = place(defaults);
            using T = std::remove_cvref_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::string>) {
                return quoted(value);
            } else if constexpr (std::is_same_v<T, Secret>) {
                return quoted("");
            } else if constexpr (std::is_same_v<T, bool>) {
                return value ? "true" : "false";
            } else if constexpr (std::is_same_v<T, Duration>) {
                return std::to_string(value / std::chrono::seconds{1});
            } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
                std::string out;
                for (const auto& item : value) out += (out.empty() ? "" : ", ") + quoted(item);
                return "[" + out + "]";
            } else {
                return std::to_string(value);
            }
        },
        setting.place);
}

}  // namespace lango::ops
