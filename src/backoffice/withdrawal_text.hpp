// A withdrawal as a person writes it: the page's fields without those that are always the same.
#pragma once
#include <optional>
#include <string>

#include "api/withdrawal_fields.hpp"
#include "backoffice/endpoints.hpp"

namespace lango::backoffice {

// merchant, withdrawal_id, account_number, amount, label and comment, all texts; phones as people
// type them. The error is one line: "amount: The amount must be at least 10."
[[nodiscard]] Result<withdrawals::Wanted, std::string> manual_withdrawal(
    const json::Value& fields, const merchants::Merchant& merchant, const std::string& created_by);

[[nodiscard]] std::string line_of(const api::FieldErrors& errors);

[[nodiscard]] http::asio::awaitable<std::optional<merchants::Merchant>> merchant_of(
    SharedParts parts, std::string slug);

}  // namespace lango::backoffice
