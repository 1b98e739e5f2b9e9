// What a simulated Daraja is set up with. Settings are those that can change while it runs
// (POST /simulator/settings).
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace lango::simulator {

struct Shortcode {
    std::int64_t number = 174379;
    std::string passkey = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919";
    std::string consumer_key = "sandbox-key";
    std::string consumer_secret = "sandbox-secret";
    std::string name = "LANGO SANDBOX";  // shown in the prompt
};

// The defaults are the real service as daraja.md describes it; zero turns a limit off.
struct Config {
    std::vector<Shortcode> shortcodes{Shortcode{}};
    std::int64_t wallet_start_minor = 50'000'000;  // KES 500,000: the legal maximum

    std::optional<Duration> auto_pay = Duration{1'500'000};  // nothing: somebody enters the PIN
    Duration late_by = std::chrono::minutes{3};  // of the scenarios with a late callback
    int pushes_per_second = 0;                   // per shortcode
    int queries_per_minute = 0;                  // per shortcode; Safaricom's sandbox allows 5
    int callback_retries = 0;                    // documented: none
    Duration query_too_early{};                  // so long a query knows no such CheckoutRequestID
    Duration processing{};                       // so long after the end a query still says 4999
    Duration timestamp_max_age{};  // how far a push's Timestamp may be from East Africa's time
    bool token_kills_old = false;
    bool expires_in_number = false;
    bool masked_phone = false;
    bool shuffled_items = false;

    // One line of JSON for what must survive a restart, written before the callback goes out.
    // Throws when it cannot: a witness that forgets is none.
    std::function<void(const std::string& line)> journal;
};

}  // namespace lango::simulator
