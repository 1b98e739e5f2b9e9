// One accepted push: the prompt on a phone and what became of it.
//
//   open -> closed with a code (0: paid)
//   open -> told as failed -> closed with 0   (a scenario: cancelled, and charged all the same)
#pragma once
#include <string>

#include "base/random.hpp"
#include "base/time.hpp"
#include "simulator/scenario.hpp"

namespace lango::simulator {

struct Prompt {
    std::string checkout_request_id;
    std::string merchant_request_id;
    std::string phone;
    std::int64_t amount_minor = 0;
    std::int64_t shortcode = 0;
    std::string callback_url;
    std::string reference;
    Instant began{};
    const Scenario* scenario = nullptr;
    bool open = true;
    bool ignored = false;   // the payer has put the phone away: only the prompt's life ends it
    std::string code{};     // ResultCode once closed
    std::string receipt{};  // when paid
    Instant ended{};
    bool told = false;  // a callback with the final code has gone out
};

// The callback of daraja.md 3.4. "Balance" has no Value, as so often in the wild. shuffle: the
// items come in an order of its choice; null: in the documented one.
[[nodiscard]] std::string callback_body(const Prompt& prompt, std::string_view code,
                                        bool masked_phone, Random* shuffle);
// What the phone shows, and whether it may be shown at all (182 characters, daraja.md 3.1).
[[nodiscard]] std::string prompt_text(const Prompt& prompt, std::string_view organisation);
inline constexpr std::size_t prompt_text_max = 182;
inline constexpr Duration prompt_life = std::chrono::seconds{60};  // daraja.md 3.6

}  // namespace lango::simulator
