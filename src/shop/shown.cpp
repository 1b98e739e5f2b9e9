#include "shop/shown.hpp"

#include <algorithm>

#include "base/json_writer.hpp"

namespace lango::shop {

namespace {

void write(json::Writer& writer, const Good& good) {
    writer.begin_object()
        .member("id", good.id)
        .member("name", good.name)
        .member("what", good.what)
        .member("price", std::int64_t{good.price})
        .end_object();
}

void write(json::Writer& writer, const BodyProof& proof) {
    writer.begin_object()
        .member("signed_part", proof.signed_part)
        .member("inner", proof.inner)
        .member("expected", proof.expected)
        .member("received", proof.received)
        .key("holds")
        .boolean(proof.holds)
        .end_object();
}

void write(json::Writer& writer, const HeaderProof& proof) {
    writer.begin_object()
        .member("id", proof.id)
        .member("timestamp", proof.timestamp)
        .member("expected", proof.expected)
        .member("received", proof.received)
        .key("fresh")
        .boolean(proof.fresh)
        .key("holds")
        .boolean(proof.holds)
        .end_object();
}

void write(json::Writer& writer, const AddressProof& proof) {
    writer.begin_object()
        .member("url", proof.url)
        .member("message", proof.message)
        .member("expected", proof.expected)
        .member("received", proof.received)
        .key("holds")
        .boolean(proof.holds)
        .end_object();
}

json::Writer& begin(json::Writer& writer, const Received& postback) {
    return writer.begin_object()
        .member("at", format_rfc3339(postback.at))
        .member("order", postback.custom_transaction_id)
        .member("amount", postback.amount)
        .member("receipt", postback.receipt)
        .key("verified")
        .boolean(postback.signature_verified());
}

}  // namespace

std::string_view standing(const Order& order, const std::deque<Received>& received) {
    std::string_view found = "waiting";
    for (const auto& postback : received) {
        if (postback.custom_transaction_id != order.id || !postback.signature_verified()) continue;
        if (order.good->price == 0 || postback.amount == std::to_string(order.good->price)) {
            return "paid";
        }
        found = "other_amount";
    }
    return found;
}

std::string shown(const BodyProof& proof) {
    std::string out;
    json::Writer writer{out};
    write(writer, proof);
    return out;
}

std::string shown(const std::deque<Order>& orders, const std::deque<Received>& received) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object().key("goods").begin_array();
    for (const auto& good : goods()) write(writer, good);
    writer.end_array().key("postbacks").begin_array();
    for (const auto& postback : received) {
        begin(writer, postback)
            .key("known")
            .boolean(std::ranges::find(orders, postback.custom_transaction_id, &Order::id) !=
                     orders.end())
            .end_object();
    }
    writer.end_array().end_object();
    return out;
}

std::string shown(const Order& order, const std::deque<Received>& received, const Keys& keys,
                  const Places& places) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("order", order.id).key("good");
    write(writer, *order.good);
    writer.member("way", order.way == Way::frame ? "frame" : "redirect")
        .member("link", order.link)
        .member("phone", order.phone)
        .member("phone_url", places.phones + "?phone=" + order.phone)
        .member("standing", standing(order, received))
        .key("back");
    if (order.back.empty())
        writer.null();
    else
        write(writer, prove_address(keys, order.back));
    writer.key("postbacks").begin_array();
    for (const auto& postback : received) {
        if (postback.custom_transaction_id != order.id) continue;
        begin(writer, postback).member("body", postback.body).key("page");
        write(writer, postback.page);
        writer.key("headers");
        write(writer, postback.headers);
        writer.end_object();
    }
    writer.end_array().end_object();
    return out;
}

}  // namespace lango::shop
