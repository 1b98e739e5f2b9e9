// JSON of a rail that does not always write JSON: names with bytes of another encoding, raw control
// characters, escapes that are none ("NG\'ANG\'A"), a byte order mark. What is repaired is free
// text and nothing else: each repair leaves U+FFFD in its text, and who reads a text that decides
// something refuses one that has it. Merchants' JSON is read strictly (json.hpp).
#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace lango::json {

// What stands where a byte or an escape was repaired.
inline constexpr std::string_view repair_mark = "\xEF\xBF\xBD";

// Only what stands inside strings is touched, and no repair moves where one ends: outside of them
// every byte is as it came (but a byte order mark before the text). The result need not be JSON.
[[nodiscard]] std::string repair(std::string_view text);

// Strictly, and where that fails, repaired. A name of a member is no free text: with one that was
// repaired the whole is refused.
[[nodiscard]] Result<Value, ParseError> parse_leniently(std::string_view text);

// Something was repaired in this text (or somebody before us did).
[[nodiscard]] inline bool is_repaired(std::string_view text) {
    return text.find(repair_mark) != std::string_view::npos;
}

// A member that decides something: nothing when it is not there, when it stands there twice, when
// it was repaired, or is neither text nor number.
[[nodiscard]] std::optional<std::string> sound_text(const Value& object, std::string_view name);
// One of these members, of whatever type, stands there twice.
[[nodiscard]] bool stands_twice(const Value& object, std::initializer_list<std::string_view> names);
// One of these members stands there twice, was repaired, or is neither text, number nor null.
[[nodiscard]] bool is_unsound(const Value& object, std::initializer_list<std::string_view> names);

// A text whose objects at one depth are rows. Each row by itself, byte for byte, so that one that
// cannot be read hides no other; and the text with row_mark in each one's place, where nothing else
// is an object.
inline constexpr std::string_view row_mark = "{}";
struct Rows {
    std::vector<std::string_view> rows;
    std::string rest;
};
// `outer`: the brackets that stand open around a row, such as "{[[". Nothing when brackets or
// strings do not end.
[[nodiscard]] std::optional<Rows> split_rows(std::string_view text, std::string_view outer);

}  // namespace lango::json
