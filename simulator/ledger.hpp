// The simulator's own double-entry ledger: an independent witness that shares no code with the
// gateway's. Amounts are integer cents; every movement takes from one account what it gives another.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

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

class Ledger {
 public:
    // A wallet comes into being with this balance, taken from the outside world.
    explicit Ledger(std::int64_t wallet_start_minor) : wallet_start_(wallet_start_minor) {}
    [[nodiscard]] std::int64_t wallet(const std::string& phone);
    [[nodiscard]] std::int64_t spent_today(const std::string& phone, std::int64_t day) const;
    // False when the wallet is short; nothing moves then.
    bool pay(Payment payment, std::int64_t day);
    // From the journal: what happened, happened.
    void replay(const Payment& payment, std::int64_t day);

    [[nodiscard]] const std::vector<Payment>& payments() const { return payments_; }
    [[nodiscard]] const std::map<std::int64_t, std::int64_t>& working() const { return working_; }
    [[nodiscard]] std::int64_t wallets_total() const;
    // Wallets, shortcodes and the outside world sum to zero.
    [[nodiscard]] bool balanced() const;

 private:
    std::int64_t wallet_start_;
    std::int64_t outside_ = 0;
    std::map<std::string, std::int64_t> wallets_;
    std::map<std::int64_t, std::int64_t> working_;  // by shortcode
    std::map<std::pair<std::int64_t, std::string>, std::int64_t> spent_;  // by day and phone
    std::vector<Payment> payments_;
};

}  // namespace lango::simulator
