#include "base/result.hpp"
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
    tx.run("UPDATE holds SET state = ?2 WHERE subject_id = ?1", subject_id,
           static_cast<int>(state));
    tx.run("UPDATE accounts SET held = held - ?2 WHERE id = ?1", hold->account, hold->amount);
    touch(tx, subject_id);
}

}  // namespace

bool hold(store::Tx& tx, std::int64_t subject_id, AccountRef account, Money amount) {
    LANGO_REQUIRE(amount.minor() > 0);
    if (balance(tx, account).free() < amount) return false;
    const auto id = account_id(tx, account);
    tx.run(
        "INSERT INTO holds (subject_id, account_id, amount, state) VALUES (?1, ?2, "
        "?3, " LANGO_HOLD_OPEN ")",
        subject_id, id, amount.minor());
    tx.run("UPDATE accounts SET held = held + ?2 WHERE id = ?1", id, amount.minor());
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
