// JSON out, exactly as PHP's json_encode with JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE
// prints it (merchant-api 4.4): no blanks, members in the order written, "/" and non-ASCII raw,
// control characters as \b \f \n \r \t or \u00xx, U+2028 and U+2029 as \u2028 and \u2029.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/decimal.hpp"

namespace lango::json {

// Appends a quoted string. text must be valid UTF-8.
void append_string(std::string& out, std::string_view text);

// Appends to a string of the caller's. Commas and colons come by themselves.
class Writer {
  public:
    explicit Writer(std::string& out) : out_(out) {}

    Writer& begin_object();
    Writer& end_object();
    Writer& begin_array();
    Writer& end_array();
    Writer& key(std::string_view name);

    Writer& string(std::string_view text);
    Writer& integer(std::int64_t value);
    Writer& decimal(const Decimal& value);
    Writer& boolean(bool value);
    Writer& null();
    // Bytes that are JSON already, such as a signed part that must not change.
    Writer& raw(std::string_view json);

    // key + value
    Writer& member(std::string_view name, std::string_view text) { return key(name).string(text); }
    Writer& member(std::string_view name, const char* text) { return key(name).string(text); }
    Writer& member(std::string_view name, std::int64_t value) { return key(name).integer(value); }

  private:
    void separate();
    std::string& out_;
    bool first_ = true;  // nothing stands yet in the innermost open array or object
};

}  // namespace lango::json
