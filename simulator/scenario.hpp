// What a simulated payment does, as data. Chosen by the phone's last three digits, or by the admin
// API for a phone, an amount or the next push.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "base/time.hpp"

namespace lango::simulator {

// How the HTTP reply to a push or payout goes wrong.
enum class Reply : std::int8_t {
    accepted,
    lost,     // accepted, and the reply never comes
    dropped,  // not accepted, and the reply never comes
    html_200,
    html_403,
    empty_500,
    soap_500,
    apigee_429,
    busy_500,
    quota_500,
    token,  // refused, with the product's own status and code
    field_400,
    empty_500_accepted,  // accepted all the same
};

struct Scenario {
    std::string_view name;
    std::string_view phone_ending;  // three digits; "" only by the admin API
    std::string_view code = "0";    // ResultCode; may be text
    Reply reply = Reply::accepted;
    bool answers = true;               // false: nobody touches the prompt until its life is over
    int callbacks = 1;                 // how often the callback is sent
    bool late = false;                 // the callback comes Config::late_by after the payer acted
    bool early = false;                // the callback goes out before the reply
    std::string_view first_code = "";  // a callback with this first; the money moves 20 s later
    std::string_view later_code = "";  // a callback with this a second after the true one
    std::string_view query_code = "";  // the query says this until the true callback goes out
    bool wrong_amount = false;         // the callback names one shilling more
    std::string_view what = "";        // for people; "": the code's text says it
};

// Lives as long as the program.
[[nodiscard]] std::span<const Scenario> scenarios();
[[nodiscard]] const Scenario* scenario_named(std::string_view name);
// Ordinary phones simply pay.
[[nodiscard]] const Scenario& scenario_for_phone(std::string_view phone);
[[nodiscard]] std::string_view result_text(std::string_view code);

}  // namespace lango::simulator
