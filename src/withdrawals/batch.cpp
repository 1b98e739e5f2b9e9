#include "withdrawals/batch.hpp"

#include <functional>
#include <set>
#include <utility>

#include "base/check.hpp"

namespace lango::withdrawals {

namespace {

// Writes a row that may be written; the error says why not.
using Accept = std::function<Result<void, Refusal>(const Wanted& row)>;

class Batch {
  public:
    Batch(store::Reader& reader, const merchants::Merchant& merchant, Accept accept)
        : reader_(reader),
          merchant_(merchant),
          accept_(std::move(accept)),
          float_(free_float(reader)),
          balance_(ledger::balance(reader, merchant_account(merchant.id)).free()) {}

    RowResult take(const Wanted& row) {
        if (!seen_.insert(row.withdrawal_id).second) {
            return {.outcome = RowOutcome::wrong,
                    .text = "withdrawal_id stands in another row, too"};
        }
        if (const auto known = find(reader_, merchant_.id, row.withdrawal_id))
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
        if (const auto taken = accept_(row); !taken) {
            return {.outcome = RowOutcome::wrong, .text = taken.error().second};
        }
        LANGO_CHECK(cost.minor() > 0, "a row of a batch costs something");
        LANGO_CHECK(!float_ || *float_ >= cost, "a batch takes no more than the rail holds");
        if (float_) float_ = *float_ - cost;
        balance_ = balance_ - cost;
        return {.outcome = RowOutcome::taken, .text = {}};
    }

  private:
    static RowResult again(const Withdrawal& known, const Wanted& row) {
        if (known.phone == row.phone && known.amount == row.amount) {
            return {.outcome = RowOutcome::there,
                    .text = std::string{name(known.state)},
                    .waits_for_people = known.state == State::waiting && known.has(Flag::approval)};
        }
        return {.outcome = RowOutcome::wrong,
                .text = "withdrawal_id was used for another recipient or amount"};
    }

    store::Reader& reader_;
    const merchants::Merchant& merchant_;
    Accept accept_;
    std::optional<Money> float_;
    Money balance_;
    std::set<std::string> seen_;
};

std::vector<RowResult> in_order(Batch batch, const std::vector<Wanted>& rows) {
    std::vector<RowResult> results(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        results[i] = batch.take(rows[i]);
        if (results[i].outcome == RowOutcome::short_of) break;
    }
    return results;
}

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
    unsound("a row's outcome of the enum", std::source_location::current());
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
    if (dry_run) return try_batch(tx, rows, merchant);
    return in_order(
        Batch{tx, merchant, [&](const Wanted& row) { return accept(tx, row, merchant, now); }},
        rows);
}

std::vector<RowResult> try_batch(store::Reader& reader, const std::vector<Wanted>& rows,
                                 const merchants::Merchant& merchant) {
    return in_order(Batch{reader, merchant, [](const Wanted&) { return Result<void, Refusal>{}; }},
                    rows);
}

}  // namespace lango::withdrawals
