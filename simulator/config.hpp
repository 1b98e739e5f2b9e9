// What a simulated Daraja is set up with; most of it can be changed while it runs (admin.cpp).
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
};

struct Config {
    std::vector<Shortcode> shortcodes{Shortcode{}};
    std::optional<Duration> auto_pay = Duration{1'500'000};  // nothing: somebody enters the PIN
    std::int64_t wallet_start_minor = 50'000'000;            // KES 500,000: the legal maximum
    int pushes_per_second = 0;    // 0: no limit
    int queries_per_minute = 0;   // 0: no limit; Safaricom's sandbox allows 5
    int callback_retries = 0;     // documented: none
    bool token_kills_old = false;
    bool expires_in_number = false;
    bool masked_phone = false;
    bool shuffled_items = false;
    // One line of JSON for what must survive a restart, written before the callback goes out.
    std::function<void(const std::string& line)> journal;
};

}  // namespace lango::simulator
