#include "batches/release.hpp"

#include "base/check.hpp"
#include "people/people.hpp"
#include "people/trail.hpp"
#include "withdrawals/batch.hpp"

namespace lango::batches {

namespace {

using withdrawals::RowOutcome;
using withdrawals::RowResult;

constexpr std::string_view itself = "this machine";

void set_row(store::Tx& tx, std::int64_t batch, const Row& row, RowState state,
             std::string_view reason) {
    tx.run("UPDATE batch_rows SET state = ?2, reason = ?3 WHERE id = ?1", row_id(batch, row.place),
           state, reason);
}

RowState state_of(RowOutcome outcome) {
    switch (outcome) {
        case RowOutcome::taken:
            return RowState::made;
        case RowOutcome::there:
            return RowState::there;
        case RowOutcome::wrong:
            return RowState::refused;
        case RowOutcome::short_of:
        case RowOutcome::left:
            break;
    }
    return RowState::open;
}

// Keeps what became of a group's rows, and moves the batch on.
class Walk {
  public:
    Walk(store::Tx& tx, Batch batch, Instant now) : tx_(tx), batch_(std::move(batch)), now_(now) {}

    // False: the batch stops here.
    bool note(const Row& row, RowState state, std::string_view reason) {
        LANGO_CHECK(row.place >= batch_.next_place, "a batch goes forwards");
        if (row.state == RowState::refused) --batch_.refused;
        if (state == RowState::open) {
            batch_.next_place = row.place;
            batch_.state = State::stopped;
            batch_.why = "row " + std::to_string(row.line) + ": " + std::string{reason};
            set_row(tx_, batch_.number, row, RowState::open, reason);
            return false;
        }
        batch_.next_place = row.place + 1;
        if (state == RowState::made) ++batch_.made;
        if (state == RowState::there) ++batch_.found;
        if (state == RowState::refused) ++batch_.refused;
        set_row(tx_, batch_.number, row, state, reason);
        return true;
    }

    void save() {
        if (batch_.state == State::releasing && !has_more()) {
            LANGO_REQUIRE(batch_.left() == 0);
            batch_.state = State::done;
            batch_.ended_at = now_;
            batch_.ended_by = batch_.released_by;
        }
        LANGO_CHECK(batch_.made + batch_.found + batch_.refused <= batch_.rows,
                    "no more has become of a batch than it has rows");
        LANGO_REQUIRE(batch_.made >= 0 && batch_.found >= 0 && batch_.refused >= 0);
        tx_.run(
            "UPDATE batches SET state = ?2, next_place = ?3, made = ?4, found = ?5, refused = ?6, "
            "why = ?7, ended_at = ?8, ended_by = ?9 WHERE number = ?1",
            batch_.number, batch_.state, batch_.next_place, batch_.made, batch_.found,
            batch_.refused, batch_.why, batch_.ended_at, batch_.ended_by);
        if (batch_.state == State::releasing) return;
        people::record(tx_, now_, itself,
                       batch_.state == State::done ? "batch done" : "batch stopped",
                       std::to_string(batch_.number),
                       std::to_string(batch_.made) + " made, " + std::to_string(batch_.found) +
                           " there already, " + std::to_string(batch_.refused) + " refused" +
                           (batch_.why.empty() ? "" : "; " + batch_.why));
    }

  private:
    bool has_more() {
        return tx_
            .first(
                "SELECT 1 FROM batch_rows WHERE id >= ?1 AND id <= ?2 "
                "AND state IN (" LANGO_BATCH_ROW_OPEN ") LIMIT 1",
                [](const store::Row&) { return true; }, row_id(batch_.number, batch_.next_place),
                row_id(batch_.number, places_max))
            .has_value();
    }

