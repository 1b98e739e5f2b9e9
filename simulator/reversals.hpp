// A customer's payment back to the customer (daraja.md 6.3): whole, once, and only what came in.
// The money moves when the request is taken, where a scenario does not want it later; the result
// comes a little later.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <unordered_map>
#include <unordered_set>

#include "simulator/chosen.hpp"
#include "simulator/initiator_request.hpp"
#include "simulator/result.hpp"
#include "simulator/reversal_scenario.hpp"

namespace lango::simulator {

// One accepted request and what became of it.
struct ReversalOrder {
    InitiatorRequest asked;
    const PayoutScenario* scenario = nullptr;
    Instant began{};
    bool ended = false;
    std::string code{};   // ResultCode once ended; `expired` when the queue dropped it
    Reversal reversal{};  // when done
    Instant ended_at{};
};

class Reversals {
  public:
    Reversals(const Core& core, Initiators& initiators) : core_(core), initiators_(initiators) {}

    [[nodiscard]] asio::awaitable<http::Response> request(const http::Request& request);
    [[nodiscard]] Chosen<PayoutScenario>& chosen() { return chosen_; }
    // By OriginatorConversationID; null: none was accepted since this process began.
    [[nodiscard]] const ReversalOrder* find(const std::string& id) const;
    // False: not a line of ours.
    [[nodiscard]] bool replay(const json::Value& line);

  private:
    [[nodiscard]] const PayoutScenario& scenario_of(const InitiatorRequest& asked);
    [[nodiscard]] bool drops(const PayoutScenario& scenario, const std::string& receipt);
    http::Response accept(InitiatorRequest asked, const PayoutScenario& scenario);
    void decide(ReversalOrder& order);
    void finish(ReversalOrder& order);
    void end(ReversalOrder& order, std::string code);
    void tell_the_end(const ReversalOrder& order);
    [[nodiscard]] std::string natural_code(const InitiatorRequest& asked) const;
    [[nodiscard]] Reversal reverse(const InitiatorRequest& asked,
                                   std::string originator_conversation_id,
                                   std::string conversation_id);
    void journal(const Reversal& reversal) const;
    [[nodiscard]] std::string result(const ReversalOrder& order, std::string_view code) const;
    [[nodiscard]] std::vector<Parameter> success(const ReversalOrder& order) const;

    const Core& core_;
    Initiators& initiators_;
    Chosen<PayoutScenario> chosen_;
    std::unordered_map<std::string, ReversalOrder> orders_;  // by ConversationID; none ever goes
    std::unordered_map<std::string, const ReversalOrder*> by_originator_;
    std::unordered_set<std::string> dropped_;  // payments' receipts
};

}  // namespace lango::simulator
