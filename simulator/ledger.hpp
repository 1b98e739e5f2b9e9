// The simulator's own double-entry ledger: an independent witness that shares no code with the
// gateway's. Accounts are wallets, the organisations' Working, Utility and Charges Paid accounts,
// Safaricom's fees, and the bank: the outside world that funds all of them. Every movement takes
// from one account what it gives another, so that all of them always sum to zero. Amounts are
// integer cents.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "simulator/movements.hpp"

namespace lango::simulator {

struct Organisation {
    std::int64_t working_minor = 0;  // what customers paid in
    std::int64_t utility_minor = 0;  // what payouts are taken from
    std::int64_t charges_minor = 0;  // Charges Paid: below zero is normal
    std::int64_t payments = 0;
    std::int64_t payouts = 0;
    std::int64_t reversals = 0;
    friend bool operator==(const Organisation&, const Organisation&) = default;
};

class Ledger {
  public:
    // A wallet comes into being with this balance, taken from the bank.
    explicit Ledger(std::int64_t wallet_start_minor) : wallet_start_(wallet_start_minor) {}
    // An organisation's opening balances, taken from the bank. Before anything else of it; once.
    void open(std::int64_t shortcode, std::int64_t working_minor, std::int64_t utility_minor);

    [[nodiscard]] std::int64_t balance(const std::string& phone) const;
    // What a wallet holds beyond the gift it came into being with.
    [[nodiscard]] std::int64_t gained(const std::string& phone) const {
        return balance(phone) - wallet_start_;
    }
    // What left the wallet, or was paid out to it, on East Africa's calendar day of `at`.
    [[nodiscard]] std::int64_t spent_on_day_of(Instant at, const std::string& phone) const;
    [[nodiscard]] std::int64_t received_on_day_of(Instant at, const std::string& phone) const;
    // Whether the wallet paid exactly this amount within the two minutes before `now`.
    [[nodiscard]] bool paid_lately(const std::string& phone, std::int64_t amount_minor,
                                   Instant now) const;
    [[nodiscard]] const Organisation& organisation(std::int64_t shortcode) const;
    // Null: no customer paid with this receipt.
    [[nodiscard]] const Payment* payment(const std::string& receipt) const;
    [[nodiscard]] bool reversed(const std::string& receipt) const;

    // Each moves its amount (more than zero) and gets its seq. They assert that the account has it,
    // that the receipt is new and that a payment is there and not yet reversed: all the caller's to
    // see to.
    void pay(Payment payment);
    void pay_out(Payout payout);
    void reverse(Reversal reversal);
    // "" when it was done; else why not: an account nobody knows, or one that has less.
    [[nodiscard]] std::string transfer(Transfer transfer);

    // From the journal: what happened, happened, whatever the balances at start are now. False for
    // a receipt that is there already, or a payment that is not.
    [[nodiscard]] bool replay(Payment payment);
    [[nodiscard]] bool replay(Payout payout);
    [[nodiscard]] bool replay(Reversal reversal);
    [[nodiscard]] bool replay(Transfer transfer);

    [[nodiscard]] const std::vector<Payment>& payments() const { return payments_; }
    [[nodiscard]] const std::vector<Payout>& payouts() const { return payouts_; }
    [[nodiscard]] const std::vector<Reversal>& reversals() const { return reversals_; }
    [[nodiscard]] const std::map<std::int64_t, Organisation>& organisations() const {
        return organisations_;
    }
    // By phone, in order.
    [[nodiscard]] std::map<std::string, std::int64_t> wallets() const;
    [[nodiscard]] std::int64_t wallets_total() const;
    [[nodiscard]] std::int64_t fees() const { return fees_; }
    [[nodiscard]] std::int64_t bank() const { return bank_; }
    // Of all accounts: zero.
    [[nodiscard]] std::int64_t sum() const;
    // Recomputed from nothing: all accounts sum to zero, and each organisation has what its
    // payments, payouts, reversals and transfers say.
    [[nodiscard]] bool balanced() const;

  private:
    struct Recent {
        Instant at;
        std::int64_t amount_minor;
    };
    struct Wallet {
        std::int64_t balance_minor = 0;
        std::int64_t day = 0;
        std::int64_t spent_minor = 0;     // on that day
        std::int64_t received_minor = 0;  // on that day, of payouts
        std::vector<Recent> recent{};     // of the last two minutes
    };
    Wallet& open_wallet(const std::string& phone);
    Wallet& wallet_on_day_of(Instant at, const std::string& phone);
    // Null: no such account. "174379.working", "600996.utility", "bank".
    [[nodiscard]] static std::int64_t* account(std::map<std::int64_t, Organisation>& organisations,
                                               std::int64_t& bank, const std::string& name);
    // The only place where a balance changes.
    static void move(std::int64_t& from, std::int64_t& to, std::int64_t amount_minor);
    [[nodiscard]] bool fresh(const std::string& receipt) {
        return receipts_.insert(receipt).second;
    }
    void book(Payment payment);
    void book(Payout payout);
    void book(Reversal reversal);

    std::int64_t wallet_start_;
    std::int64_t bank_ = 0;
    std::int64_t fees_ = 0;
    std::unordered_map<std::string, Wallet> wallets_;
    std::map<std::int64_t, Organisation> organisations_;  // by shortcode
    std::map<std::int64_t, Organisation> openings_;
    std::vector<Payment> payments_;
    std::vector<Payout> payouts_;
    std::vector<Reversal> reversals_;
    std::vector<Transfer> transfers_;
    std::unordered_set<std::string> receipts_;
    std::unordered_map<std::string, std::size_t> payment_by_receipt_;
    std::unordered_set<std::string> reversed_;  // payments' receipts
};

}  // namespace lango::simulator
