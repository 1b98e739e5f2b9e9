#include "withdrawals/approve.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/crypto.hpp"
#include "withdrawals/after_restore.hpp"
#include "withdrawals/close.hpp"

namespace lango::withdrawals {

std::string_view name(Decided decided) {
    switch (decided) {
        case Decided::approved:
            return "approved";
        case Decided::queued:
            return "queued";
        case Decided::uncovered:
            return "uncovered";
        case Decided::rejected:
            return "rejected";
        case Decided::unknown_withdrawal:
            return "unknown_withdrawal";
        case Decided::not_waiting:
            return "not_waiting";
        case Decided::own:
            return "own";
        case Decided::twice:
            return "twice";
        case Decided::changed:
            return "changed";
    }
    unsound("a decision of the enum", std::source_location::current());
}

std::string approval_code(const Covered& covered) {
    const auto digest = crypto::sha256(
        std::to_string(covered.merchant.value()) + " " + hex16(covered.id.value()) + " " +
        covered.phone.raw() + " " + std::to_string(covered.amount.minor()) + " " +
        std::to_string(covered.fee.minor()) + " " + std::string{covered.amount.currency().code()});
    return crypto::hex(crypto::view(digest).substr(0, 8));
}

std::string approval_code(const Withdrawal& withdrawal) {
    return approval_code(Covered{.merchant = withdrawal.merchant,
                                 .id = withdrawal.id,
                                 .phone = withdrawal.phone,
                                 .amount = withdrawal.amount,
                                 .fee = withdrawal.fee});
}

std::vector<Approval> approvals(store::Reader& reader, const Withdrawal& withdrawal) {
    std::vector<Approval> found;
    const auto code = approval_code(withdrawal);
    reader.each(
        "SELECT who, at, code FROM withdrawal_approvals WHERE withdrawal_id = ?1 ORDER BY at, who",
        [&](const store::Row& row) {
            found.push_back(
                {.who = row.string(0), .at = row.instant(1), .counts = row.text(2) == code});
        },
        withdrawal.id);
    return found;
}

namespace {

constexpr std::int64_t most_approvals = 9;  // that settings allow

int asked_then(store::Reader& reader, WithdrawalId id) {
    const auto asked = reader.first(
        "SELECT needed FROM approvals_asked WHERE withdrawal_id = ?1",
        [](const store::Row& row) { return row.integer(0); }, id);
    return static_cast<int>(std::clamp<std::int64_t>(asked.value_or(1), 1, most_approvals));
}

}  // namespace

Decision approve(store::Tx& tx, WithdrawalId id, std::string_view who, std::string_view seen,
                 int needed_now, Instant now) {
    const int needed = std::max(needed_now, asked_then(tx, id));
    Decision decision{
        .what = Decided::unknown_withdrawal, .approvals = 0, .needed = needed, .postback = {}};
    auto withdrawal = find(tx, id);
    if (!withdrawal) return decision;
    const auto refused = [&](Decided why) {
        decision.what = why;
        return decision;
    };
    if (withdrawal->state != State::waiting || !withdrawal->has(Flag::approval)) {
        return refused(Decided::not_waiting);
    }
    if (who == withdrawal->created_by) return refused(Decided::own);
    LANGO_CHECK(!who.empty() && needed >= 1, "somebody approves, and one at least is needed");
    LANGO_CHECK(withdrawal->sends == 0, "what waits for people has not gone out");
    const auto code = approval_code(*withdrawal);
    if (seen != code) return refused(Decided::changed);
    const auto given = approvals(tx, *withdrawal);
    const auto counted = std::ranges::count_if(given, &Approval::counts);
    if (std::ranges::any_of(given, [&](const Approval& a) { return a.counts && a.who == who; })) {
        return refused(Decided::twice);
    }
    // One that was given to something else is worth nothing.
    tx.run("DELETE FROM withdrawal_approvals WHERE withdrawal_id = ?1 AND who = ?2", id, who);
    const auto written = tx.run(
        "INSERT INTO withdrawal_approvals (withdrawal_id, who, at, code) VALUES (?1, ?2, ?3, ?4)",
        id, who, now, code);
    LANGO_CHECK(written == 1, "an approval counts once");
    decision.approvals = static_cast<int>(counted) + 1;
    const auto detail = std::string{who} + ", " + std::to_string(decision.approvals) + " of " +
                        std::to_string(needed);
    if (decision.approvals < needed) {
        note(tx, *withdrawal, EventKind::approved, now, detail);
        return refused(Decided::approved);
    }
    withdrawal->flags &= ~Flag::approval;
    if (withdrawal->has(Flag::uncovered)) {
        note(tx, *withdrawal, EventKind::approved, now, detail);
        return refused(Decided::uncovered);
    }
    LANGO_CHECK(decision.approvals >= needed && who != withdrawal->created_by,
                "what goes out has its approvals, and none is its maker's");
    withdrawal->due_at = now;
    become(tx, *withdrawal, State::queued, EventKind::approved, now, detail);
    return refused(Decided::queued);
}

Decision reject(store::Tx& tx, WithdrawalId id, std::string_view who, std::string_view reason,
                const SettleContext& context, Instant now) {
    auto withdrawal = find(tx, id);
    if (!withdrawal) return {.what = Decided::unknown_withdrawal, .postback = {}};
    const bool is_unsent = withdrawal->state == State::queued && withdrawal->sends == 0;
    if (withdrawal->state != State::waiting && !is_unsent) {
        return {.what = Decided::not_waiting, .postback = {}};
    }
    LANGO_CHECK(withdrawal->sends == 0, "what has gone out is not rejected");
    auto detail = std::string{who};
    if (!reason.empty()) detail += ": " + std::string{reason};
    Decision decision{.what = Decided::rejected, .postback = {}};
    decision.postback = fail(tx, *withdrawal, EventKind::rejected, detail, context, now);
    withdrawal->result_code = "rejected";
    save(tx, *withdrawal);
    ask_after_all(tx, *withdrawal, context.route, now);
    return decision;
}

}  // namespace lango::withdrawals
