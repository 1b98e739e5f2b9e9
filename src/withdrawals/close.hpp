// The two ends of a withdrawal: ledger, row and postback in one command.
#pragma once
#include <optional>
#include <string_view>

#include "postbacks/postback.hpp"
#include "withdrawals/settle.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::withdrawals {

// The rail's account that the money leaves: of a reversal the one that it came to.
[[nodiscard]] ledger::AccountRef rail_account(store::Reader& reader, const Withdrawal& withdrawal,
                                              const SettleContext& context);
// Books the payout, captures its hold, tells the merchant. False: the receipt stands with another
// payment, and nothing was written.
[[nodiscard]] bool pay(store::Tx& tx, Withdrawal& withdrawal, std::string_view receipt,
                       std::string_view detail, const SettleContext& context, Instant now,
                       std::optional<postbacks::Message>& postback);
// Proved that the money has not left, or will not: releases the hold, tells the merchant.
[[nodiscard]] std::optional<postbacks::Message> fail(store::Tx& tx, Withdrawal& withdrawal,
                                                     EventKind kind, std::string_view code,
                                                     const SettleContext& context, Instant now);

}  // namespace lango::withdrawals
