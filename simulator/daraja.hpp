// Safaricom's Daraja, simulated (daraja.md 11): OAuth, STK push and query, the list of payments,
// payments by customers (C2B), payouts (B2C), transaction status, balance, reversal, and an admin
// API under /simulator. It keeps its own ledger by its own clock, so that a test can compare the
// gateway with an independent witness. Everything runs on one executor (one thread).
//
// clock, random and client outlive it; so does whatever calls service() until stop() has returned.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "base/random.hpp"
#include "base/token_bucket.hpp"
#include "http/client.hpp"
#include "http/router.hpp"
#include "simulator/c2b.hpp"
#include "simulator/chosen.hpp"
#include "simulator/core.hpp"
#include "simulator/inbox.hpp"
#include "simulator/initiators.hpp"
#include "simulator/inquiries.hpp"
#include "simulator/payouts.hpp"
#include "simulator/prompt.hpp"
#include "simulator/pull.hpp"
#include "simulator/refusals.hpp"
#include "simulator/reversals.hpp"

namespace lango::simulator {

class Daraja {
  public:
    Daraja(Config config, Clock& clock, Random& random, http::Client& client,
           asio::any_io_executor executor);
    ~Daraja();
    // The journal's lines, in order, before start(). Throws std::runtime_error for a line that is
    // JSON but not ours; a half-written one, as a killed process leaves it, counts for nothing.
    void replay(const std::string& line);
    // Prompts that were open in the journal get a fresh decision time.
    void start();
    // Sends no more, answers requests that are held back, and returns when all callbacks under way
    // have ended. Once.
    [[nodiscard]] asio::awaitable<void> stop() { return agenda_.stop(); }
    [[nodiscard]] const http::Service& service() const { return service_; }
    [[nodiscard]] const Ledger& ledger() const { return ledger_; }
    [[nodiscard]] Config& config() { return config_; }

  private:
    using Answer = asio::awaitable<http::Response>;
    struct Token {
        Instant good_until;
        std::string consumer_key;
    };
    struct Traffic {         // of one shortcode
        int per_second = 0;  // what the bucket was made for
        TokenBucket pushes{1};
        std::deque<Instant> queries;  // of the last minute
    };
    struct Call {
        Instant at;
        http::Method method;
        std::string path;
        std::string body;
    };
    // daraja.cpp
    Answer serve(const http::Request& request);
    void add_rail_routes();
    [[nodiscard]] http::Response error(int status, std::string_view code,
                                       std::string_view message) const {
        return core_.error(status, code, message);
    }
    // oauth.cpp
    http::Response token(const http::Request& request);
    [[nodiscard]] bool authorized(const http::Request& request) const;
    // Nothing: the bearer may.
    [[nodiscard]] std::optional<http::Response> refuse_bearer(const http::Request& request,
                                                              const Product& product) const;
    // push.cpp
    Answer push(const http::Request& request);
    http::Response accept(Prompt prompt);
    // merchant.cpp
    [[nodiscard]] const Shortcode* shortcode_of(const json::Value& body) const;
    [[nodiscard]] std::string_view name_of(std::int64_t shortcode) const;
    // Why a push or query whose fields are right is refused all the same.
    [[nodiscard]] std::optional<http::Response> refuse_merchant(const json::Value& body);
    [[nodiscard]] bool push_is_too_many(std::int64_t shortcode);
    [[nodiscard]] bool query_is_too_many(std::int64_t shortcode);
    // query.cpp
    http::Response query(const http::Request& request);
    [[nodiscard]] std::string queried_code(const Prompt& prompt) const;
    // life.cpp
    void await_payer(Prompt& prompt, Instant from);
    [[nodiscard]] Duration payer_delay() const;
    void schedule_callbacks(Prompt& prompt);
    void schedule_callback(Instant at, Prompt& prompt, std::string code);
    void schedule_charge(Prompt& prompt);
    // decide.cpp
    void decide(Prompt& prompt, std::string code);
    [[nodiscard]] std::string natural_code(const Prompt& prompt) const;
    void charge(Prompt& prompt);
    void close(Prompt& prompt, std::string code);
    // journal.cpp
    void journal_push(const Prompt& prompt);
    void journal_failure(const Prompt& prompt);
    void replay_push(const json::Value& line);
    void replay_failure(const json::Value& line);
    void replay_payment(const json::Value& line);
    void end_replayed(Prompt& prompt, std::string code, Instant at);
    // phone_page.cpp
    void add_phone_page();
    // No call to the rail: neither written down nor answered in its words.
    [[nodiscard]] static bool is_of_people(std::string_view path);
    // admin.cpp
    void add_admin_routes();
    [[nodiscard]] http::Response admin_calls() const;
    // admin_scenarios.cpp
    [[nodiscard]] static http::Response admin_scenarios();
    http::Response admin_choose(const http::Request& request);
    // admin_ledger.cpp
    [[nodiscard]] http::Response admin_ledger(const http::Request& request) const;
    [[nodiscard]] http::Response admin_payments(const http::Request& request) const;
    [[nodiscard]] http::Response admin_payouts(const http::Request& request) const;
    [[nodiscard]] http::Response admin_reversals(const http::Request& request) const;
    http::Response admin_transfer(const http::Request& request);
    [[nodiscard]] bool replay_transfer(const json::Value& line);
    // admin_initiator.cpp
    [[nodiscard]] http::Response admin_certificate();
    http::Response admin_initiator(const std::string& number, bool unlock);
    // admin_settings.cpp
    http::Response admin_settings(const http::Request& request);
    [[nodiscard]] http::Response admin_show_settings() const;
    // admin_phone.cpp
    [[nodiscard]] http::Response admin_phone(const std::string& phone) const;
    void write_phone(json::Writer& writer, const std::string& phone) const;
    http::Response admin_pay(const std::string& phone, const http::Request& request);
    void set_reach(const std::string& phone, bool within);
    // "0", or what a wrong one costs: 2001, and 8006 for the third in a row.
    [[nodiscard]] std::string pin_code(const std::string& phone, const std::string& pin);
    // admin_phones.cpp
    Answer admin_phones(const http::Request& request);
    [[nodiscard]] http::Response show_phones(const std::vector<std::string>& phones) const;
    void look_at(const std::vector<std::string>& phones);
    // Somebody looks at this phone: it waits for its owner's PIN.
    [[nodiscard]] bool in_hand(const std::string& phone) const;
    http::Response admin_act(const std::string& phone, const std::string& act,
                             const http::Request& request);
    [[nodiscard]] Prompt* open_prompt(const std::string& phone) const;

    Config config_;
    Clock& clock_;
    Random& random_;
    Agenda agenda_;
    Ids ids_;
    Ledger ledger_;
    const Core core_;
    Initiators initiators_;
    Payouts payouts_;
    Reversals reversals_;
    Inquiries inquiries_;
    Inbox inbox_;
    C2b c2b_;
    Pull pull_;
    std::unordered_map<std::string, Token> tokens_;
    std::unordered_map<std::string, Prompt> prompts_;  // by CheckoutRequestID; none ever goes
    std::unordered_map<std::string, Prompt*> open_by_phone_;
    std::map<std::string, int> wrong_pins_;  // by phone, since the last right one
    std::set<std::string> out_of_reach_;
    std::map<std::string, Instant> looked_at_;  // by phone
    std::map<std::int64_t, Traffic> traffic_;
    Chosen<Scenario> chosen_;
    std::deque<Call> calls_;         // the last ones
    std::vector<Prompt*> replayed_;  // between replay() and start()
    http::Router router_;
    http::Service service_;
};

}  // namespace lango::simulator
