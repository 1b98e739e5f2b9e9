#include "refunds/refund.hpp"

#include "base/result.hpp"
#include "ledger/ledger.hpp"

namespace lango::refunds {

namespace {

#define LANGO_REFUND_COLUMNS "withdrawal_id, receipt, deposit_id, method, reason, who"

// A row, before its withdrawal is read.
struct Link {
    WithdrawalId id;
    std::string receipt;
    std::optional<DepositId> deposit;
    Method method;
    std::string reason;
    std::string who;
};

Link from_row(const store::Row& row) {
    const auto deposit = row.maybe_integer(2);
    return {.id = WithdrawalId{row.integer(0)},
            .receipt = row.string(1),
            .deposit = deposit ? std::optional{DepositId{*deposit}} : std::nullopt,
            .method = static_cast<Method>(row.integer(3)),
            .reason = row.string(4),
            .who = row.string(5)};
}

// What left after it was called failed, or a second time (ledger/refund_gone.hpp).
Money uncovered(store::Reader& reader, WithdrawalId id) {
    return reader
        .first(
            "SELECT COALESCE(SUM(r.amount), 0) FROM withdrawal_events e "
            "JOIN receipts r ON r.receipt = e.detail AND r.outcome = ?2 "
            "WHERE e.withdrawal_id = ?1 AND e.kind = ?3",
            [](const store::Row& row) { return Money{row.integer(0), Currency::kes()}; }, id,
            ledger::Outcome::withdrawal_paid_uncovered, withdrawals::EventKind::contradicted)
        .value_or(Money::zero());
}

Refund complete(store::Reader& reader, Link link) {
    auto payout = withdrawals::find(reader, link.id);
    LANGO_REQUIRE(payout);
    const bool is_paid = payout->state == withdrawals::State::paid;
    const auto gone = (is_paid ? payout->amount : Money::zero()) + uncovered(reader, link.id);
    return {.payout = *std::move(payout),
            .receipt = std::move(link.receipt),
            .deposit = link.deposit,
            .method = link.method,
            .reason = std::move(link.reason),
            .who = std::move(link.who),
            .gone = gone};
}

std::vector<Refund> complete(store::Reader& reader, std::vector<Link> links) {
    std::vector<Refund> refunds;
    refunds.reserve(links.size());
    for (auto& link : links) refunds.push_back(complete(reader, std::move(link)));
    return refunds;
}

}  // namespace

std::optional<Refund> find(store::Reader& reader, WithdrawalId id) {
    auto link = reader.first(
        "SELECT " LANGO_REFUND_COLUMNS " FROM refunds WHERE withdrawal_id = ?1", from_row, id);
    if (!link) return std::nullopt;
    return complete(reader, *std::move(link));
}

std::vector<Refund> of_deposit(store::Reader& reader, DepositId deposit) {
    std::vector<Link> links;
    reader.each(
        "SELECT " LANGO_REFUND_COLUMNS " FROM refunds WHERE deposit_id = ?1 ORDER BY withdrawal_id",
        [&](const store::Row& row) { links.push_back(from_row(row)); }, deposit);
    return complete(reader, std::move(links));
}

Money paid_back(const std::vector<Refund>& refunds, std::string_view receipt) {
    auto sum = Money::zero();
    for (const auto& refund : refunds) {
        if (refund.receipt == receipt) sum = sum + refund.gone;
    }
    return sum;
}

}  // namespace lango::refunds
