#include "batches/approve.hpp"

#include <algorithm>

#include "people/trail.hpp"
#include "withdrawals/approve.hpp"

namespace lango::batches {

namespace {

using withdrawals::Decided;
using withdrawals::Withdrawal;

bool is_as_asked(const Withdrawal& withdrawal, const Row& row) {
    return row.is_payable() && withdrawal.phone == *row.phone && withdrawal.amount == *row.amount;
}

bool has_approved(store::Reader& reader, const Withdrawal& withdrawal, std::string_view who) {
    const auto given = withdrawals::approvals(reader, withdrawal);
    return std::ranges::any_of(given, [&](const withdrawals::Approval& approval) {
        return approval.counts && approval.who == who;
    });
}

}  // namespace

Approvable approvable(store::Reader& reader, const Batch& batch, std::string_view who,
                      std::string_view seen, std::optional<Money> sum) {
    const auto not_at_all = [](std::string_view why) {
        return Approvable{.why_not = std::string{why}, .open = {}};
    };
    if (seen != code(batch)) return not_at_all("It is not what you saw: look at it again.");
    if (!sum || *sum != batch.total) return not_at_all("That is not what the batch pays out.");
    Approvable found;
    for (const auto& row : rows(reader, batch.number, 0, places_max)) {
        const auto withdrawal =
            row.is_payable() ? withdrawals::find(reader, batch.file.merchant, row.withdrawal_id)
                             : std::nullopt;
        if (!withdrawal || !is_as_asked(*withdrawal, row)) {
            return not_at_all("Not every row is there with its recipient and amount.");
        }
        if (withdrawal->created_by == who) return not_at_all("Nobody approves what he created.");
        if (has_approved(reader, *withdrawal, who)) continue;
        const bool waits = withdrawal->state == withdrawals::State::waiting &&
                           withdrawal->has(withdrawals::Flag::approval);
        if (!waits) return not_at_all("Not every row waits for an approval.");
        found.open.push_back(
            {.id = withdrawal->id, .code = withdrawals::approval_code(*withdrawal)});
    }
    if (found.open.empty()) return not_at_all("You have approved it already.");
    return found;
}

Outcomes approve(store::Tx& tx, std::span<const ToApprove> all, std::string_view who, int needed,
                 Instant now) {
    Outcomes outcomes;
    for (const auto& [id, seen] : all) {
        const auto decided = withdrawals::approve(tx, id, who, seen, needed, now);
        const auto outcome = withdrawals::name(decided.what);
        ++outcomes[std::string{outcome}];
        people::record(tx, now, who, "withdrawal approve", hex16(id.value()), outcome);
    }
    return outcomes;
}

}  // namespace lango::batches
