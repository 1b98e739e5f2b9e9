#include "withdrawals/judge.hpp"

#include "base/check.hpp"
#include "rails/receipt.hpp"
#include "withdrawals/approve.hpp"

namespace lango::withdrawals {

namespace {

// Another person's, about the same recipient and amount.
bool is_shared(store::Reader& reader, WithdrawalId id, const Verdict& verdict,
               const std::string& code) {
    return reader
        .first(
            "SELECT 1 FROM withdrawal_verdicts WHERE withdrawal_id = ?1 AND who <> ?2 "
            "AND paid = ?3 AND receipt = ?4 AND code = ?5",
            [](const store::Row&) { return true; }, id, verdict.who, verdict.paid ? 1 : 0,
            verdict.receipt, code)
        .has_value();
}

rails::PayoutSeen claim_of(const Verdict& verdict, const Withdrawal& withdrawal) {
    return {.source = rails::PayoutSource::person,
            .fate = verdict.paid ? rails::PayoutFate::paid : rails::PayoutFate::failed,
            .code = verdict.paid ? "0" : "settled by hand",
            .description = verdict.reason,
            .conversation_id = {},
            .receipt = verdict.paid ? std::optional{verdict.receipt} : std::nullopt,
            .amount = withdrawal.amount,
            .halts = rails::Halts::nothing,
            .raw = {}};
}

}  // namespace

std::string_view name(Judged judged) {
    switch (judged) {
        case Judged::unknown_withdrawal:
            return "unknown_withdrawal";
        case Judged::not_open:
            return "not_open";
        case Judged::no_receipt:
            return "no_receipt";
        case Judged::bad_receipt:
            return "bad_receipt";
        case Judged::receipt_used:
            return "receipt_used";
        case Judged::first:
            return "first";
        case Judged::settled:
            return "settled";
    }
    unsound("a judgement of the enum", std::source_location::current());
}

Judgement judge(store::Tx& tx, WithdrawalId id, const Verdict& said_so,
                const SettleContext& context, Instant now) {
    auto verdict = said_so;
    auto withdrawal = find(tx, id);
    if (!withdrawal) return {.what = Judged::unknown_withdrawal, .outcome = {}};
    if (withdrawal->state != State::unknown && withdrawal->state != State::sent) {
        return {.what = Judged::not_open, .outcome = {}};
    }
    if (verdict.paid && verdict.receipt.empty()) return {.what = Judged::no_receipt, .outcome = {}};
    if (verdict.paid) {
        auto receipt = rails::typed_receipt(verdict.receipt);
        if (!receipt) return {.what = Judged::bad_receipt, .outcome = {}};
        verdict.receipt = *std::move(receipt);
    }
    if (verdict.paid && ledger::is_used(tx, verdict.receipt)) {
        return {.what = Judged::receipt_used, .outcome = {}};
    }
    LANGO_CHECK(!verdict.who.empty(), "somebody says what became of it");
    const auto code = approval_code(*withdrawal);
    tx.run("DELETE FROM withdrawal_verdicts WHERE withdrawal_id = ?1 AND who = ?2", id,
           verdict.who);
    const auto written = tx.run(
        "INSERT INTO withdrawal_verdicts (withdrawal_id, who, at, paid, receipt, code, reason) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        id, verdict.who, now, verdict.paid ? 1 : 0, verdict.receipt, code, verdict.reason);
    LANGO_CHECK(written == 1, "a person says one thing about a payout");
    auto said = verdict.who + ": " + (verdict.paid ? "paid, " + verdict.receipt : "failed");
    if (!verdict.reason.empty()) said += " (" + verdict.reason + ")";
    note(tx, *withdrawal, EventKind::judged, now, said);
    if (!is_shared(tx, id, verdict, code)) return {.what = Judged::first, .outcome = {}};
    return {.what = Judged::settled,
            .outcome = settle(tx, id, claim_of(verdict, *withdrawal), context, now)};
}

}  // namespace lango::withdrawals
