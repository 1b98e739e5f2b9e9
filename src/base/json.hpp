// JSON in: a small tree that keeps the text of numbers and the order of members, because amounts
// are read from the text and signatures need the members that were sent.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace lango::json {

struct Number {
    std::string text;  // as sent: "1000", "331.00", "1e3"
    friend bool operator==(const Number&, const Number&) = default;
};
class Value;
using Member = std::pair<std::string, Value>;
using Array = std::vector<Value>;
using Object = std::vector<Member>;  // in order; of a repeated name the last one counts

class Value {
  public:
    using Variant = std::variant<std::nullptr_t, bool, Number, std::string, Array, Object>;
    Value() : data_(nullptr) {}
    explicit Value(Variant data) : data_(std::move(data)) {}

    [[nodiscard]] bool is_null() const { return std::holds_alternative<std::nullptr_t>(data_); }
    [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&data_); }
    [[nodiscard]] const Number* number() const { return std::get_if<Number>(&data_); }
    [[nodiscard]] const std::string* string() const { return std::get_if<std::string>(&data_); }
    [[nodiscard]] const Array* array() const { return std::get_if<Array>(&data_); }
    [[nodiscard]] const Object* object() const { return std::get_if<Object>(&data_); }

    // A member of an object; null pointer if this is no object or has none of that name.
    [[nodiscard]] const Value* find(std::string_view name) const;
    // The text of a string or number: what Daraja mixes freely. Null pointer otherwise.
    [[nodiscard]] const std::string* scalar_text() const;
    // scalar_text() of a member; "" when there is none.
    [[nodiscard]] std::string text_at(std::string_view name) const;

  private:
    Variant data_;
};

struct ParseError {
    std::string message;
    std::size_t offset = 0;
};

// Strict RFC 8259, UTF-8 checked, at most depth_max levels; trailing blanks allowed, nothing else.
inline constexpr std::size_t depth_max = 32;
[[nodiscard]] Result<Value, ParseError> parse(std::string_view text);

}  // namespace lango::json
