// Who carries out an operator's decision: his name and key, sent with it ("as", "key").
#pragma once
#include <optional>
#include <string>

#include "app/admin_endpoints.hpp"
#include "base/json.hpp"

namespace lango::app {

// What stands between a request and a decision: the object that was sent, and who decides; else
// what to answer.
struct Decider {
    json::Value body;
    std::string name;
    std::optional<Response> refusal;
};
[[nodiscard]] http::asio::awaitable<Decider> signed_by(SharedParts parts, const Request& request);
// Of decisions that lead to payouts: those need the running gateway, which pays and posts back.
[[nodiscard]] http::asio::awaitable<Decider> decider(SharedParts parts, const Request& request);

// Appends to the operators' trail.
[[nodiscard]] http::asio::awaitable<void> record(SharedParts parts, std::string who,
                                                 std::string act, std::string subject,
                                                 std::string detail);

}  // namespace lango::app
