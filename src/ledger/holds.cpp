#include "base/check.hpp"
#include "ledger/accounts.hpp"
#include "ledger/ledger.hpp"
#include "store/words.hpp"

namespace lango::ledger {

namespace {

void end_hold(store::Tx& tx, std::int64_t subject_id, HoldState state) {
    struct Open {
        AccountId account;
        std::int64_t amount;
    };
    const auto hold = tx.first(
        "SELECT account_id, amount FROM holds WHERE subject_id = ?1 AND state = " LANGO_HOLD_OPEN,
        [](const store::Row& row) { return Open{AccountId{row.integer(0)}, row.integer(1)}; },
        subject_id);
    LANGO_REQUIRE(hold);
    LANGO_CHECK(state == HoldState::captured || state == HoldState::released,
                "a hold ends captured or released");
    const auto ended = tx.run("UPDATE holds SET state = ?2 WHERE subject_id = ?1", subject_id,
                              static_cast<int>(state));
    LANGO_CHECK(ended == 1, "a payment has one hold");
    const auto freed =
        tx.run("UPDATE accounts SET held = held - ?2 WHERE id = ?1", hold->account, hold->amount);
    LANGO_CHECK(freed == 1, "a hold is on an account that there is");
    touch(tx, subject_id);
}

}  // namespace

bool hold(store::Tx& tx, std::int64_t subject_id, AccountRef account, Money amount) {
    LANGO_CHECK(amount.minor() > 0, "a hold is of some money");
    LANGO_CHECK(subject_id > 0, "a hold is a payment's");
    struct Found {
        AccountId id;
        std::int64_t free;
    };
    const auto found = tx.first(
        "SELECT id, balance - held FROM accounts WHERE kind = ?1 AND owner = ?2 AND currency = ?3",
        [](const store::Row& row) { return Found{AccountId{row.integer(0)}, row.integer(1)}; },
        account.kind, account.owner, account.currency.code());
    if (!found || Money{found->free, account.currency} < amount) return false;
    const auto made = tx.run(
        "INSERT INTO holds (subject_id, account_id, amount, state) VALUES (?1, ?2, "
        "?3, " LANGO_HOLD_OPEN ")",
        subject_id, found->id, amount.minor());
    LANGO_CHECK(made == 1, "a payment holds money once");
    const auto held =
        tx.run("UPDATE accounts SET held = held + ?2 WHERE id = ?1", found->id, amount.minor());
    LANGO_CHECK(held == 1, "what is held is held from one account");
    return true;
}

void release(store::Tx& tx, std::int64_t subject_id) {
    end_hold(tx, subject_id, HoldState::released);
}

void capture(store::Tx& tx, std::int64_t subject_id) {
    end_hold(tx, subject_id, HoldState::captured);
}

AccountRef held_from(store::Reader& reader, std::int64_t subject_id) {
    const auto account = reader.first(
        "SELECT a.kind, a.owner, a.currency FROM holds h JOIN accounts a ON a.id = h.account_id "
        "WHERE h.subject_id = ?1",
        [](const store::Row& row) {
            const auto currency = Currency::parse(row.text(2));
            LANGO_REQUIRE(currency);
            return AccountRef{.kind = static_cast<AccountKind>(row.integer(0)),
                              .owner = row.integer(1),
                              .currency = *currency};
        },
        subject_id);
    LANGO_REQUIRE(account);
    return *account;
}

}  // namespace lango::ledger
