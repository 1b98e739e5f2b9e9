// For tests: deliveries on a virtual clock, with shops that answer as they are told.
#pragma once
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/manual_clock.hpp"
#include "postbacks/attempts.hpp"
#include "postbacks/delivery.hpp"
#include "postbacks/samples.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace lango::postbacks::test {

using namespace std::chrono_literals;

using Answer = Result<http::ClientResponse, http::ClientError>;

inline Answer answer(int status, std::string body) {
    return http::ClientResponse{.status = status, .headers = {}, .body = std::move(body)};
}
inline Answer ok() { return answer(200, R"({"status":"ok"})"); }
inline Answer silence() {
    return Unexpected<http::ClientError>{
        http::ClientError{.reached = http::Reached::unknown, .message = "timeout"}};
}

// One URL: what it answers and how long that takes.
struct Shop {
    std::function<Answer()> says = ok;
    Duration takes{};
    struct Received {
        Instant at;
        std::string id;
        std::string body;
    };
    std::vector<Received> received;
    std::size_t open = 0;
    std::size_t open_max = 0;
};

class Shops final : public http::Client {
  public:
    explicit Shops(Clock& clock) : clock_(clock) {}
    Shop& at(const std::string& url) { return shops_[url]; }

    asio::awaitable<Result<http::ClientResponse, http::ClientError>> send(
        http::ClientRequest request) override {
        auto& shop = at(request.url);
        std::string id;
        for (const auto& [name, value] : request.headers) {
            if (name == "webhook-id") id = value;
        }
        shop.received.push_back({clock_.now(), id, request.body});
        shop.open_max = std::max(shop.open_max, ++shop.open);
        auto said = shop.says();
        if (shop.takes > Duration::zero()) {
            co_await clock_.sleep_until(clock_.now() + std::min(shop.takes, request.timeout));
        }
        --shop.open;
        co_return shop.takes < request.timeout ? std::move(said) : silence();
    }

  private:
    Clock& clock_;
    std::map<std::string, Shop> shops_;
};

class Deliveries : public testing::Test {
  protected:
    Deliveries() {
        know_merchants(3);
        rates_ = rates::page_sample();
        rates_.id = write([this](store::Tx& tx) { return rates::save(tx, rates_); });
    }
    ~Deliveries() override {
        if (delivery_) stop();
    }

    void know_merchants(std::int64_t count) {
        std::vector<merchants::Merchant> all;
        for (std::int64_t id = 1; id <= count; ++id) all.push_back(merchant(id));
        directory_.replace(all);
    }
    // A run of the gateway. What an earlier one left is what stands in the store.
    void start(DeliveryOptions options = {}) {
        options_ = options;
        delivery_ = std::make_unique<Delivery>(
            *store_, shops_, clock_, random_, directory_, context_.get_executor(), options,
            [this](PostbackId id, AttemptOutcome outcome, State, Duration) {
                observed_.push_back(outcome);
                observed_ids_.push_back(id);
            },
            [this](std::string_view what, std::string_view error) {
                troubles_.push_back(std::string{what} + " " + std::string{error});
            });
        wait_for(delivery_->start());
        clock_.settle();
    }
    void stop() {
        wait_for(delivery_->stop());
        delivery_.reset();
    }
    // The payment's postback is made, and not handed over: as when the gateway dies in between.
    Message create(std::int64_t payment, std::int64_t merchant_id = 1) {
        return write(
            [this, payment, merchant_id](store::Tx& tx) { return make(tx, payment, merchant_id); });
    }
    Message make(store::Tx& tx, std::int64_t payment, std::int64_t merchant_id = 1) {
        return create_for_deposit(tx, PostbackId{1000 + payment},
                                  *directory_.by_id(MerchantId{merchant_id}), rates_,
                                  page_facts(payment), clock_.now(), options_.lease);
    }
    void post_back(std::int64_t payment, std::int64_t merchant_id = 1) {
        delivery_->hand_over(create(payment, merchant_id));
    }
    Shop& shop(std::int64_t merchant_id = 1) {
        return shops_.at(merchant(merchant_id).postback_url);
    }
    Told told_of(std::int64_t payment) {
        return *write([payment](store::Tx& tx) { return told(tx, payment); });
    }
    void set_url(std::int64_t merchant_id, const std::string& url) {
        std::vector<merchants::Merchant> all;
        for (const auto& known : directory_.all()) {
            all.push_back(*known);
            if (known->id.value() == merchant_id) all.back().postback_url = url;
        }
        directory_.replace(all);
    }

    template <class F>
    std::invoke_result_t<F&, store::Tx&> write(F command) {
        return wait_for(store_->write(std::move(command)));
    }
    // Time moves only when nobody has work left.
    template <class T>
    T wait_for(asio::awaitable<T> work) {
        std::optional<T> result;
        std::exception_ptr failed;
        asio::co_spawn(context_, std::move(work), [&](const std::exception_ptr& error, T value) {
            failed = error;
            result.emplace(std::move(value));
        });
        turn_until([&] { return result.has_value(); });
        if (failed) std::rethrow_exception(failed);
        return std::move(*result);
    }
    void wait_for(asio::awaitable<void> work) {
        bool done = false;
        asio::co_spawn(context_, std::move(work), [&](const std::exception_ptr& error) {
            done = true;
            if (error) std::rethrow_exception(error);
        });
        turn_until([&] { return done; });
    }

    asio::io_context context_{1};
    ManualClock clock_{context_, page_created};
    SeededRandom random_{1};
    crypto::MasterKey master_{{}};
    merchants::Directory directory_{master_};
    Shops shops_{clock_};
    std::unique_ptr<store::Store> store_ = store::open_sqlite(
        {.path = ":memory:", .threading = store::Threading::inline_}, context_.get_executor());
    rates::Table rates_;
    DeliveryOptions options_;
    std::vector<AttemptOutcome> observed_;
    std::vector<PostbackId> observed_ids_;
    std::vector<std::string> troubles_;
    std::unique_ptr<Delivery> delivery_;
    bool threads_ = false;

    // For a store with threads of its own: waits for its answers, and time stands still.
    template <class Done>
    void run_until(Done done) {
        const auto work = asio::make_work_guard(context_);
        context_.restart();
        while (!done()) context_.run_one();
    }

  private:
    template <class Done>
    void turn_until(Done done) {
        clock_.settle();
        if (threads_) run_until(done);
        for (int moves = 0; !done() && moves < 100'000; ++moves)
            clock_.advance_to(clock_.next_or(clock_.now()));
        if (!done()) throw std::runtime_error{"nothing is left to do, or something hangs"};
    }
};

}  // namespace lango::postbacks::test
