#include "shop/order.hpp"

#include "base/secret.hpp"
#include "http/message.hpp"
#include "merchants/redirect.hpp"

namespace lango::shop {

void make_link(Order& order, const Keys& keys, const Places& places) {
    order.link = places.plugin + "?label=customer-1&currency_code=KES&lang=" + order.lang +
                 "&wallet_type=mpesa&custom_transaction_id=" + http::percent_encode(order.id);
    if (order.good->price > 0) order.link += "&fixed_amount=" + std::to_string(order.good->price);
    if (order.way == Way::frame) return;
    order.back = merchants::sign_redirect(Secret{keys.private_access_key},
                                          places.shop + "/?order=" + order.id);
    for (const auto* name : {"success_url", "fail_url", "pending_url"}) {
        order.link += "&" + std::string{name} + "=" + order.back;
    }
}

std::string payer_of(Instant now) {
    const auto number = to_micros(now) % 10'000;
    return "25471" + std::to_string(10'000 + number).substr(1) + "321";
}

}  // namespace lango::shop
