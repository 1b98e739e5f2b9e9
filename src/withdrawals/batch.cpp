#include "withdrawals/batch.hpp"

#include <algorithm>
#include <set>

#include "base/result.hpp"
#include "withdrawals/approve.hpp"

namespace lango::withdrawals {

namespace {

class Batch {
  public:
    Batch(store::Tx& tx, const merchants::Merchant& merchant, bool dry_run, Instant now)
        : tx_(tx),
          merchant_(merchant),
          dry_run_(dry_run),
          now_(now),
          float_(free_float(tx)),
          balance_(ledger::balance(tx, merchant_account(merchant.id)).free()) {}

    RowResult take(const Wanted& row) {
        if (!seen_.insert(row.withdrawal_id).second) {
            return {.outcome = RowOutcome::wrong,
                    .text = "withdrawal_id stands in another row, too"};
        }
        if (const auto known = find(tx_, merchant_.id, row.withdrawal_id))
            return again(*known, row);
        if (merchant_.is_disabled) {
            return {.outcome = RowOutcome::wrong, .text = std::string{merchants::disabled_text}};
        }
        const auto cost = row.amount + merchant_.payout_fee(row.amount);
        if (float_ && *float_ < cost) {
            return {.outcome = RowOutcome::short_of, .text = "the rail's float does not cover it"};
        }
        if (merchant_.balance_check && balance_ < cost) {
            return {.outcome = RowOutcome::short_of, .text = "the balance does not cover it"};
        }
        if (!dry_run_) {
            if (const auto taken = accept(tx_, row, merchant_, now_); !taken) {
                return {.outcome = RowOutcome::wrong, .text = taken.error().second};
            }
        }
        if (float_) float_ = *float_ - cost;
        balance_ = balance_ - cost;
        return {.outcome = RowOutcome::taken, .text = {}};
    }

  private:
    static RowResult again(const Withdrawal& known, const Wanted& row) {
        if (known.phone == row.phone && known.amount == row.amount) {
            RowResult there{.outcome = RowOutcome::there, .text = std::string{name(known.state)}};
            if (known.state == State::waiting && known.has(Flag::approval)) {
                there.to_approve = known.id;
                there.approval_code = approval_code(known);
            }
            return there;
        }
        return {.outcome = RowOutcome::wrong,
                .text = "withdrawal_id was used for another recipient or amount"};
    }

    store::Tx& tx_;
    const merchants::Merchant& merchant_;
    bool dry_run_;
    Instant now_;
    std::optional<Money> float_;
    Money balance_;
    std::set<std::string> seen_;
};

}  // namespace

std::string_view name(RowOutcome outcome) {
    switch (outcome) {
        case RowOutcome::taken:
            return "taken";
        case RowOutcome::there:
            return "there";
        case RowOutcome::wrong:
            return "wrong";
        case RowOutcome::short_of:
            return "short_of";
        case RowOutcome::left:
            return "left";
    }
    assertion_failed("a row's outcome of the enum", std::source_location::current());
}

std::optional<Money> free_float(store::Reader& reader) {
    const auto utility =
        reader.first("SELECT utility - paid_since FROM payout_float ORDER BY read_at DESC LIMIT 1",
                     [](const store::Row& row) { return row.integer(0); });
    if (!utility) return std::nullopt;
    const auto held = reader.first(
        "SELECT COALESCE(SUM(held), 0) FROM accounts WHERE kind = ?1",
        [](const store::Row& row) { return row.integer(0); }, ledger::AccountKind::merchant);
    return Money{*utility - held.value_or(0), Currency::kes()};
}

std::vector<RowResult> take_batch(store::Tx& tx, const std::vector<Wanted>& rows,
                                  const merchants::Merchant& merchant, bool dry_run, Instant now) {
    std::vector<RowResult> results(rows.size());
    Batch batch{tx, merchant, dry_run, now};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        results[i] = batch.take(rows[i]);
        if (results[i].outcome == RowOutcome::short_of) break;
    }
    return results;
}

}  // namespace lango::withdrawals
