#include "shop/shop.hpp"

#include <algorithm>
#include <chrono>

#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "http/own_page.hpp"
#include "shop/shown.hpp"
#include "web/shop.hpp"

namespace lango::shop {

namespace {

using http::Method;
using http::PathArguments;
using http::Request;
using http::Response;

constexpr std::size_t postbacks_max = 200;
constexpr std::size_t orders_max = 200;

Response refuse(int status, std::string_view message) {
    Response response{.status = status};
    json::Writer{response.body}
        .begin_object()
        .member("status", "fail")
        .member("error", message)
        .end_object();
    return response;
}

std::string origin(const std::string& url) {
    const auto scheme = url.find("://");
    return scheme == url.npos ? "" : url.substr(0, url.find('/', scheme + 3));
}

}  // namespace

Shop::Shop(asio::any_io_executor executor, Clock& clock, Random& random)
    : clock_(clock),
      ids_(random),
      server_(
          std::move(executor), {}, [this](const Request& request) { return handle(request); },
          random) {
    add_pages();
}

void Shop::add_pages() {
    const auto answer = [this](Method method, std::string_view path, auto handler) {
        router_.add(method, path,
                    [handler](const Request& request, const PathArguments& arguments)
                        -> asio::awaitable<Response> { co_return handler(request, arguments); });
    };
    answer(Method::get, "/",
           [this](const Request& r, const PathArguments&) { return file("index.html", r); });
    answer(Method::get, "/assets/{name}", [this](const Request& r, const PathArguments& a) {
        return file("assets/" + a.at(0), r);
    });
    answer(Method::get, "/shelf",
           [this](const Request&, const PathArguments&) { return show_shelf(); });
    answer(Method::post, "/orders",
           [this](const Request& r, const PathArguments&) { return order(r.body); });
    answer(Method::get, "/orders/{id}",
           [this](const Request&, const PathArguments& a) { return show_order(a.at(0)); });
    answer(Method::post, "/postback",
           [this](const Request& r, const PathArguments&) { return take(r); });
    answer(Method::post, "/verify", [this](const Request& r, const PathArguments&) {
        return Response{.body = shown(prove_body(keys_, r.body))};
    });
}

std::string Shop::listen(std::uint16_t port) {
    return "http://127.0.0.1:" + std::to_string(server_.listen_tcp("127.0.0.1", port));
}

void Shop::open(Keys keys, Places places) {
    keys_ = std::move(keys);
    places_ = std::move(places);
}

asio::awaitable<Response> Shop::handle(const Request& request) const {
    if (http::is_from_foreign_page(request)) {
        co_return refuse(403, "For pages and programs of this machine only.");
    }
    co_return co_await router_.handle(request);
}

asio::awaitable<void> Shop::stop() { return server_.stop(std::chrono::seconds{1}); }

std::optional<Received> Shop::find(const std::string& custom_transaction_id) const {
    const auto found =
        std::ranges::find(received_, custom_transaction_id, &Received::custom_transaction_id);
    if (found == received_.end()) return std::nullopt;
    return *found;
}

Response Shop::file(std::string_view name, const Request& request) const {
    const auto* const asset = http::find_asset(web::shop(), name);
    if (asset == nullptr) return {.status = 404, .content_type = "text/plain", .body = "Not found"};
    auto response = http::asset_response(*asset, request);
    response.headers.emplace_back("Content-Security-Policy",
                                  "default-src 'none'; script-src 'self'; style-src 'self'; "
                                  "img-src 'self'; connect-src 'self'; base-uri 'none'; "
                                  "form-action 'self'; frame-ancestors 'none'; frame-src " +
                                      origin(places_.plugin) + " " + origin(places_.phones));
    return response;
}

Response Shop::take(const Request& request) {
    const auto tree = json::parse(request.body);
    const auto* list = tree ? tree->find("additional_data") : nullptr;
    if (list == nullptr || list->array() == nullptr || list->array()->empty()) {
        return refuse(400, "no postback");
    }
    const auto& payment = list->array()->front();
    received_.push_front(
        {.at = clock_.now(),
         .custom_transaction_id = payment.text_at("plugin_custom_order_id"),
         .receipt = payment.text_at("transaction_id"),
         .amount = payment.text_at("amount"),
         .body = request.body,
         .page = prove_body(keys_, request.body),
         .headers = prove_headers(keys_, request.headers, request.body, clock_.now())});
    if (received_.size() > postbacks_max) received_.pop_back();
    return {.body = R"({"status":"ok"})"};
}

Response Shop::order(const std::string& body) {
    const auto tree = json::parse(body);
    const auto* const good = tree ? find_good(tree->text_at("good")) : nullptr;
    if (good == nullptr || places_.plugin.empty()) return refuse(400, "That is not for sale.");
    const auto now = clock_.now();
    Order made{.id = "shop-" + hex16(ids_.next(now)),
               .good = good,
               .way = tree->text_at("way") == "frame" ? Way::frame : Way::redirect,
               .lang = tree->text_at("lang") == "sw" ? "sw" : "en",
               .phone = payer_of(now),
               .back = {},
               .link = {}};
    make_link(made, keys_, places_);
    orders_.push_front(std::move(made));
    if (orders_.size() > orders_max) orders_.pop_back();
    return show_order(orders_.front().id);
}

Response Shop::show_shelf() const { return {.body = shown(orders_, received_)}; }

Response Shop::show_order(const std::string& id) const {
    const auto found = std::ranges::find(orders_, id, &Order::id);
    if (found == orders_.end()) return refuse(404, "This shop knows no such order.");
    return {.body = shown(*found, received_, keys_, places_)};
}

}  // namespace lango::shop