    store::Tx& tx_;
    Batch batch_;
    Instant now_;
};

// Whoever released it may approve withdrawals of this merchant, as they are now; who may not pays
// nothing alone.
bool may_approve(store::Reader& reader, const Batch& batch) {
    const auto person = people::find(reader, batch.released_by);
    return person && person->permissions.has(people::Permission::withdrawals_approve) &&
           (!person->merchant || *person->merchant == batch.file.merchant);
}

Released why_not(const Batch& batch, const Release& wanted) {
    switch (batch.state) {
        case State::reading:
            return Released::not_whole;
        case State::cancelled:
            return Released::cancelled;
        case State::releasing:
        case State::done:
        case State::checked:
        case State::stopped:
            break;
    }
    if (wanted.seen != code(batch)) return Released::changed;
    if (!wanted.sum || *wanted.sum != batch.total) return Released::other_sum;
    if (batch.state == State::releasing) return Released::already;
    if (batch.state == State::checked && batch.wrong > 0) return Released::wrong_rows;
    if (batch.state == State::done && batch.refused == 0) return Released::nothing_left;
    return Released::yes;
}

}  // namespace

Released release(store::Tx& tx, const Release& wanted, Instant now) {
    const auto batch = find(tx, wanted.number);
    if (!batch) return Released::unknown;
    const auto outcome = why_not(*batch, wanted);
    if (outcome != Released::yes) return outcome;
    tx.run(
        "UPDATE batches SET state = ?2, released_by = ?3, released_at = ?4, next_place = 1, "
        "why = '', ended_at = NULL, ended_by = '' WHERE number = ?1",
        wanted.number, State::releasing, wanted.who, now);
    people::record(tx, now, wanted.who, "batch released", std::to_string(wanted.number),
                   std::to_string(batch->rows) + " rows, KES " + batch->total.text() + ", code " +
                       code(*batch));
    return Released::yes;
}

std::optional<Group> next_group(store::Reader& reader, std::size_t at_most) {
    auto batch = next_releasing(reader);
    if (!batch) return std::nullopt;
    auto open = open_rows(reader, batch->number, batch->next_place, at_most);
    return Group{.batch = *std::move(batch), .rows = std::move(open)};
}

Taken take(store::Tx& tx, const Batch& seen, std::span<const Item> items,
           const merchants::Merchant& merchant, Instant now) {
    const auto batch = find(tx, seen.number);
    const bool is_there = batch && batch->state == State::releasing &&
                          batch->next_place == seen.next_place &&
                          batch->released_at == seen.released_at;
    if (!is_there) return {};
    LANGO_REQUIRE(batch->file.merchant == merchant.id);
    std::vector<withdrawals::Wanted> wishes;
    const bool by_approver = may_approve(tx, *batch);
    for (const auto& item : items) {
        if (!item.wanted) continue;
        wishes.push_back(*item.wanted);
        wishes.back().made_by_approver = by_approver;
    }
    const auto results = withdrawals::take_batch(tx, wishes, merchant, false, now);
    LANGO_CHECK(results.size() == wishes.size(), "each row has its result");
    Walk walk{tx, *batch, now};
    Taken taken{.made = 0, .moved = true};
    auto result = results.begin();
    for (const auto& item : items) {
        if (!item.wanted) {
            static_cast<void>(walk.note(item.row, RowState::refused, item.wanted.error()));
            continue;
        }
        const auto became = state_of(result->outcome);
        if (became == RowState::made) ++taken.made;
        const auto reason = became == RowState::refused || became == RowState::open
                                ? std::string_view{result->text}
                                : std::string_view{};
        ++result;
        if (!walk.note(item.row, became, reason)) break;
    }
    walk.save();
    return taken;
}

void stop(store::Tx& tx, std::int64_t number, std::string_view why, Instant now) {
    const auto stopped = tx.run(
        "UPDATE batches SET state = ?2, why = ?3 WHERE number = ?1 "
        "AND state = " LANGO_BATCH_RELEASING,
        number, State::stopped, why);
    if (stopped > 0) people::record(tx, now, itself, "batch stopped", std::to_string(number), why);
}

Cancelled cancel(store::Tx& tx, std::int64_t number, std::string_view who, Instant now) {
    const auto batch = find(tx, number);
    if (!batch) return Cancelled::unknown;
    if (batch->state == State::done || batch->state == State::cancelled) return Cancelled::over;
    tx.run("UPDATE batches SET state = ?2, ended_at = ?3, ended_by = ?4 WHERE number = ?1", number,
           State::cancelled, now, who);
    people::record(
        tx, now, who, "batch cancelled", std::to_string(number),
        std::to_string(batch->made) + " made, " + std::to_string(batch->left()) + " left");
    return Cancelled::yes;
}

std::vector<std::int64_t> forgotten(store::Reader& reader, std::size_t at_most, Instant now) {
    std::vector<std::int64_t> numbers;
    reader.each(
        "SELECT number FROM batches WHERE state IN (?1, ?2, ?3) AND uploaded_at < ?4 "
        "AND COALESCE(released_at, 0) < ?4 ORDER BY number LIMIT ?5",
        [&](const store::Row& row) { numbers.push_back(row.integer(0)); }, State::reading,
        State::checked, State::stopped, now - kept_unreleased, static_cast<std::int64_t>(at_most));
    return numbers;
}

void cancel_forgotten(store::Tx& tx, std::size_t at_most, Instant now) {
    for (const auto number : forgotten(tx, at_most, now)) {
        static_cast<void>(cancel(tx, number, itself, now));
    }
}

}  // namespace lango::batches
