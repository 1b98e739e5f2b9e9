// One accepted push: the prompt on a phone and what became of it.
#pragma once
#include <string>
#include <vector>

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
    std::string description;
    Instant began{};
    Scenario scenario;
    bool open = true;
    std::string code;      // ResultCode once closed
    std::string receipt;   // when paid
    Instant ended{};
    bool told = false;     // a callback with the final code has gone out
};

// The callback of daraja.md 3.4. "Balance" has no Value, as so often in the wild.
[[nodiscard]] std::string callback_body(const Prompt& prompt, std::string_view code,
                                        bool masked_phone, bool shuffled_items);
// What the phone shows.
[[nodiscard]] std::string prompt_text(const Prompt& prompt);

}  // namespace lango::simulator
