#include "base/json_writer.hpp"

#include <array>
#include <charconv>

namespace lango::json {
namespace {

// 0 for a byte that stands for itself; for the others the letter after the backslash, 'u' where
// only its number will do. 0xe2 may begin U+2028: looked at more closely.
constexpr char maybe_line_separator = 1;
constexpr auto escapes = [] {
    std::array<char, 256> table{};
    for (std::size_t i = 0; i < 0x20; ++i) table[i] = 'u';
    table['\b'] = 'b';
    table['\f'] = 'f';
    table['\n'] = 'n';
    table['\r'] = 'r';
    table['\t'] = 't';
    table['"'] = '"';
    table['\\'] = '\\';
    table[0xe2] = maybe_line_separator;
    return table;
}();

void append_control(std::string& out, unsigned char byte) {
    static constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u00";
    out += digits[byte >> 4];
    out += digits[byte & 15];
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
    out += '"';
    std::size_t plain = 0;  // where the run of bytes not yet written begins
    const auto flush = [&](std::size_t end) { out.append(text, plain, end - plain); };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const char escape = escapes[byte];
        if (escape == 0) continue;
        if (escape == maybe_line_separator) {
            // Valid JSON raw, but PHP escapes them, as old JavaScript ended a line there.
            const std::string_view sequence = text.substr(i, 3);
            if (sequence != "\u2028" && sequence != "\u2029") continue;
            flush(i);
            out += sequence == "\u2028" ? "\\u2028" : "\\u2029";
            i += 2;
        } else {
            flush(i);
            if (escape == 'u') {
                append_control(out, byte);
            } else {
                out += '\\';
                out += escape;
            }
        }
        plain = i + 1;
    }
    flush(text.size());
    out += '"';
}

void Writer::separate() {
    if (!first_) out_ += ',';
    first_ = false;
}

Writer& Writer::begin_object() {
    separate();
    out_ += '{';
    first_ = true;
    return *this;
}

Writer& Writer::end_object() {
    out_ += '}';
    first_ = false;
    return *this;
}

Writer& Writer::begin_array() {
    separate();
    out_ += '[';
    first_ = true;
    return *this;
}

Writer& Writer::end_array() {
    out_ += ']';
    first_ = false;
    return *this;
}

Writer& Writer::key(std::string_view name) {
    separate();
    append_string(out_, name);
    out_ += ':';
    first_ = true;  // no comma between a name and its value
    return *this;
}

Writer& Writer::string(std::string_view text) {
    separate();
    append_string(out_, text);
    return *this;
}

Writer& Writer::integer(std::int64_t value) {
    separate();
    std::array<char, 20> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    out_.append(buffer.data(), end);
    return *this;
}

Writer& Writer::decimal(const Decimal& value) { return raw(value.text()); }
Writer& Writer::boolean(bool value) { return raw(value ? "true" : "false"); }
Writer& Writer::null() { return raw("null"); }

Writer& Writer::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

}  // namespace lango::json
