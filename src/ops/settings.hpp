// The one table of settings, for the files of this folder that read or print it.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "ops/config.hpp"

namespace lango::ops {

struct Setting {
    template <class T>
    using Place = T& (*)(Config&);
    // What an element of the text or list must be; nothing when it is.
    using Check = std::optional<std::string_view> (*)(std::string_view text);

    std::string_view name;  // "http.port": section and key of the file
    std::variant<Place<std::string>, Place<std::int64_t>, Place<int>, Place<std::uint16_t>,
                 Place<std::size_t>, Place<bool>, Place<Duration>, Place<Secret>,
                 Place<std::vector<std::string>>>
        place;
    std::string_view unit;   // of numbers: "s", "MiB"
    std::string_view help;   // one line, without a full stop at its end
    std::int64_t least = 0;  // of numbers
    std::int64_t most = 0;
    Check check = nullptr;  // of texts

    template <class T>
    [[nodiscard]] bool is() const {
        return std::holds_alternative<Place<T>>(place);
    }
    [[nodiscard]] bool is_number() const;
    // "text", "whole number", "seconds", "true or false", "list", "secret"
    [[nodiscard]] std::string_view type() const;
};

[[nodiscard]] std::span<const Setting> settings();

// "http.port" gives "LANGO_HTTP_PORT" and "--http-port".
[[nodiscard]] std::string environment_name(std::string_view setting);
[[nodiscard]] std::string flag_name(std::string_view setting);
// A secret can also be read from a file: "rail.passkey" has "rail.passkey_file" beside it.
inline constexpr std::string_view file_suffix = "_file";
// As it would be written in the file: 8080, "127.0.0.1", ["196.201.214.200"].
[[nodiscard]] std::string default_text(const Setting& setting);

// A name that somebody may have used: a setting or the file variant of a secret.
struct Named {
    const Setting* setting = nullptr;
    bool from_file = false;
};
[[nodiscard]] std::optional<Named> find_setting(std::string_view name);
// All names: settings and file variants.
[[nodiscard]] std::vector<std::string> setting_names();

// One value as a source gave it.
struct Given {
    enum class Type { untyped, text, number, boolean, list, other };  // untyped: variables, flags
    std::string name;
    std::string where;  // "in lango.toml line 3", "of LANGO_HTTP_PORT", "of --http-port"
    Type type = Type::untyped;
    std::string text;
    std::vector<std::string> items;
};
// Writes it into config, or says what it must be: "must be a whole number from 0 to 65535".
[[nodiscard]] std::optional<std::string> assign(Config& config, const Setting& setting,
                                                const Given& given);

// The file as values, and faults of its own, one a line. file: its name in messages.
[[nodiscard]] std::vector<Given> read_toml(std::string_view text, const std::string& file,
                                           std::string& faults);

}  // namespace lango::ops
