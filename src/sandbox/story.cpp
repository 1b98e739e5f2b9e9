#include <stdexcept>

#include "base/crypto.hpp"
#include "base/ids.hpp"
#include "base/json_writer.hpp"
#include "process/terminal.hpp"
#include "sandbox/sandbox.hpp"

namespace lango::sandbox {

using process::complain;
using process::say;

namespace {

using namespace std::chrono_literals;

constexpr Duration patience = 15s;

void tell(Duration since, const std::string& what) {
    const auto tenths = since / 100ms;
    say << "  " << tenths / 10 << '.' << tenths % 10 << " s  " << what << '\n';
    say.flush();
}

std::string payment_body(const std::string& custom_transaction_id, const std::string& payer) {
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("amount", std::int64_t{1000})
        .member("currency", "KES")
        .member("phone_number", payer)
        .member("label", "First payment")
        .member("custom_transaction_id", custom_transaction_id)
        .end_object();
    return out;
}

}  // namespace

asio::awaitable<json::Value> Sandbox::request(http::Method method, std::string path,
                                              std::string body) {
    http::ClientRequest request;
    request.method = method;
    request.url = gateway_->public_url() + path + "?secret=" + demo_.secret;
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = std::move(body);
    request.guard_address = false;
    const auto answer = co_await client_.send(std::move(request));
    if (!answer) throw std::runtime_error{answer.error().message};
    auto tree = json::parse(answer->body);
    if (!tree) throw std::runtime_error{"no JSON: " + answer->body};
    if (tree->text_at("status") != "ok") throw std::runtime_error{answer->body};
    const auto* data = tree->find("data");
    co_return data == nullptr ? json::Value{} : *data;
}

asio::awaitable<void> Sandbox::first_payment() {
    try {
        // Another one at each start: an order is never paid twice.
        const auto order = "first-" + hex16(to_micros(clock_.now()));
        const auto began = clock_.now();
        const auto payer = shop::payer_of(began);
        say << "First payment: KES 1000 from " << payer << '\n';
        const auto created = co_await request(http::Method::post, "/api/v1/payment/create/mpesa",
                                              payment_body(order, payer));
        const auto id = created.text_at("order_id");
        tell(clock_.now() - began, "accepted as order " + id + ", a PIN prompt goes to the phone");
        bool paid = false;
        while (clock_.now() - began < patience) {
            co_await clock_.sleep_until(clock_.now() + 50ms);
            const auto now = co_await request(http::Method::get, "/api/v1/payment/" + id, {});
            if (!paid && now.text_at("state") == "paid") {
                paid = true;
                tell(clock_.now() - began, "paid, receipt " + now.text_at("receipt"));
                if (!shop_) co_return;
            }
            const auto postback = shop_ ? shop_->find(order) : std::nullopt;
            if (!postback) continue;
            tell(clock_.now() - began,
                 std::string{"postback taken by the shop, signature verified: "} +
                     (postback->signature_verified() ? "yes" : "NO"));
            co_return;
        }
        tell(clock_.now() - began,
             "still open; GET /api/v1/payment/" + id + " tells how it goes on");
    } catch (const std::exception& error) {
        say << "  the first payment failed: " << error.what() << '\n';
        say.flush();
    }
}

}  // namespace lango::sandbox
