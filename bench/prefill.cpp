#include "bench/prefill.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <stdexcept>

#include "app/master_key_file.hpp"
#include "base/random.hpp"
#include "history/hand.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace lango::bench {

namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr std::size_t payments_per_commit = 1000;
constexpr Duration apart = 20ms;

class Past {
  public:
    Past(const merchants::Directory& merchants, std::shared_ptr<const rates::Table> rates,
         Random& random)
        : hand_({.merchants = merchants, .rates = std::move(rates), .random = random}),
          merchant_(merchants.all().front()->id) {}

    void write(store::Tx& tx, std::size_t number, Instant at) {
        const auto shillings = static_cast<std::int64_t>(10 + number % 5000);
        const auto phone = static_cast<std::int64_t>(254'100'000'000 + number);
        const auto id = hand_.prompt(tx,
                                     {.id = DepositId{0},
                                      .merchant = merchant_,
                                      .custom_transaction_id = "past-" + std::to_string(number),
                                      .label = "user-" + std::to_string(number % 100'000),
                                      .phone = Msisdn::from_number(phone),
                                      .amount = Money::kes(shillings)},
                                     rails::Submitted::accepted, "0", at);
        if (!id) throw std::runtime_error{"a payment of the past was refused"};
        const auto receipt = "P" + std::to_string(100'000'001 + number);
        const auto outcome = hand_.paid(tx, *id, rails::Source::callback, receipt, at);
        if (!outcome.postback) throw std::runtime_error{"a payment of the past was not credited"};
        static_cast<void>(
            hand_.attempt(tx, outcome.postback->id, postbacks::AttemptOutcome::delivered, 200, at));
    }

  private:
    history::Hand hand_;
    MerchantId merchant_;
};

asio::awaitable<void> write_all(store::Store& store, const crypto::MasterKey& master,
                                Random& random, std::size_t count) {
    merchants::Directory merchants{master};
    std::shared_ptr<const rates::Table> rates;
    co_await store.write([&](store::Tx& tx) {
        merchants.replace(merchants::list(tx, master));
        rates = std::make_shared<const rates::Table>(rates::latest(tx).value());
    });
    if (merchants.all().empty()) throw std::runtime_error{"no merchant: start the sandbox first"};
    Past past{merchants, std::move(rates), random};
    const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    const auto began = now - apart * static_cast<std::int64_t>(count);
    for (std::size_t i = 0; i < count; i += payments_per_commit) {
        const auto end = std::min(count, i + payments_per_commit);
        co_await store.write([&past, i, end, began](store::Tx& tx) {
            for (auto n = i; n < end; ++n)
                past.write(tx, n, began + apart * static_cast<std::int64_t>(n));
        });
    }
}

}  // namespace

void prefill(const std::filesystem::path& directory, std::size_t count) {
    asio::io_context io{1};
    SystemRandom random;
    const auto master = app::load_or_make_master_key(directory, random);
    store::SqliteOptions options;
    options.path = (directory / "lango.db").string();
    options.threading = store::Threading::inline_;
    options.cache_bytes = 512LL * 1024 * 1024;
    const auto store = store::open_sqlite(options, io.get_executor());
    std::exception_ptr failure;
    asio::co_spawn(io, write_all(*store, master, random, count),
                   [&failure](std::exception_ptr error) { failure = std::move(error); });
    io.run();
    store->stop();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace lango::bench
