#include "ledger/accounts.hpp"

#include <array>

#include "base/check.hpp"

namespace lango::ledger {

// By number, because a row may say anything.
std::string_view name(AccountKind kind) {
    constexpr std::array<std::string_view, 6> names{"?",    "rail",     "merchant",
                                                    "fees", "suspense", "receivable"};
    const auto number = static_cast<std::size_t>(kind);
    return number < names.size() ? names.at(number) : names.front();
}

std::string_view name(Outcome outcome) {
    constexpr std::array<std::string_view, 6> names{"?",
                                                    "deposit_paid",
                                                    "deposit_to_suspense",
                                                    "withdrawal_paid",
                                                    "withdrawal_paid_uncovered",
                                                    "suspense_written_off"};
    const auto number = static_cast<std::size_t>(outcome);
    return number < names.size() ? names.at(number) : names.front();
}

std::optional<AccountId> find_account(store::Reader& reader, AccountRef account) {
    return reader.first(
        "SELECT id FROM accounts WHERE kind = ?1 AND owner = ?2 AND currency = ?3",
        [](const store::Row& row) { return AccountId{row.integer(0)}; }, account.kind,
        account.owner, account.currency.code());
}

AccountId account_id(store::Tx& tx, AccountRef account) {
    if (const auto found = find_account(tx, account)) return *found;
    LANGO_CHECK(account.kind >= AccountKind::rail && account.kind <= AccountKind::receivable,
                "an account is of a kind that there is");
    LANGO_CHECK(account.owner >= 0, "an account is somebody's");
    const auto opened = tx.run(
        "INSERT INTO accounts (id, kind, owner, currency, may_be_negative, balance, held) "
        "SELECT COALESCE(MAX(id), 0) + 1, ?1, ?2, ?3, ?4, 0, 0 FROM accounts",
        account.kind, account.owner, account.currency.code(),
        may_be_negative(account.kind) ? 1 : 0);
    LANGO_CHECK(opened == 1, "an account is opened once");
    const auto made = find_account(tx, account);
    LANGO_CHECK(made, "an account that was opened is there");
    return *made;
}

Balance balance(store::Reader& reader, AccountRef account) {
    return reader
        .first(
            "SELECT balance, held FROM accounts WHERE kind = ?1 AND owner = ?2 AND currency = ?3",
            [&](const store::Row& row) {
                return Balance{.posted = Money{row.integer(0), account.currency},
                               .held = Money{row.integer(1), account.currency}};
            },
            account.kind, account.owner, account.currency.code())
        .value_or(Balance{.posted = Money::zero(account.currency),
                          .held = Money::zero(account.currency)});
}

}  // namespace lango::ledger
