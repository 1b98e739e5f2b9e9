#include "ops/log_line.hpp"

#include <algorithm>
#include <iterator>

#include "base/json_writer.hpp"
#include "base/redact.hpp"
#include "base/terminal_text.hpp"

namespace lango::log {
namespace {

using Kind = Value::Kind;

// Others' bytes reach logs, and logs reach terminals: what is no UTF-8 or not shown prints as the
// replacement character. New lines stay: both forms escape them.
std::string clean(std::string_view text) {
    std::string out;
    for (std::string_view rest = text; !rest.empty();) {
        const auto character = first_character(rest);
        const bool kept = character.is_shown || (character.is_valid && character.code < ' ');
        out += kept ? rest.substr(0, character.bytes) : std::string_view{"\xEF\xBF\xBD"};
        rest.remove_prefix(character.bytes);
    }
    return redact(out);
}

// A number that reads like a phone number is one that lost its type: it prints masked.
std::string number_text(std::int64_t number) { return redact(std::to_string(number)); }
bool is_plain(std::string_view number) { return number.find('*') == number.npos; }

std::string name_of(const Field& field) {
    std::string name(field.name);
    if (field.value.kind() == Kind::duration) name += "_us";
    return name;
}

std::string value_text(const Value& value) {
    switch (value.kind()) {
        case Kind::text:
            return clean(value.text());
        case Kind::integer:
            return number_text(value.number());
        case Kind::boolean:
            return value.number() != 0 ? "true" : "false";
        case Kind::phone:
            return Msisdn::from_number(value.number()).masked();
        case Kind::secret:
            return "***";
        case Kind::duration:
            return std::to_string(value.number());
    }
    return {};
}

void append_text_value(std::string& out, const Value& value) {
    const std::string text = value_text(value);
    const bool bare = !text.empty() && std::ranges::none_of(text, [](char c) {
        return c == ' ' || c == '"' || c == '=' || (c >= '\0' && c < ' ');
    });
    if (bare) {
        out += text;
    } else {
        json::append_string(out, text);
    }
}

// A terminal obeys control characters, also those that others sent us.
std::string without_controls(std::string text) {
    for (char& c : text) {
        if ((c >= '\0' && c < ' ') || c == '\x7F') c = ' ';
    }
    return text;
}

}  // namespace

std::string_view level_name(Level level) {
    switch (level) {
        case Level::debug:
            return "debug";
        case Level::info:
            return "info";
        case Level::warn:
            return "warn";
        case Level::error:
            return "error";
        case Level::off:
            return "off";
    }
    return {};
}

std::string json_line(Instant at, Level level, std::string_view area, std::string_view message,
                      Fields fields) {
    std::string line;
    json::Writer writer(line);
    writer.begin_object()
        .member("at", format_rfc3339(at))
        .member("level", level_name(level))
        .member("area", area)
        .member("message", clean(message));
    for (const Field& field : fields) {
        const std::string text = value_text(field.value);
        const Kind kind = field.value.kind();
        const bool raw = kind == Kind::boolean || kind == Kind::duration ||
                         (kind == Kind::integer && is_plain(text));
        writer.key(name_of(field));
        if (raw) {
            writer.raw(text);
        } else {
            writer.string(text);
        }
    }
    writer.end_object();
    return line;
}

std::string text_line(Instant at, Level level, std::string_view area, std::string_view message,
                      Fields fields) {
    std::string line = format_rfc3339(at) + ' ';
    for (const char c : level_name(level)) line += static_cast<char>(c - 'a' + 'A');
    line.append(level_name(level).size() < 5 ? "  " : " ");
    line.append(area).append("  ").append(clean(message));
    line = without_controls(std::move(line));
    const char* before = "  ";
    for (const Field& field : fields) {
        line.append(before).append(name_of(field)).append("=");
        append_text_value(line, field.value);
        before = " ";
    }
    return line;
}

}  // namespace lango::log
