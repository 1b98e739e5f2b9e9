#include "batches/check.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/check.hpp"
#include "withdrawals/batch.hpp"

namespace lango::batches {

namespace {

using withdrawals::RowOutcome;

withdrawals::Wanted wanted(const Row& row) {
    return {.id = WithdrawalId{0},
            .withdrawal_id = row.withdrawal_id,
            .label = row.label,
            .phone = *row.phone,
            .amount = *row.amount,
            .comment = row.comment,
            .kind = withdrawals::Kind::manual,
            .created_by = {}};
}

bool is_untouched(const Row& row) {
    return row.state == RowState::open || row.state == RowState::wrong;
}

void note(Check& check, Row& row, const withdrawals::RowResult& result) {
    const bool untouched = is_untouched(row);
    if (untouched) {
        row.state = RowState::open;
        row.reason.clear();
    }
    switch (result.outcome) {
        case RowOutcome::taken:
            ++check.taken;
            break;
        case RowOutcome::there:
            ++check.there;
            if (result.waits_for_people) ++check.waiting;
            break;
        case RowOutcome::wrong:
            ++check.wrong;
            if (untouched) {
                row.state = RowState::wrong;
                row.reason = result.text;
            }
            break;
        case RowOutcome::short_of:
            check.short_of = "row " + std::to_string(row.line) + ": " + result.text;
            ++check.left;
            break;
        case RowOutcome::left:
            ++check.left;
            break;
    }
}

// Rows that name nobody: they could not be read, or what they made has been masked.
void note_unpayable(Check& check, const Row& row) {
    const bool was_taken = row.state == RowState::made || row.state == RowState::there;
    ++(was_taken ? check.there : check.wrong);
}

void try_rows(Check& check, store::Reader& reader, const merchants::Merchant& merchant,
              std::vector<Row>& rows) {
    std::vector<withdrawals::Wanted> wishes;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!rows[i].is_payable()) {
            note_unpayable(check, rows[i]);
            continue;
        }
        wishes.push_back(wanted(rows[i]));
        places.push_back(i);
    }
    const auto results = withdrawals::try_batch(reader, wishes, merchant);
    LANGO_CHECK(results.size() == places.size(), "each row has its result");
    for (std::size_t i = 0; i < results.size(); ++i) note(check, rows[places[i]], results[i]);
}

void find_new_recipients(Check& check, store::Reader& reader, MerchantId merchant,
                         const std::vector<Row>& rows) {
    std::set<std::int64_t> unknown;
    for (const auto& row : rows) {
        if (row.is_payable()) unknown.insert(row.phone->number());
    }
    reader.each(
        "SELECT w.phone FROM withdrawal_keys k JOIN withdrawals w ON w.id = k.id "
        "WHERE k.merchant_id = ?1 AND w.state = ?2",
        [&](const store::Row& row) { unknown.erase(row.integer(0)); }, merchant,
        withdrawals::State::paid);
    for (const auto& row : rows) {
        if (!row.is_payable() || !unknown.contains(row.phone->number())) continue;
        ++check.new_recipients;
        if (check.to_new.size() < shown_max) check.to_new.push_back(row);
    }
}

using Totals = std::map<std::int64_t, std::int64_t>;  // by phone, in hundredths

Totals totals_of(const std::vector<Row>& rows) {
    Totals totals;
    for (const auto& row : rows) {
        if (row.is_payable()) totals[row.phone->number()] += row.amount->minor();
    }
    return totals;
}

std::optional<std::int64_t> released_before(store::Reader& reader, MerchantId merchant,
                                            std::int64_t number) {
    return reader.first(
        "SELECT number FROM batches WHERE merchant_id = ?1 AND number <> ?2 AND (?2 = 0 OR "
        "number < ?2) AND released_at IS NOT NULL ORDER BY number DESC LIMIT 1",
        [](const store::Row& row) { return row.integer(0); }, merchant, number);
}

std::optional<Difference> difference(store::Reader& reader, MerchantId merchant,
                                     std::int64_t number, const std::vector<Row>& rows) {
    const auto last = released_before(reader, merchant, number);
    if (!last) return std::nullopt;
    Difference found{.number = *last};
    const auto before = totals_of(batches::rows(reader, *last, 0, places_max));
    const auto now = totals_of(rows);
    for (const auto& [phone, amount] : now) {
        const auto same = before.find(phone);
        if (same == before.end()) {
            ++found.added;
        } else {
            ++(same->second == amount ? found.same : found.other_amount);
        }
    }
    found.gone = std::ranges::count_if(
        before, [&](const auto& recipient) { return !now.contains(recipient.first); });
    return found;
}

}  // namespace

std::vector<Row> largest(std::vector<Row> rows, std::size_t at_most) {
    std::erase_if(rows, [](const Row& row) { return !row.is_payable(); });
    const auto count = std::min(rows.size(), at_most);
    std::ranges::partial_sort(
        rows, rows.begin() + static_cast<std::ptrdiff_t>(count), [](const Row& a, const Row& b) {
            return *a.amount == *b.amount ? a.place < b.place : *a.amount > *b.amount;
        });
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(count), rows.end());
    return rows;
}

std::vector<std::vector<Row>> repeated(const std::vector<Row>& rows) {
    std::map<std::pair<std::int64_t, std::int64_t>, std::size_t> places;
    std::vector<std::vector<Row>> groups;
    for (const auto& row : rows) {
        if (!row.is_payable()) continue;
        const auto [place, is_new] =
            places.emplace(std::pair{row.phone->number(), row.amount->minor()}, groups.size());
        if (is_new) groups.emplace_back();
        groups[place->second].push_back(row);
    }
    std::erase_if(groups, [](const auto& group) { return group.size() < 2; });
    return groups;
}

Check check(store::Reader& reader, const merchants::Merchant& merchant, std::int64_t number,
            std::vector<Row>& rows) {
    Check found;
    try_rows(found, reader, merchant, rows);
    found.largest = largest(rows, 5);
    find_new_recipients(found, reader, merchant.id, rows);
    found.repeated = repeated(rows);
    found.repeats = static_cast<std::int64_t>(found.repeated.size());
    if (found.repeated.size() > shown_max) found.repeated.resize(shown_max);
    found.since_last = difference(reader, merchant.id, number, rows);
    return found;
}

}  // namespace lango::batches
