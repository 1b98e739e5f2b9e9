#include "withdrawals/create.hpp"

#include "base/check.hpp"
#include "rails/payout_id.hpp"
#include "store/words.hpp"

namespace lango::withdrawals {

namespace {

// Whether a request of this signature was taken that this one cannot be an honest repeat of: it
// had a withdrawal_id, or this one has, or its fields had other names.
bool is_signature_used(store::Reader& reader, const SignedAs& signed_as) {
    const auto form = [&](store::Sql sql) {
        return reader.first(
            sql, [](const store::Row& row) { return row.integer(0); }, signed_as.signature);
    };
    const auto is_other = [&](std::int64_t used) { return used != signed_as.form || used == 0; };
    const auto least = form(
        "SELECT signed_form FROM withdrawal_signatures WHERE signature = ?1 "
        "ORDER BY signed_form LIMIT 1");
    if (!least) return false;
    const auto most = form(
        "SELECT signed_form FROM withdrawal_signatures WHERE signature = ?1 "
        "ORDER BY signed_form DESC LIMIT 1");
    return is_other(*least) || is_other(most.value_or(*least));
}

// The name of a request that is refused: taken first, since that is one look at the key less.
void give_back(store::Tx& tx, MerchantId merchant, std::string_view withdrawal_id) {
    const auto gone =
        tx.run("DELETE FROM withdrawal_keys WHERE merchant_id = ?1 AND withdrawal_id = ?2",
               merchant, withdrawal_id);
    LANGO_CHECK(gone == 1, "what is given back was taken");
}

}  // namespace

Result<void, Refusal> create(store::Tx& tx, const NewWithdrawal& wanted, Instant now) {
    const auto withdrawal_id =
        wanted.withdrawal_id.empty() ? hex16(wanted.id.value()) : wanted.withdrawal_id;
    const auto named = tx.run(
        "INSERT INTO withdrawal_keys (merchant_id, withdrawal_id, id) VALUES (?1, ?2, ?3) "
        "ON CONFLICT DO NOTHING",
        wanted.merchant, withdrawal_id, wanted.id);
    if (named == 0) return Unexpected<Refusal>{{"withdrawal_id", id_taken}};
    if (wanted.signed_as && is_signature_used(tx, *wanted.signed_as)) {
        give_back(tx, wanted.merchant, withdrawal_id);
        return Unexpected<Refusal>{{"withdrawal_id", id_taken}};
    }
    const bool covered = wanted.kind == Kind::test ||
                         ledger::hold(tx, wanted.id.value(),
                                      wanted.held_from.value_or(merchant_account(wanted.merchant)),
                                      wanted.amount + wanted.fee);
    if (!covered && !wanted.may_wait_for_cover) {
        give_back(tx, wanted.merchant, withdrawal_id);
        return Unexpected<Refusal>{{sum_field, "Insufficient balance"}};
    }
    LANGO_CHECK(covered || wanted.kind != Kind::refund, "a refund is held when it is asked for");
    const auto state = wanted.needs_approval || !covered ? State::waiting : State::queued;
    // People are not waited for by the clock; money is looked for again and again.
    const auto due_at = covered && wanted.needs_approval ? std::nullopt : std::optional{now};
    const auto flags = (covered ? 0 : static_cast<std::int64_t>(Flag::uncovered)) |
                       (wanted.needs_approval ? static_cast<std::int64_t>(Flag::approval) : 0);
    insert(tx, Withdrawal{.id = wanted.id,
                          .merchant = wanted.merchant,
                          .withdrawal_id = withdrawal_id,
                          .payout_id = wanted.payout_id.empty() ? rails::payout_id(wanted.id)
                                                                : wanted.payout_id,
                          .label = wanted.label,
                          .phone = wanted.phone,
                          .amount = wanted.amount,
                          .fee = wanted.fee,
                          .comment = wanted.comment,
                          .kind = wanted.kind,
                          .state = state,
                          .events = 1,
                          .due_at = due_at,
                          .flags = flags,
                          .created_at = now,
                          .created_by = wanted.created_by,
                          .signed_as = wanted.signed_as});
    const auto told = tx.run(
        "INSERT INTO withdrawal_events (withdrawal_id, number, at, state, kind, detail) "
        "VALUES (?1, 1, ?2, ?3, ?4, '')",
        wanted.id, now, state, EventKind::created);
    LANGO_CHECK(told == 1, "a withdrawal begins with its first event");
    if (wanted.needs_approval && wanted.approvals_needed > 1) {
        tx.run("INSERT INTO approvals_asked (withdrawal_id, needed) VALUES (?1, ?2)", wanted.id,
               wanted.approvals_needed);
    }
    return {};
}

}  // namespace lango::withdrawals
