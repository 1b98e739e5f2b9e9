#include "suspense/item.hpp"

#include "base/result.hpp"
#include "rails/ways_back.hpp"
#include "suspense/rest.hpp"

namespace lango::suspense {

namespace {

#define LANGO_ITEM_COLUMNS                                                              \
    "id, receipt, amount, allocated, reason, reference, phone, about_id, credited_id, " \
    "paid_at, booked_at, allocated_at, allocated_by, written_off"

std::optional<DepositId> deposit_at(const store::Row& row, int column) {
    const auto id = row.maybe_integer(column);
    return id ? std::optional{DepositId{*id}} : std::nullopt;
}

Item from_row(const store::Row& row) {
    const auto kes = [&](int column) { return Money{row.integer(column), Currency::kes()}; };
    return {.id = row.integer(0),
            .receipt = row.string(1),
            .amount = kes(2),
            .allocated = kes(3),
            .reason = static_cast<Reason>(row.integer(4)),
            .reference = row.string(5),
            .phone = row.string(6),
            .about = deposit_at(row, 7),
            .credited = deposit_at(row, 8),
            .paid_at = row.instant(9),
            .booked_at = row.instant(10),
            .allocated_at = row.is_null(11) ? std::nullopt : std::optional{row.instant(11)},
            .allocated_by = row.string(12),
            .written_off = kes(13)};
}

bool is_taken(store::Reader& reader, std::int64_t id) {
    return reader
        .first(
            "SELECT 1 FROM suspense_items WHERE id = ?1", [](const store::Row&) { return true; },
            id)
        .has_value();
}

}  // namespace

std::string_view name(Reason reason) {
    switch (reason) {
        case Reason::no_order:
            return "no_order";
        case Reason::underpaid:
            return "underpaid";
        case Reason::overpaid:
            return "overpaid";
        case Reason::paid_twice:
            return "paid_twice";
        case Reason::amount_differs:
            return "amount_differs";
        case Reason::earlier:
            return "earlier";
        case Reason::lost_order:
            return "lost_order";
    }
    return "?";
}

ledger::Booked put(store::Tx& tx, Item& item, std::int64_t shortcode) {
    // The item first, for the law that looks at the booking; a receipt that stands writes nothing.
    if (ledger::is_used(tx, item.receipt)) return ledger::Booked::receipt_used;
    while (is_taken(tx, item.id)) ++item.id;
    tx.run(
        "INSERT INTO suspense_items (id, receipt, amount, allocated, reason, reference, phone, "
        "about_id, paid_at, booked_at, allocated_by) "
        "VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, ?8, ?9, '')",
        item.id, item.receipt, item.amount.minor(), item.reason, item.reference, item.phone,
        item.about, item.paid_at, item.booked_at);
    const auto booked = ledger::book(
        tx, {.subject_id = item.id,
             .outcome = ledger::Outcome::deposit_to_suspense,
             .booked_at = item.booked_at,
             .postings = {{{.kind = ledger::AccountKind::rail, .owner = shortcode}, -item.amount},
                          {account(), item.amount}},
             .receipt = item.receipt,
             .amount = item.amount});
    LANGO_REQUIRE(booked == ledger::Booked::now);
    return booked;
}

void allocate(store::Tx& tx, const Item& item, DepositId deposit, Money amount, Instant now,
              std::string_view who) {
    const auto changed = tx.run(
        "UPDATE suspense_items SET allocated = ?2, credited_id = ?3, allocated_at = ?4, "
        "allocated_by = ?5 WHERE id = ?1 AND allocated = 0 AND amount >= ?2",
        item.id, amount.minor(), deposit, now, who);
    LANGO_REQUIRE(changed == 1);
}

std::optional<Item> find(store::Reader& reader, std::string_view receipt) {
    return reader.first("SELECT " LANGO_ITEM_COLUMNS " FROM suspense_items WHERE receipt = ?1",
                        from_row, receipt);
}

std::vector<Item> list_open(store::Reader& reader, std::int64_t after, std::int64_t limit) {
    std::vector<Item> found;
    reader.each(
        "SELECT " LANGO_ITEM_COLUMNS
        " FROM suspense_items i WHERE allocated < amount AND id > ?1 AND " LANGO_ITEM_REST
        " > 0 ORDER BY id LIMIT ?2",
        [&](const store::Row& row) { found.push_back(from_row(row)); }, after, limit);
    return found;
}

Money remainder(store::Reader& reader, const Item& item) {
    return reader
        .first(
            "SELECT " LANGO_ITEM_REST " FROM suspense_items i WHERE id = ?1",
            [](const store::Row& row) { return Money{row.integer(0), Currency::kes()}; }, item.id)
        .value_or(Money::zero());
}

std::string for_no_order(store::Reader& reader, const Item& item) {
    if (item.credited) {
        return "That receipt has paid order " + hex16(item.credited->value()) +
               ": what is left of it can only go back.";
    }
    if (!ledger::refunded(reader, item.receipt).is_zero()) {
        return "Some of that money has gone back, or is about to.";
    }
    return {};
}

namespace {

const Money shilling = Money::kes(1);  // the least that an order is of, and that M-PESA moves

// "" when there is none.
std::string ways_of(store::Reader& reader, const Item& item, Money left) {
    const Money whole{left.minor() - left.minor() % shilling.minor(), Currency::kes()};
    std::string ways;
    if (whole >= shilling && for_no_order(reader, item).empty()) ways = "given to an order";
    if (rails::can_be_paid_out(whole) ||
        (!whole.is_zero() && rails::can_be_reversed(whole, item.amount))) {
        ways += ways.empty() ? "sent back" : " or sent back";
    }
    return ways;
}

bool goes_back_now(store::Reader& reader, const Item& item) {
    return reader
        .first(
            "SELECT 1 FROM refunds f JOIN withdrawals w ON w.id = f.withdrawal_id "
            "WHERE f.receipt = ?1 AND w.state NOT IN (" LANGO_WITHDRAWAL_CLOSED ")",
            [](const store::Row&) { return true; }, item.receipt)
        .has_value();
}

}  // namespace

Result<Money, std::string> write_off(store::Tx& tx, std::string_view receipt, Instant now) {
    using Refused = Unexpected<std::string>;
    const auto item = find(tx, receipt);
    if (!item) return Refused{"There is no such money in suspense."};
    const auto left = remainder(tx, *item);
    if (left <= Money::zero()) return Refused{"Nothing is left of it."};
    if (const auto ways = ways_of(tx, *item, left); !ways.empty()) {
        return Refused{"KES " + left.text() + " is left of it, which can be " + ways + "."};
    }
    if (left >= shilling && goes_back_now(tx, *item)) {
        return Refused{"A refund of it is not over: should it fail, more than KES " + left.text() +
                       " is left."};
    }
    const auto booked = ledger::book(
        tx,
        {.subject_id = item->id,
         .outcome = ledger::Outcome::suspense_written_off,
         .booked_at = now,
         .postings = {{account(), -left}, {{.kind = ledger::AccountKind::fees, .owner = 0}, left}},
         .receipt = std::nullopt,
         .amount = left});
    if (booked != ledger::Booked::now) return Refused{"Some of it has been written off before."};
    tx.run("UPDATE suspense_items SET written_off = ?2 WHERE id = ?1", item->id, left.minor());
    return left;
}

}  // namespace lango::suspense
