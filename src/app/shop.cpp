#include "app/shop.hpp"

#include <algorithm>
#include <chrono>

#include "base/crypto.hpp"
#include "base/json.hpp"
#include "postbacks/body.hpp"

namespace lango::app {

namespace {

using http::PathArguments;
using http::Request;
using http::Response;

constexpr std::size_t kept_max = 50;

constexpr std::string_view page_head =
    "<!doctype html><html lang=en><meta charset=utf-8><title>Demo shop</title>"
    "<meta http-equiv=refresh content=2>"
    "<style>body{font:16px system-ui;max-width:50rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem;"
    "border-bottom:1px solid #ccc}</style>"
    "<h1>Demo shop</h1><p>What the gateway told this merchant, newest first.</p>"
    "<table><tr><th>At (UTC)<th>Order<th>Amount, KES<th>Receipt<th>Signature</tr>";

void append_cell(std::string& out, std::string_view text) {
    out += "<td>";
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '&')
            out += "&amp;";
        else
            out += c;
    }
}

// The signed part stands last, and is signed as it was sent: bytes, not a tree built again.
std::string_view signed_part(std::string_view body) {
    static constexpr std::string_view name = R"("additional_data":)";
    const auto at = body.rfind(name);
    if (at == body.npos || !body.ends_with('}')) return {};
    body.remove_suffix(1);
    return body.substr(at + name.size());
}

}  // namespace

Shop::Shop(asio::any_io_executor executor, Clock& clock, Random& random)
    : clock_(clock),
      server_(
          std::move(executor), {},
          [this](const Request& request) { return router_.handle(request); }, random) {
    router_.add(http::Method::post, "/postback",
                [this](const Request& request, const PathArguments&) -> asio::awaitable<Response> {
                    co_return take(request.body);
                });
    router_.add(http::Method::get, "/",
                [this](const Request&, const PathArguments&) -> asio::awaitable<Response> {
                    co_return page();
                });
}

std::string Shop::listen(std::uint16_t port) {
    return "http://127.0.0.1:" + std::to_string(server_.listen_tcp("127.0.0.1", port));
}

void Shop::set_keys(std::string access_key, std::string private_access_key) {
    access_key_ = std::move(access_key);
    private_access_key_ = std::move(private_access_key);
}

std::optional<Shop::Received> Shop::find(const std::string& custom_transaction_id) const {
    const auto found =
        std::ranges::find(received_, custom_transaction_id, &Received::custom_transaction_id);
    if (found == received_.end()) return std::nullopt;
    return *found;
}

asio::awaitable<void> Shop::stop() { return server_.stop(std::chrono::seconds{1}); }

bool Shop::verified(const std::string& body) const {
    const auto tree = json::parse(body);
    if (!tree) return false;
    const auto expected =
        postbacks::page_signature(access_key_, private_access_key_, signed_part(body));
    return crypto::equal_in_constant_time(expected, tree->text_at("signature"));
}

Response Shop::take(const std::string& body) {
    const auto tree = json::parse(body);
    const auto* list = tree ? tree->find("additional_data") : nullptr;
    if (list == nullptr || list->array() == nullptr || list->array()->empty()) {
        return {.status = 400, .body = R"({"status":"fail"})"};
    }
    const auto& payment = list->array()->front();
    received_.push_front({.at = clock_.now(),
                          .custom_transaction_id = payment.text_at("plugin_custom_order_id"),
                          .receipt = payment.text_at("transaction_id"),
                          .amount = payment.text_at("amount"),
                          .signature_verified = verified(body)});
    if (received_.size() > kept_max) received_.pop_back();
    return {.body = R"({"status":"ok"})"};
}

Response Shop::page() const {
    std::string html{page_head};
    for (const auto& postback : received_) {
        html += "<tr>";
        append_cell(html, format_utc(postback.at));
        append_cell(html, postback.custom_transaction_id);
        append_cell(html, postback.amount);
        append_cell(html, postback.receipt);
        append_cell(html, postback.signature_verified ? "verified: yes" : "verified: NO");
    }
    return {.content_type = "text/html; charset=utf-8", .body = html + "</table></html>"};
}

}  // namespace lango::app
