// The signature of a withdrawal request (merchant-api 5.3, docs/formats/signatures.md):
// sha1( private_key + md5( values joined with ":" ) ), where the values are those of every field of
// the body but `signature`, by field name in byte order, each as PHP casts it to a string.
#pragma once
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "http/message.hpp"
#include "withdrawals/create.hpp"

namespace lango::api {

// Strings as they are, true as "1", false and null as "", numbers as PHP prints what json_decode
// made of them; the values of an array or object stand in its place, in the order sent; an empty
// one is "". Of a field that is sent twice the last one counts.
[[nodiscard]] std::string signed_text(const json::Value& body);

// Of our signed GET requests: the path as sent, then the values of the query's parameters but
// `signature`, decoded, by name and then by value in byte order.
[[nodiscard]] std::string signed_text(std::string_view path, const http::Query& query);

[[nodiscard]] std::string request_signature(std::string_view private_key, std::string_view text);

// Of a signed request, for keeping. has_id: it carries a withdrawal_id of the merchant's.
[[nodiscard]] withdrawals::SignedAs signed_as(const json::Value& body, MerchantId merchant,
                                              bool has_id);

// (string) json_decode(text) for the text of a JSON number.
[[nodiscard]] std::string php_number(std::string_view text);

}  // namespace lango::api
