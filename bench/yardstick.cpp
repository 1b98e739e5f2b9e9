// lango-yardstick: the least that takes a payment durably. The same server, JSON reader, store and
// rows as a create of the gateway's (deposits/create.cpp), and no rule: no merchant, no field is
// checked, no phone guarded, nothing is sent on. What the gateway costs beside it is what its rules
// cost. bench/run.py runs both in turn.
#include <boost/asio/io_context.hpp>
#include <charconv>
#include <iostream>

#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "base/system_clock.hpp"
#include "http/server.hpp"
#include "process/run_until_signal.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace {

using namespace lango;
namespace asio = boost::asio;

struct Payment {
    DepositId id;
    std::string custom_transaction_id;
    std::string label;
    std::int64_t phone = 0;
    std::int64_t amount = 0;  // cents
    Instant at{};
};

std::int64_t integer(const std::string& text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// The payment, its event, its due time and its phone.
void insert(store::Tx& tx, const Payment& payment) {
    tx.run(
        "INSERT INTO deposits (id, merchant_id, custom_transaction_id, label, phone, amount, "
        "currency, state, events, tries, due_at, flags, created_at, attempt) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'KES', 1, 1, 0, ?7, 0, ?7, 1)",
        payment.id, MerchantId{1}, payment.custom_transaction_id, payment.label, payment.phone,
        payment.amount, payment.at);
    tx.run(
        "INSERT INTO deposit_events (deposit_id, number, at, state, kind, detail) "
        "VALUES (?1, 1, ?2, 1, 1, '')",
        payment.id, payment.at);
    tx.run(
        "INSERT INTO phone_guards (phone, deposit_id, amount, last_push, open_until) "
        "VALUES (?1, ?2, ?3, ?4, ?4) ON CONFLICT (phone) DO NOTHING",
        payment.phone, payment.id, payment.amount, payment.at);
}

class Yardstick {
  public:
    Yardstick(asio::io_context& io, const std::string& database)
        : clock_(io.get_executor()),
          ids_(random_),
          store_(store::open_sqlite({.path = database}, io.get_executor())),
          server_(
              io.get_executor(), {},
              [this](const http::Request& request) { return create(request); }, random_) {}

    void listen(std::uint16_t port) { server_.listen_tcp("127.0.0.1", port); }
    asio::awaitable<void> stop() {
        co_await server_.stop(std::chrono::seconds{20});
        store_->stop();
    }

  private:
    asio::awaitable<http::Response> create(const http::Request& request) {
        const auto body = json::parse(request.body);
        if (!body) co_return http::Response{.status = 400};
        const auto now = clock_.now();
        Payment payment{.id = DepositId{ids_.next(now)},
                        .custom_transaction_id = body->text_at("custom_transaction_id"),
                        .label = body->text_at("label"),
                        .phone = integer(body->text_at("phone_number")),
                        .amount = integer(body->text_at("amount")) * 100,
                        .at = now};
        const auto id = payment.id;
        co_await store_->write(
            [payment = std::move(payment)](store::Tx& tx) { insert(tx, payment); });
        http::Response response;
        json::Writer{response.body}
            .begin_object()
            .member("status", "ok")
            .key("data")
            .begin_object()
            .member("order_id", hex16(id.value()))
            .end_object()
            .end_object();
        co_return response;
    }

    SystemRandom random_;
    SystemClock clock_;
    IdSource ids_;
    std::unique_ptr<store::Store> store_;
    http::Server server_;
};

}  // namespace

// lango-yardstick DATABASE PORT
int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "lango-yardstick DATABASE PORT\n";
        return 2;
    }
    asio::io_context io{1};
    auto signals = process::stop_signals(io);
    Yardstick yardstick{io, argv[1]};
    const auto port = static_cast<std::uint16_t>(integer(argv[2]));
    return process::run_until_signal(io, signals,
                                     {.start = [&]() -> asio::awaitable<void> {
                                          yardstick.listen(port);
                                          co_return;
                                      },
                                      .stop = [&] { return yardstick.stop(); }});
}
