// Accepts a withdrawal: the row, its first event and the hold on the merchant's money, or nothing.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::withdrawals {

struct NewWithdrawal {
    WithdrawalId id{0};
    MerchantId merchant{0};
    std::string withdrawal_id;  // "": one is made
    std::string payout_id{};    // "": one of the row's own (rails/payout_id.hpp)
    std::string label;
    Msisdn phone;
    Money amount;
    Money fee;  // on top of the amount
    std::string comment;
    Kind kind = Kind::api;
    bool needs_approval = false;
    int approvals_needed = 1;         // by the rules as they are; kept where it needs approval
    bool may_wait_for_cover = false;  // else it is refused when the balance does not cover it
    std::string created_by = {};
    std::optional<ledger::AccountRef> held_from{};  // none: the merchant's account
    std::optional<SignedAs> signed_as{};            // none: no request asked for it
};

// Field and text, as the page has them: {"withdrawals_sum_amount":["Insufficient balance"]}.
using Refusal = std::pair<std::string_view, std::string>;

inline constexpr std::string_view sum_field = "withdrawals_sum_amount";
inline constexpr const char* id_taken = "The withdrawal id has already been taken.";

// Nothing is written when it refuses.
[[nodiscard]] Result<void, Refusal> create(store::Tx& tx, const NewWithdrawal& wanted, Instant now);

}  // namespace lango::withdrawals
