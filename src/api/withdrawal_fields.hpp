// The fields of a withdrawal request, checked: every wrong one is told at once, in the page's
// order, in Laravel's English wording (decisions, Answers; merchant-api 5.1).
#pragma once
#include "api/envelope.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "merchants/merchant.hpp"
#include "withdrawals/accept.hpp"

namespace lango::api {

// The id is the caller's to set.
[[nodiscard]] Result<withdrawals::Wanted, FieldErrors> read_withdrawal(
    const json::Value& body, const merchants::Merchant& merchant);

}  // namespace lango::api
