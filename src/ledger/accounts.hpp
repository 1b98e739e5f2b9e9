// Accounts by what they are; opened on first use. For book and holds only.
#pragma once
#include "ledger/ledger.hpp"

namespace lango::ledger {

[[nodiscard]] AccountId account_id(store::Tx& tx, AccountRef account);
// Nothing when nobody has used it yet.
[[nodiscard]] std::optional<AccountId> find_account(store::Reader& reader, AccountRef account);
[[nodiscard]] constexpr bool may_be_negative(AccountKind kind) {
    return kind == AccountKind::rail || kind == AccountKind::receivable;
}

}  // namespace lango::ledger
