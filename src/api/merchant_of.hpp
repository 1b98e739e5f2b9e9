// Who is calling the withdrawal API (decisions, Who is calling): the host api.{merchant's domain},
// else `access_key` in the query, else the installation's only merchant. Only the signature proves
// it.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "api/context.hpp"
#include "api/envelope.hpp"
#include "base/json.hpp"
#include "base/result.hpp"

namespace lango::api {

using Merchant = std::shared_ptr<const merchants::Merchant>;

// Null for nobody, and for an address that the merchant does not allow: answer not_found().
[[nodiscard]] Merchant merchant_of(const Context& context, const http::Request& request);

// The text that `signature` of the body is over (signed_text); nothing when it is not right.
[[nodiscard]] std::optional<std::string> text_signed(const Context& context,
                                                     const http::Request& request,
                                                     const json::Value& body,
                                                     const merchants::Merchant& merchant);

// The merchant of a signed GET request of ours, or what to answer: not found, a wrong signature, a
// timestamp that is missing or more than five minutes off.
[[nodiscard]] Result<Merchant, http::Response> signed_caller(const Context& context,
                                                             const http::Request& request);

// {"status":"fail","message":"Withdrawal signature is invalid"} (merchant-api 5.6)
[[nodiscard]] http::Response signature_invalid();

}  // namespace lango::api
