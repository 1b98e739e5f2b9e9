// The simulator's own double-entry ledger: an independent witness that shares no code with the
// gateway's. Accounts are wallets, the shortcodes' Working accounts, and the outside world that
// funds the wallets; every movement takes from one account what it gives another, so that all of
// them always sum to zero. Amounts are integer cents.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/time.hpp"

namespace lango::simulator {

struct Payment {
    std::int64_t seq = 0;  // from 1, without gaps
    std::string receipt;
    std::int64_t shortcode = 0;
    std::string phone;
    std::int64_t amount_minor = 0;
    std::string checkout_request_id;
    std::string account_reference;
    std::int64_t completed_at = 0;  // microseconds since 1970 UTC
};

struct Working {
    std::int64_t balance_minor = 0;
    std::int64_t payments = 0;
};

class Ledger {
  public:
    // A wallet comes into being with this balance, taken from the outside world.
    explicit Ledger(std::int64_t wallet_start_minor) : wallet_start_(wallet_start_minor) {}

    [[nodiscard]] std::int64_t balance(const std::string& phone) const;
    // What left the wallet on East Africa's calendar day of `at`.
    [[nodiscard]] std::int64_t spent_on_day_of(Instant at, const std::string& phone) const;
    // Whether the wallet paid exactly this amount within the two minutes before `now`.
    [[nodiscard]] bool paid_lately(const std::string& phone, std::int64_t amount_minor,
                                   Instant now) const;

    // Moves payment.amount_minor (more than zero) and gives the payment its seq. Asserts that the
    // wallet has it and that the receipt is new: both are the caller's to see to.
    void pay(Payment payment);
    // From the journal: what happened, happened, whatever the wallet's balance at start is now.
    // False for a receipt that is there already.
    [[nodiscard]] bool replay(Payment payment);

    [[nodiscard]] const std::vector<Payment>& payments() const { return payments_; }
    [[nodiscard]] const std::map<std::int64_t, Working>& working() const { return working_; }
    [[nodiscard]] std::int64_t wallets_total() const;
    // Recomputed from nothing: all accounts sum to zero, and each shortcode has what its payments
    // say.
    [[nodiscard]] bool balanced() const;

  private:
    struct Recent {
        Instant at;
        std::int64_t amount_minor;
    };
    struct Wallet {
        std::int64_t balance_minor = 0;
        std::int64_t day = 0;
        std::int64_t spent_minor = 0;  // on that day
        std::vector<Recent> recent;    // of the last two minutes
    };
    Wallet& open(const std::string& phone);
    // The only place where a balance changes.
    static void move(std::int64_t& from, std::int64_t& to, std::int64_t amount_minor);
    void book(Payment payment);

    std::int64_t wallet_start_;
    std::int64_t outside_ = 0;
    std::unordered_map<std::string, Wallet> wallets_;  // only ever summed
    std::map<std::int64_t, Working> working_;          // by shortcode
    std::vector<Payment> payments_;
    std::unordered_set<std::string> receipts_;
};

}  // namespace lango::simulator
