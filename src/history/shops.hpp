// Who sells in a made history: what they are called, how much they take, how they name an order and
// its buyer.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/money.hpp"
#include "base/random.hpp"
#include "base/time.hpp"

namespace lango::history {

struct Amounts {
    std::int64_t from, to, step;  // shillings
    unsigned weight;
};
struct Setting {
    std::string_view name, value;
};
struct Shop {
    std::string_view slug, name;
    unsigned share;  // of a hundred payments
    std::span<const Amounts> amounts;
    std::span<const Setting> settings;
    std::string_view orders;  // how its ids begin
};
// The sandbox's own merchant is the first.
[[nodiscard]] std::span<const Shop> shops();

[[nodiscard]] Money an_amount(const Shop& shop, Random& random);
// Three times as much, as far as one payout goes.
[[nodiscard]] Money a_payout(const Shop& shop, Random& random);
[[nodiscard]] std::string order_name(const Shop& shop, std::int64_t number, Instant at);
// Of its nth customer.
[[nodiscard]] std::string buyer(const Shop& shop, std::uint64_t customer, Random& random);
// The number of the nth customer, whichever shop it is in.
[[nodiscard]] std::int64_t phone_of(std::uint64_t customer);
// What somebody types where a paybill asks for an account.
[[nodiscard]] std::string mistyped(Random& random);
// M-PESA's for the nth movement of money: ten letters and digits that begin with the day.
[[nodiscard]] std::string receipt(std::int64_t number, Instant at);

}  // namespace lango::history
