// A merchant: keys, limits, fees, settings.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "base/ids.hpp"
#include "base/money.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "merchants/postback_schedule.hpp"
#include "merchants/window.hpp"

namespace lango::merchants {

// When a withdrawal waits for people; any rule that asks suffices. An amount of 0 is no rule.
struct PayoutRules {
    Money from = Money::zero();       // this much, or more
    Money day_total = Money::zero();  // more than this in one day (UTC)
    bool new_recipient = false;       // whoever was not paid since this rule stands
    int needed = 1;                   // so many different people must approve

    [[nodiscard]] bool any() const {
        return !from.is_zero() || !day_total.is_zero() || new_recipient;
    }
};

// What becomes of money by paybill that is more than its order asks for; less is never credited.
enum class PaybillAmount : std::int8_t {
    exact,     // all of it waits in suspense
    at_least,  // the order is credited, the rest waits in suspense
};

// Keys that new ones took the place of, and that stay good until a time that was set then. "" and
// empty: that one was not changed.
struct FormerKeys {
    Instant until{};
    std::string secret_hash;
    std::string access_key;
    Secret private_access_key;
    Secret private_key;
    Secret webhook_secret;
};

struct Merchant {
    MerchantId id{0};
    std::string slug;  // ^[a-z0-9][a-z0-9-]{0,30}$
    std::string name;
    std::string secret_hash;  // crypto::MasterKey::lookup_hash of the API secret
    std::string access_key;
    Secret private_access_key;            // signs postbacks
    Secret private_key;                   // signs withdrawal requests
    Secret webhook_secret;                // Standard Webhooks, raw bytes
    Secret payout_key;                    // his payouts' ids follow from it (payout_key.hpp)
    std::vector<FormerKeys> former_keys;  // the latest first; some may have ended
    std::string postback_url;             // empty: none configured, postbacks wait
    PostbackSchedule postback_schedule;
    std::string time_zone = "Africa/Nairobi";
    Money deposit_min = Money::kes(10);
    Money deposit_max = Money::kes(250'000);
    Decimal fee_percent;
    Money fee_fixed = Money::zero();
    Money withdrawal_min = Money::kes(10);
    Money withdrawal_max = Money::kes(250'000);
    Decimal payout_fee_percent;  // on top of a withdrawal
    Money payout_fee_fixed = Money::zero();
    std::vector<std::string> ip_allow_list;
    std::string domain;  // api.{domain} is his; "{slug}.localhost" always is
    // Off: a withdrawal that the balance does not cover is taken and waits for its cover.
    bool balance_check = true;
    bool needs_withdrawal_id = false;  // a withdrawal without an id of his is refused
    bool failed_events = false;        // he is told of failed deposits (docs/formats/events.md)
    PayoutRules payout_rules;
    PaybillAmount paybill_amount = PaybillAmount::at_least;
    Window window;
    Instant created_at{};
    // Nothing new of his is taken; what is open goes on to its end.
    bool is_disabled = false;

    // percent of the amount (rounded half up to the minor unit) + fixed, never more than the
    // amount.
    [[nodiscard]] Money fee(Money amount) const;
    // The same of a withdrawal's amount; it may be more than the amount.
    [[nodiscard]] Money payout_fee(Money amount) const;
    [[nodiscard]] bool allows_address(std::string_view peer) const;
    // What links of his may be signed with, the current key first.
    [[nodiscard]] std::vector<Secret> link_keys(Instant now) const;
};

// What a person may set: name, postback-url, postback-schedule, postback-give-up, time-zone,
// deposit-min, deposit-max, fee-percent, fee-fixed, withdrawal-min, withdrawal-max,
// payout-fee-percent, payout-fee-fixed, ip-allow-list, domain, balance-check, withdrawal-id,
// failed-events, approval-from, approval-day-total, approval-new-recipient, approvals-needed,
// paybill-amount, and the window's (window.hpp). Texts are checked; the error says what is
// expected.
struct SettingError {
    std::string message;
};

// Shown once, at creation and rotation; afterwards only hashes and sealed values exist.
struct Credentials {
    std::string slug;
    std::string secret;              // API secret, 32 alphanumerics
    std::string access_key;          // 16 alphanumerics
    std::string private_access_key;  // 32
    std::string private_key;         // 32
    std::string webhook_secret;      // "whsec_" + base64 of 24 bytes
};

// What is told of a merchant who is disabled.
inline constexpr std::string_view disabled_text =
    "This merchant is disabled: nothing new is taken. This request was not processed.";

struct Created {
    Merchant merchant;
    Credentials credentials;
};

}  // namespace lango::merchants
