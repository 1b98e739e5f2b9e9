#include "simulator/ledger.hpp"

#include <algorithm>
#include <numeric>

#include "base/result.hpp"

namespace lango::simulator {

namespace {

using namespace std::chrono_literals;

constexpr Duration same_amount_pause = 2min;  // daraja.md 3.5, code 17

std::int64_t east_african_day(Instant at) {
    return std::chrono::floor<std::chrono::days>(at + 3h).time_since_epoch().count();
}

}  // namespace

std::int64_t Ledger::balance(const std::string& phone) const {
    const auto found = wallets_.find(phone);
    return found == wallets_.end() ? wallet_start_ : found->second.balance_minor;
}

std::int64_t Ledger::spent_on_day_of(Instant at, const std::string& phone) const {
    const auto found = wallets_.find(phone);
    if (found == wallets_.end() || found->second.day != east_african_day(at)) return 0;
    return found->second.spent_minor;
}

bool Ledger::paid_lately(const std::string& phone, std::int64_t amount_minor, Instant now) const {
    const auto found = wallets_.find(phone);
    if (found == wallets_.end()) return false;
    return std::ranges::any_of(found->second.recent, [&](const Recent& paid) {
        return paid.amount_minor == amount_minor && now - paid.at < same_amount_pause;
    });
}

void Ledger::pay(Payment payment) {
    LANGO_ASSERT(balance(payment.phone) >= payment.amount_minor);
    const bool fresh = receipts_.insert(payment.receipt).second;
    LANGO_ASSERT(fresh);
    book(std::move(payment));
}

bool Ledger::replay(Payment payment) {
    if (!receipts_.insert(payment.receipt).second) return false;
    book(std::move(payment));
    return true;
}

void Ledger::book(Payment payment) {
    const auto at = from_micros(payment.completed_at);
    auto& wallet = open(payment.phone);
    auto& working = working_[payment.shortcode];
    move(wallet.balance_minor, working.balance_minor, payment.amount_minor);
    ++working.payments;
    if (const auto day = east_african_day(at); wallet.day != day) {
        wallet.day = day;
        wallet.spent_minor = 0;
    }
    wallet.spent_minor += payment.amount_minor;
    std::erase_if(wallet.recent,
                  [at](const Recent& paid) { return at - paid.at >= same_amount_pause; });
    wallet.recent.push_back({.at = at, .amount_minor = payment.amount_minor});
    payment.seq = static_cast<std::int64_t>(payments_.size()) + 1;
    payments_.push_back(std::move(payment));
}

Ledger::Wallet& Ledger::open(const std::string& phone) {
    const auto [entry, fresh] = wallets_.try_emplace(phone);
    if (fresh && wallet_start_ > 0) move(outside_, entry->second.balance_minor, wallet_start_);
    return entry->second;
}

void Ledger::move(std::int64_t& from, std::int64_t& to, std::int64_t amount_minor) {
    LANGO_ASSERT(amount_minor > 0);
    from -= amount_minor;
    to += amount_minor;
}

std::int64_t Ledger::wallets_total() const {
    return std::accumulate(
        wallets_.begin(), wallets_.end(), std::int64_t{0},
        [](std::int64_t sum, const auto& wallet) { return sum + wallet.second.balance_minor; });
}

bool Ledger::balanced() const {
    std::map<std::int64_t, Working> told;
    for (const auto& payment : payments_) {
        auto& working = told[payment.shortcode];
        working.balance_minor += payment.amount_minor;
        ++working.payments;
    }
    std::int64_t sum = outside_ + wallets_total();
    for (const auto& [shortcode, working] : working_) {
        sum += working.balance_minor;
        const auto& by_payments = told[shortcode];
        if (by_payments.balance_minor != working.balance_minor ||
            by_payments.payments != working.payments) {
            return false;
        }
    }
    return sum == 0 && told.size() == working_.size();
}

}  // namespace lango::simulator
