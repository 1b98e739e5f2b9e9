#include "window/order.hpp"

#include <algorithm>

#include "store/columns.hpp"

namespace lango::window {

namespace {

using store::Column;
using Rows =
    store::Table<Order, "window_orders", Column<"id", &Order::id, store::Plain, store::Life::key>,
                 Column<"merchant_id", &Order::merchant>,
                 Column<"custom_transaction_id", &Order::custom_transaction_id>,
                 Column<"label", &Order::label>,
                 Column<"fixed_amount", &Order::fixed_amount, store::Kes>,
                 Column<"success_url", &Order::success_url>, Column<"fail_url", &Order::fail_url>,
                 Column<"pending_url", &Order::pending_url>, Column<"code", &Order::code>,
                 Column<"created_at", &Order::created_at>, Column<"signed", &Order::is_signed>>;

Order from_row(const store::Row& row) {
    Order order;
    Rows::read(row, order);
    return order;
}

}  // namespace

void insert(store::Tx& tx, Order order, const Codes& codes) {
    const auto free = std::ranges::find_if(
        codes, [&](const std::string& code) { return !find_by_code(tx, order.merchant, code); });
    order.code = free == codes.end() ? codes.front() : *free;
    Rows::insert(tx, order);
}

std::optional<Order> find(store::Reader& reader, OrderId id) {
    return reader.first(Rows::select<"FROM window_orders WHERE id = ?1">, from_row, id);
}

std::optional<Order> find(store::Reader& reader, MerchantId merchant,
                          std::string_view custom_transaction_id) {
    return reader.first(
        Rows::select<"FROM window_orders WHERE merchant_id = ?1 AND custom_transaction_id = ?2">,
        from_row, merchant, custom_transaction_id);
}

std::optional<Order> find_by_code(store::Reader& reader, MerchantId merchant,
                                  std::string_view code) {
    return reader.first(Rows::select<"FROM window_orders WHERE code = ?1 AND merchant_id = ?2 "
                                     "ORDER BY id DESC LIMIT 1">,
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
            "SELECT COALESCE(SUM(events), 0) FROM deposits WHERE id IN (SELECT deposit_id "
            "FROM deposit_keys WHERE merchant_id = ?1 AND custom_transaction_id = ?2)",
            [](const store::Row& row) { return row.integer(0); }, merchant, custom_transaction_id)
        .value_or(0);
}

}  // namespace lango::window
