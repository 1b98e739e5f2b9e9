// Money out, B2C (daraja.md 5): requests, their idempotency, the money, the results.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/json.hpp"
#include "base/token_bucket.hpp"
#include "simulator/chosen.hpp"
#include "simulator/core.hpp"
#include "simulator/initiators.hpp"
#include "simulator/payout_order.hpp"

namespace lango::simulator {

class Payouts {
  public:
    Payouts(const Core& core, Initiators& initiators) : core_(core), initiators_(initiators) {}

    // with_id: version 3, where the caller's OriginatorConversationID makes it idempotent.
    [[nodiscard]] asio::awaitable<http::Response> request(const http::Request& request,
                                                          bool with_id);
    [[nodiscard]] Chosen<PayoutScenario>& chosen() { return chosen_; }
    // By OriginatorConversationID or receipt (no ConversationID: daraja.md 6.1); null: nothing was
    // accepted.
    [[nodiscard]] const PayoutOrder* find(const std::string& id) const;

    // False: not a line of ours.
    [[nodiscard]] bool replay(const json::Value& line);
    // Those that were accepted and not ended in the journal are decided anew.
    void start();

  private:
    // payout_request.cpp
    [[nodiscard]] bool too_many(std::int64_t shortcode);
    [[nodiscard]] bool drops(const PayoutScenario& scenario, const std::string& originator_id);
    // Whether no request with that id has been turned away yet.
    bool first_with(const std::string& originator_id);
    http::Response accept(PayoutOrder order);
    // payout_life.cpp
    void decide(PayoutOrder& order);
    void finish(PayoutOrder& order);
    [[nodiscard]] std::string natural_code(const PayoutOrder& order) const;
    void pay(PayoutOrder& order);
    void fail(PayoutOrder& order, std::string code);
    void end(PayoutOrder& order, std::string code, Instant at);
    void tell_the_end(const PayoutOrder& order);
    void call_queue_timeout(const PayoutOrder& order);
    [[nodiscard]] std::string result(const PayoutOrder& order, std::string_view code);
    // payout_journal.cpp
    void journal_accepted(const PayoutOrder& order) const;
    void journal_failure(const PayoutOrder& order) const;
    void journal_payout(const Payout& payout) const;
    void replay_accepted(const json::Value& line);
    void replay_failure(const json::Value& line);
    void replay_payout(const json::Value& line);

    const Core& core_;
    Initiators& initiators_;
    Chosen<PayoutScenario> chosen_;
    std::unordered_map<std::string, PayoutOrder> orders_;  // by ConversationID; none ever goes
    std::unordered_map<std::string, PayoutOrder*> by_originator_;
    std::unordered_map<std::string, PayoutOrder*> by_receipt_;
    std::unordered_set<std::string> not_taken_;  // OriginatorConversationIDs
    std::map<std::int64_t, TokenBucket> buckets_;
    int bucket_size_ = 0;
    std::vector<PayoutOrder*> replayed_;  // between replay() and start()
};

}  // namespace lango::simulator
