#include "window/order.hpp"

#include <algorithm>

namespace lango::window {

namespace {

#define LANGO_ORDER_COLUMNS                                                                \
    "id, merchant_id, custom_transaction_id, label, fixed_amount, success_url, fail_url, " \
    "pending_url, code, created_at, signed"

Order from_row(const store::Row& row) {
    Order order;
    order.id = OrderId{row.integer(0)};
    order.merchant = MerchantId{row.integer(1)};
    order.custom_transaction_id = row.string(2);
    order.label = row.string(3);
    if (!row.is_null(4)) order.fixed_amount = Money{row.integer(4), Currency::kes()};
    order.success_url = row.string(5);
    order.fail_url = row.string(6);
    order.pending_url = row.string(7);
    order.code = row.string(8);
    order.created_at = row.instant(9);
    order.is_signed = row.integer(10) != 0;
    return order;
}

}  // namespace

void insert(store::Tx& tx, Order order, const Codes& codes) {
    const auto free = std::ranges::find_if(
        codes, [&](const std::string& code) { return !find_by_code(tx, order.merchant, code); });
    order.code = free == codes.end() ? codes.front() : *free;
    const auto fixed =
        order.fixed_amount ? std::optional{order.fixed_amount->minor()} : std::nullopt;
    tx.run("INSERT INTO window_orders (" LANGO_ORDER_COLUMNS
           ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
           order.id, order.merchant, order.custom_transaction_id, order.label, fixed,
           order.success_url, order.fail_url, order.pending_url, order.code, order.created_at,
           order.is_signed ? 1 : 0);
}

std::optional<Order> find(store::Reader& reader, OrderId id) {
    return reader.first("SELECT " LANGO_ORDER_COLUMNS " FROM window_orders WHERE id = ?1", from_row,
                        id);
}

std::optional<Order> find(store::Reader& reader, MerchantId merchant,
                          std::string_view custom_transaction_id) {
    return reader.first("SELECT " LANGO_ORDER_COLUMNS
                        " FROM window_orders WHERE merchant_id = ?1 AND custom_transaction_id = ?2",
                        from_row, merchant, custom_transaction_id);
}

std::optional<Order> find_by_code(store::Reader& reader, MerchantId merchant,
                                  std::string_view code) {
    return reader.first("SELECT " LANGO_ORDER_COLUMNS
                        " FROM window_orders WHERE code = ?1 AND merchant_id = ?2 "
                        "ORDER BY id DESC LIMIT 1",
                        from_row, code, merchant);
}

bool is_same(const Order& order, const Link& link) {
    const auto leads_to = [](const Target& target, const std::string& url) {
        return !target.named || target.url == url;
    };
    return order.label == link.label && order.fixed_amount == link.fixed_amount &&
           leads_to(link.success, order.success_url) && leads_to(link.fail, order.fail_url) &&
           leads_to(link.pending, order.pending_url);
}

std::int64_t version(const std::vector<deposits::Deposit>& attempts) {
    std::int64_t events = 0;
    for (const auto& attempt : attempts) events += attempt.events;
    return events;
}

std::int64_t version(store::Reader& reader, MerchantId merchant,
                     std::string_view custom_transaction_id) {
    return reader
        .first(
            "SELECT COALESCE(SUM(events), 0) FROM deposits WHERE merchant_id = ?1 "
            "AND custom_transaction_id = ?2",
            [](const store::Row& row) { return row.integer(0); }, merchant, custom_transaction_id)
        .value_or(0);
}

}  // namespace lango::window
