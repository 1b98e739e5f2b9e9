// What a customer of the demo shop has asked for, and the link that he pays it with.
#pragma once
#include <string>

#include "base/time.hpp"
#include "shop/goods.hpp"
#include "shop/proofs.hpp"

namespace lango::shop {

enum class Way { redirect, frame };

struct Order {
    std::string id;  // the gateway's custom_transaction_id
    const Good* good = nullptr;
    Way way = Way::redirect;
    std::string lang;   // "en", "sw"
    std::string phone;  // a simulated one to pay it with
    std::string back;   // the signed address; "" in a frame, which leads nowhere
    std::string link;
};

// Where the merchant's payment window and his shop stand.
struct Places {
    std::string plugin;  // "http://../plugin/demo/"
    std::string phones;  // "http://../phone/"
    std::string shop;    // "http://127.0.0.1:5000"
};

// Signs the way back and writes the link; id, good, way and lang are set.
void make_link(Order& order, const Keys& keys, const Places& places);

// A simulated phone that nothing happens to but paying, another one each time: one phone has one
// prompt at a time, and pays the same amount only once in two minutes. The last three digits say
// what happens (simulator/README.md).
[[nodiscard]] std::string payer_of(Instant now);

}  // namespace lango::shop
