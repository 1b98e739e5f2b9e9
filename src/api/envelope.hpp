// The answers' common form (merchant-api 2.2): {"status":"ok","data":{..}} or
// {"status":"fail","message":TEXT or {field:[TEXT]}}.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "http/message.hpp"

namespace lango::api {

// Field and text; several texts of one field stand together.
using FieldErrors = std::vector<std::pair<std::string_view, std::string>>;

[[nodiscard]] http::Response ok(std::string body);
[[nodiscard]] http::Response fail(int status, std::string_view message);
// HTTP 200: a business refusal (decisions, Answers).
[[nodiscard]] http::Response fail(const FieldErrors& errors);
// 404 for a missing, wrong or revoked secret, and for an address that is not allowed.
[[nodiscard]] http::Response not_found();
// 503 or 429 with Retry-After in whole seconds, rounded up.
[[nodiscard]] http::Response come_again(int status, std::string_view message, Duration after);

}  // namespace lango::api
