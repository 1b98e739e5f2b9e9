// Who is calling the deposit API (decisions, Who is calling), and what he sent.
#pragma once
#include <memory>
#include <optional>

#include "api/context.hpp"
#include "api/envelope.hpp"
#include "base/json.hpp"

namespace lango::api {

// The JSON object of a request. 415, 400 for what is none.
[[nodiscard]] Result<json::Value, http::Response> read_object(const http::Request& request);

// By `secret` in the query, else in the body. Nothing: answer not_found().
[[nodiscard]] std::shared_ptr<const merchants::Merchant> caller(const Context& context,
                                                                const http::Request& request,
                                                                const json::Value* body);

// Tells of a caller who is not who he says, where somebody listens. merchant: nullptr where nobody
// is known.
void refuse_caller(const Context& context, const http::Request& request, std::string_view kind,
                   const merchants::Merchant* merchant);

}  // namespace lango::api
