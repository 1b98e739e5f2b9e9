#include "bench/prefill.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <stdexcept>

#include "app/master_key_file.hpp"
#include "base/random.hpp"
#include "deposits/create.hpp"
#include "deposits/observe.hpp"
#include "deposits/record_push.hpp"
#include "deposits/take.hpp"
#include "postbacks/attempts.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace lango::bench {

namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr std::size_t payments_per_commit = 1000;
constexpr std::int64_t shortcode = 174'379;
constexpr Duration apart = 20ms;

// What Safaricom sends, with this payment's ids.
std::string callback_text(const std::string& checkout, const std::string& receipt,
                          std::int64_t shillings, std::int64_t phone) {
    return R"({"Body":{"stkCallback":{"MerchantRequestID":"29115-34620561-1","CheckoutRequestID":")" +
           checkout +
           R"(","ResultCode":0,"ResultDesc":"The service request is processed successfully.",)"
           R"("CallbackMetadata":{"Item":[{"Name":"Amount","Value":)" +
           std::to_string(shillings) + R"(},{"Name":"MpesaReceiptNumber","Value":")" + receipt +
           R"("},{"Name":"TransactionDate","Value":20261123120000},{"Name":"PhoneNumber","Value":)" +
           std::to_string(phone) + "}]}}}}";
}

class Past {
  public:
    Past(merchants::Directory& merchants, std::shared_ptr<const rates::Table> rates, Random& random)
        : ids_(random),
          merchant_(merchants.all().front()->id),
          context_{.merchants = &merchants,
                   .rates = std::move(rates),
                   .fresh_id = 0,
                   .shortcode = shortcode,
                   .timing = {},
                   .postback_lease = 30s,
                   .confirm_above = {}} {}

    void write(store::Tx& tx, std::size_t number, Instant at) {
        const DepositId id{ids_.next(at)};
        const auto shillings = static_cast<std::int64_t>(10 + number % 5000);
        const auto phone = static_cast<std::int64_t>(254'100'000'000 + number);
        const auto made =
            deposits::create(tx,
                             {.id = id,
                              .merchant = merchant_,
                              .custom_transaction_id = "past-" + std::to_string(number),
                              .label = "user-" + std::to_string(number % 100'000),
                              .phone = Msisdn::from_number(phone),
                              .amount = Money::kes(shillings)},
                             {}, at);
        if (!made)
            throw std::runtime_error{"a payment of the past was refused: " +
                                     made.error().front().second};
        if (deposits::take_pushes(tx, 1, {}, shortcode, at).pushes.size() != 1) {
            throw std::runtime_error{"open payments of another time are in the way"};
        }
        const auto checkout = "ws_CO_23112026120000_" + hex16(id.value());
        deposits::record_push(tx, id,
                              {.outcome = rails::Submitted::accepted,
                               .code = "0",
                               .message = {},
                               .checkout_request_id = checkout,
                               .merchant_request_id = "29115-34620561-1",
                               .raw = {}},
                              {}, at);
        const auto receipt = "P" + std::to_string(100'000'001 + number);
        context_.fresh_id = ids_.next(at);
        const auto outcome =
            deposits::observe(tx, id,
                              {.source = rails::Source::callback,
                               .fate = rails::Fate::paid,
                               .code = "0",
                               .description = {},
                               .checkout_request_id = checkout,
                               .merchant_request_id = "29115-34620561-1",
                               .receipt = receipt,
                               .amount = Money::kes(shillings),
                               .raw = callback_text(checkout, receipt, shillings, phone)},
                              context_, at);
        if (!outcome.postback) throw std::runtime_error{"a payment of the past was not credited"};
        static_cast<void>(postbacks::record(tx,
                                            {.id = outcome.postback->id,
                                             .at = at,
                                             .took = 1ms,
                                             .outcome = postbacks::AttemptOutcome::delivered,
                                             .status = 200,
                                             .answer = R"({"status":"ok"})"},
                                            {}, 0));
    }

  private:
    IdSource ids_;
    MerchantId merchant_;
    deposits::ObserveContext context_;
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
