// One accepted B2C request and what became of it.
//
//   authorized -> ended: paid (code 0), failed (its code) or expired in the queue
//   authorized -> waiting -> ended   (scenarios: cached, or timed out in the queue, and paid later)
#pragma once
#include <string>

#include "base/time.hpp"
#include "simulator/payout_scenario.hpp"

namespace lango::simulator {

struct PayoutOrder {
    std::string conversation_id;
    std::string originator_conversation_id;  // the caller's; Daraja's own in version 1
    std::int64_t shortcode = 0;
    std::string phone;
    std::int64_t amount_minor = 0;
    std::string command;
    std::string result_url;
    std::string queue_timeout_url;
    Instant began{};
    const PayoutScenario* scenario = nullptr;
    std::string initiator_code;  // "0": may; else the ResultCode that says why not
    bool waiting = false;
    bool ended = false;
    std::string code{};     // ResultCode once ended; `expired` when the queue dropped it
    std::string receipt{};  // when paid; of a failure only with Config::failed_with_receipt
    std::int64_t fee_minor = 0;
    Instant ended_at{};
};

inline constexpr std::string_view expired = "expired";

}  // namespace lango::simulator
