// What a simulated payout does, as data; the twin of scenario.hpp. Chosen by the recipient's last
// three digits, or by the admin API for a phone, an amount or the next payout.
#pragma once
#include <span>
#include <string_view>

#include "base/time.hpp"
#include "simulator/scenario.hpp"

namespace lango::simulator {

struct PayoutScenario {
    std::string_view name;
    std::string_view phone_ending;  // three digits; "" only by the admin API
    std::string_view code = "0";    // ResultCode; may be text
    Reply reply = Reply::accepted;
    int results = 1;                   // how often the result is sent
    bool late = false;                 // the result comes Config::late_by after the money moved
    bool early = false;                // the result goes out before the reply
    bool queue_times_out = false;      // QueueTimeOutURL is called at once
    bool expires = false;              // and that was the end: no result, nothing moves
    std::string_view first_code = "";  // a result with this first, then the truth
    Duration waits{};                  // so long the truth takes after that, or after the timeout
    std::string_view later_code = "";  // a result with this a second after the true one
    std::string_view told_code = "";   // results say this instead of the truth; the status does not
    bool wrong_amount = false;         // the result names one shilling more
    bool foreign_id = false;           // results carry an OriginatorConversationID of Daraja's own
    bool dropped_once = false;   // the first request with an id is dropped, the next one taken
    bool limited_once = false;   // the first request with an id is answered 429, the next one taken
    std::string_view what = "";  // for people; "": the code's text says it
};

// Lives as long as the program.
[[nodiscard]] std::span<const PayoutScenario> payout_scenarios();
[[nodiscard]] const PayoutScenario* payout_scenario_named(std::string_view name);
// Ordinary phones simply receive.
[[nodiscard]] const PayoutScenario& payout_scenario_for_phone(std::string_view phone);
// ResultDesc of payouts and of what an initiator asks (daraja.md 5.4, 6).
[[nodiscard]] std::string_view payout_text(std::string_view code);

}  // namespace lango::simulator
