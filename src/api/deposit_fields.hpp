// The fields of a deposit request, checked: every wrong one is told at once, in the page's order,
// in Laravel's English wording (decisions, Answers).
#pragma once
#include "api/envelope.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "deposits/create.hpp"
#include "merchants/merchant.hpp"

namespace lango::api {

// The id is the caller's to set.
[[nodiscard]] Result<deposits::NewDeposit, FieldErrors> read_deposit(
    const json::Value& body, const merchants::Merchant& merchant);

}  // namespace lango::api
