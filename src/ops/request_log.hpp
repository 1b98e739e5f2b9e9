// What is told of each answered request: to the metrics always, to the log when log.requests is on,
// when we failed (5xx but 501, 503 and 505), or at level debug. Never a body, never a secret.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "http/message.hpp"
#include "ops/metrics.hpp"

namespace lango::ops {

// For http::ServerOptions::observe. metrics outlives it.
[[nodiscard]] std::function<void(const http::Request&, const http::Response&, Duration taken)>
observe_requests(Metrics& metrics, bool log_all);

// For http::ServerOptions::failed.
void log_failure(const http::Request& request, const std::string& what);

// A raw query with the values of secret parameters as ***: "secret=***&label=x". Secret is whose
// name, percent-decoded and without case, contains secret, key, token, password, signature or pin.
// Of any other value of more than 12 bytes, and of a bare name, only the beginning: a secret may
// stand where none belongs.
[[nodiscard]] std::string without_secrets(std::string_view query);

}  // namespace lango::ops
