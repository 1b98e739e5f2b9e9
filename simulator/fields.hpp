// The fields of a request, checked in order, as tolerant as the real service: strings or numbers,
// any zone in Timestamp, blanks after a TransactionType (daraja.md 3.1, 9).
#pragma once
#include <optional>
#include <string_view>

#include "base/json.hpp"
#include "http/message.hpp"

namespace lango::simulator {

// A string's or number's text; "" when there is none. Lives as long as body.
[[nodiscard]] std::string_view field(const json::Value& body, std::string_view name);

// Whole shillings as cents, from 0 to a billion shillings: what is too little or too much for
// M-Pesa has result codes of its own.
[[nodiscard]] std::optional<std::int64_t> amount_minor(std::string_view text);

// The first field that is wrong, as the error message names it; "" when all are right.
[[nodiscard]] std::string_view invalid_push_field(const json::Value& body);
[[nodiscard]] std::string_view invalid_query_field(const json::Value& body);

[[nodiscard]] bool is_digits(std::string_view text, std::size_t least, std::size_t most);
// An http or https address.
[[nodiscard]] bool is_callback_url(std::string_view url);
// Holds one of the words that Safaricom forbids in the addresses registered for C2B
// (daraja.md 4.1). Its own sample of a push has one of them in CallBackURL.
[[nodiscard]] bool has_forbidden_word(std::string_view url);

// Without it the real gateway does not read the body, and misses the first field.
[[nodiscard]] bool says_json(const http::Request& request);

}  // namespace lango::simulator
