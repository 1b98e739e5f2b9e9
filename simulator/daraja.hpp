// Safaricom's Daraja, simulated (daraja.md 11): OAuth, STK push and query, the list of payments, and
// an admin API under /simulator. It keeps its own ledger and its own clock's time, so that a test
// can compare the gateway with an independent witness. One executor (one thread).
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <deque>
#include <map>
#include <memory>
#include <unordered_map>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/token_bucket.hpp"
#include "http/client.hpp"
#include "http/router.hpp"
#include "simulator/config.hpp"
#include "simulator/ids.hpp"
#include "simulator/ledger.hpp"
#include "simulator/prompt.hpp"

namespace lango::simulator {

class Daraja {
 public:
    Daraja(Config config, Clock& clock, Random& random, http::Client& client,
           asio::any_io_executor executor);
    ~Daraja();
    // From the journal's lines, before start(): payments as they were, open prompts anew.
    void replay(const std::string& line);
    void start();
    [[nodiscard]] asio::awaitable<void> stop();
    [[nodiscard]] const http::Service& service() const { return service_; }
    [[nodiscard]] const Ledger& ledger() const { return ledger_; }
    Config& config() { return config_; }

 private:
    using Answer = asio::awaitable<http::Response>;
    enum class What : std::int8_t { decide, give_up, charge, call_back };
    struct Due {
        What what;
        std::string checkout_request_id;
        std::string code;  // call_back: with this ResultCode
        int tries = 0;
    };

    // oauth.cpp
    http::Response token(const http::Request& request);
    [[nodiscard]] bool authorized(const http::Request& request) const;
    // push.cpp
    Answer push(const http::Request& request);
    http::Response accept(Prompt prompt);
    // query.cpp
    http::Response query(const http::Request& request);
    http::Response pull(const http::Request& request);
    // life.cpp
    asio::awaitable<void> run();
    void schedule(Instant at, Due due);
    void handle(const Due& due);
    void decide(Prompt& prompt, std::string code);
    [[nodiscard]] std::string natural_code(const Prompt& prompt);
    void charge(Prompt& prompt);
    void close(Prompt& prompt, std::string code);
    asio::awaitable<void> call_back(Due due);
    void journal_push(const Prompt& prompt);
    // admin.cpp
    void add_admin_routes();
    http::Response admin_settings(const http::Request& request);
    http::Response admin_scenarios() const;
    http::Response admin_choose(const http::Request& request);
    http::Response admin_ledger() const;
    http::Response admin_payments(const http::Request& request) const;
    http::Response admin_phone(const std::string& phone);
    http::Response admin_act(const std::string& phone, const std::string& act);
    http::Response admin_calls() const;
    const Scenario& choose(const Prompt& prompt);
    Prompt* open_prompt(const std::string& phone);

    Config config_;
    Clock& clock_;
    Random& random_;
    http::Client& client_;
    asio::any_io_executor executor_;
    Ids ids_;
    Ledger ledger_;
    std::map<std::string, Instant> tokens_;  // token -> good until
    std::unordered_map<std::string, Prompt> prompts_;  // by CheckoutRequestID; never iterated
    std::unordered_map<std::string, std::string> open_by_phone_;
    std::map<std::pair<std::string, std::int64_t>, Instant> last_paid_;  // phone, amount
    std::map<std::string, std::string> scenario_by_phone_;
    std::map<std::int64_t, std::string> scenario_by_amount_;  // whole shillings
    std::string scenario_next_;
    std::multimap<Instant, Due> due_;  // equal times in order of scheduling
    std::unique_ptr<Timer> timer_;
    std::unique_ptr<Timer> idle_;
    std::deque<std::string> calls_;
    TokenBucket pushes_{1};
    std::deque<Instant> queries_;
    std::size_t in_flight_ = 0;
    bool running_ = false;
    bool stopping_ = false;
    http::Router router_;
    http::Service service_;
};

// The JSON error envelope of daraja.md 1.1.
[[nodiscard]] http::Response error(int status, std::string_view code, std::string_view message);

}  // namespace lango::simulator
