// What a simulated Daraja is set up with. Settings are those that can change while it runs
// (POST /simulator/settings).
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "simulator/credential_key.hpp"

namespace lango::simulator {

struct Shortcode {
    std::int64_t number = 174379;
    std::string passkey = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919";
    std::string consumer_key = "sandbox-key";
    std::string consumer_secret = "sandbox-secret";
    std::string name = "LANGO SANDBOX";  // shown in the prompt
    // The operator who may ask for status, balance and reversals, and for payouts where b2c is set.
    std::string initiator = "testapi";
    std::string initiator_password = "Safaricom999!*!";
    bool b2c = false;
    std::int64_t working_start_minor = 0;
    std::int64_t utility_start_minor = 0;
};

// Pays out and takes no pushes.
[[nodiscard]] inline Shortcode b2c_shortcode() {
    return {.number = 600996,
            .passkey = "",
            .name = "LANGO SANDBOX PAYOUTS",
            .b2c = true,
            .utility_start_minor = 10'000'000'000};  // KES 100,000,000
}

// The defaults are the real service as daraja.md describes it; zero turns a limit off.
struct Config {
    std::vector<Shortcode> shortcodes{Shortcode{}, b2c_shortcode()};
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
    bool strict_urls = false;  // the words forbidden at C2B are refused in every address

    bool c2b_validation = true;  // Safaricom turns it on for whoever asks by mail
    bool c2b_urls_once = false;  // as in production; its sandbox takes new URLs at any time
    bool c2b_whole_phone = false;
    bool pull_needs_registration = true;  // the list of payments (Pull) is told to who registered
    bool confirm_pushes = false;          // a push that was paid is confirmed as C2B too
    bool confirm_pushes_first = false;    // before its own callback

    Duration payout_after = std::chrono::milliseconds{5};  // from the reply to the result
    Duration status_unknown{};   // so long after a payment its status says there is none
    int payouts_per_second = 0;  // per shortcode
    bool result_code_text = false;
    bool reference_item_array = false;
    bool one_parameter = false;        // a result has its first parameter only, and as an object
    bool failed_with_receipt = false;  // a failed result's TransactionID looks like a real one
    bool query_results_lost = false;   // of status, balance and reversal

    bool local_only = true;  // people's pages answer this machine's pages and programs alone

    // For SecurityCredential; null: one is made when it is first needed.
    std::shared_ptr<const CredentialKey> credential_key;

    // One line of JSON for what must survive a restart, written before the callback goes out.
    // Throws when it cannot: a witness that forgets is none.
    std::function<void(const std::string& line)> journal;
};

}  // namespace lango::simulator
