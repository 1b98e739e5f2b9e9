// For tests: the worker on a rail that says what it is told, on a virtual clock.
#pragma once
#include <functional>

#include "base/manual_clock.hpp"
#include "base/token_bucket.hpp"
#include "deposits/deposits_fixture.hpp"
#include "deposits/list_reader.hpp"
#include "deposits/worker.hpp"

namespace lango::deposits::test {

inline std::string receipt_of(DepositId id) {
    return "UKN" + std::to_string(1'000'000 + id.value() % 1'000'000);
}

class ScriptedRail final : public rails::Rail {
  public:
    explicit ScriptedRail(Clock& clock) : clock_(clock) {}
    rails::Capabilities can = test::capabilities;
    std::function<rails::PushAnswer()> says;
    Duration takes = 1s;
    Allowance allowed{.pushes = 1000};
    std::optional<rails::Observation> knows;  // by query
    std::vector<rails::PulledPayment> list;
    Duration list_max = 72h;   // a longer stretch of the list is too long to be read
    Duration list_takes = 0s;  // one reading
    std::vector<Stretch> read;
    std::vector<std::pair<Instant, DepositId>> pushed;
    std::optional<TokenBucket> questions;  // none: no bound
    std::vector<std::pair<Instant, std::string>> asked;
    int queries = 0;
    int pulls = 0;
    std::size_t spent = 0;
    std::size_t open = 0;
    std::size_t open_max = 0;

    [[nodiscard]] const rails::Capabilities& capabilities() const override { return can; }
    [[nodiscard]] std::int64_t shortcode() const override { return test::shortcode; }
    [[nodiscard]] std::string reference(DepositId deposit) const override {
        return hex16(deposit.value());
    }
    [[nodiscard]] Allowance allowance(Instant) override { return allowed; }
    void spend(std::size_t pushes) override {
        spent += pushes;
        allowed.pushes -= std::min(allowed.pushes, pushes);
    }
    [[nodiscard]] std::optional<Duration> down_for(Instant) const override { return std::nullopt; }
    asio::awaitable<rails::PushAnswer> push(rails::Push push) override {
        pushed.emplace_back(clock_.now(), push.deposit);
        open_max = std::max(open_max, ++open);
        co_await clock_.sleep_until(clock_.now() + takes);
        --open;
        allowed.pushes = 1000;
        co_return says();
    }
    [[nodiscard]] Allowance question_allowance(Instant now) override {
        if (!questions) return Rail::question_allowance(now);
        const auto available = questions->available(now);
        return {.pushes = available, .retry_at = questions->next_at(now)};
    }
    void spend_questions(std::size_t count) override {
        if (questions) questions->spend(count);
    }
    asio::awaitable<std::optional<rails::Observation>> query(std::string id) override {
        ++queries;
        asked.emplace_back(clock_.now(), std::move(id));
        co_return knows;
    }
    asio::awaitable<std::optional<std::vector<rails::PulledPayment>>> pull(Instant from,
                                                                           Instant to) override {
        ++pulls;
        read.push_back({.from = from, .to = to});
        if (list_takes > 0s) co_await clock_.sleep_until(clock_.now() + list_takes);
        if (to - from > list_max) throw rails::ListTooLong{"too long"};
        co_return list;
    }
    void stop_reading() override {}

  private:
    Clock& clock_;
};

class Working : public Deposits {
  protected:
    Working() {
        rail_.says = accepted;
        begin();
    }
    ~Working() override { end(); }

    // A run of the gateway on what stands in the store.
    void begin(WorkerOptions options = {}) {
        end();
        observer_ = std::make_unique<Observer>(
            Observer::Parts{.store = *store_,
                            .clock = clock_,
                            .ids = ids_,
                            .merchants = directory_,
                            .rates = [this] { return rates_; },
                            .shortcode = shortcode,
                            .hand_over = [this](const postbacks::Message&) { ++postbacks_; },
                            .noticed = {},
                            .wake_worker = [this] { worker_->wake_checks(); },
                            .alert =
                                [this](std::string_view operation, std::string_view code) {
                                    alerts_.push_back(std::string{operation} + " " +
                                                      std::string{code});
                                }},
            options);
        worker_ = std::make_unique<Worker>(
            Worker::Parts{
                .store = *store_,
                .rail = rail_,
                .clock = clock_,
                .observer = *observer_,
                .executor = context_.get_executor(),
                .trouble = [this](std::string_view operation,
                                  std::string_view) { troubles_.emplace_back(operation); },
                .alert =
                    [this](std::string_view operation, std::string_view code) {
                        alerts_.push_back(std::string{operation} + " " + std::string{code});
                    }},
            options);
        wait_for(worker_->start());
    }
    void end() {
        if (!worker_) return;
        bool done = false;
        asio::co_spawn(context_, worker_->stop(), [&](const std::exception_ptr&) { done = true; });
        clock_.advance(1h);
        EXPECT_TRUE(done);
        worker_.reset();
        now_ = clock_.now();
    }
    void run(Duration by) {
        clock_.advance(by);
        now_ = clock_.now();
    }
    DepositId order(const std::string& phone = "254712345678") {
        now_ = clock_.now();
        const auto id = *create(1000, phone);
        worker_->wake();
        clock_.settle();
        return id;
    }
    std::vector<DepositId> orders(int count) {
        std::vector<DepositId> ids;
        for (int n = 0; n < count; ++n) ids.push_back(order("25471000" + std::to_string(1000 + n)));
        return ids;
    }
    void refuse(const char* trigger) {
        write([trigger](store::Tx& tx) {
            if (std::string_view{trigger} == "prompted") {
                tx.run(
                    "CREATE TRIGGER refuse BEFORE UPDATE ON deposits WHEN NEW.state = 3 "
                    "BEGIN SELECT RAISE(ABORT, 'no'); END");
            } else {
                tx.run(
                    "CREATE TRIGGER refuse BEFORE UPDATE ON deposits "
                    "BEGIN SELECT RAISE(ABORT, 'no'); END");
            }
        });
    }
    void accept() {
        write([](store::Tx& tx) { tx.run("DROP TRIGGER refuse"); });
    }

    ManualClock clock_{context_, start};
    ScriptedRail rail_{clock_};
    std::vector<std::string> troubles_;
    std::vector<std::string> alerts_;
    std::unique_ptr<Observer> observer_;
    std::unique_ptr<Worker> worker_;
};

}  // namespace lango::deposits::test
