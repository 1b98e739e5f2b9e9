#include "simulator/ledger.hpp"

#include <numeric>

namespace lango::simulator {

std::int64_t Ledger::wallet(const std::string& phone) {
    const auto [entry, fresh] = wallets_.try_emplace(phone, wallet_start_);
    if (fresh) outside_ -= wallet_start_;
    return entry->second;
}

std::int64_t Ledger::spent_today(const std::string& phone, std::int64_t day) const {
    const auto found = spent_.find({day, phone});
    return found == spent_.end() ? 0 : found->second;
}

bool Ledger::pay(Payment payment, std::int64_t day) {
    if (wallet(payment.phone) < payment.amount_minor) return false;
    wallets_[payment.phone] -= payment.amount_minor;
    working_[payment.shortcode] += payment.amount_minor;
    spent_[{day, payment.phone}] += payment.amount_minor;
    payment.seq = static_cast<std::int64_t>(payments_.size()) + 1;
    payments_.push_back(std::move(payment));
    return true;
}

void Ledger::replay(const Payment& payment, std::int64_t day) {
    static_cast<void>(wallet(payment.phone));
    static_cast<void>(pay(payment, day));
}

std::int64_t Ledger::wallets_total() const {
    return std::accumulate(wallets_.begin(), wallets_.end(), std::int64_t{0},
                           [](std::int64_t sum, const auto& wallet) { return sum + wallet.second; });
}

bool Ledger::balanced() const {
    std::int64_t sum = outside_ + wallets_total();
    for (const auto& [shortcode, balance] : working_) sum += balance;
    return sum == 0;
}

}  // namespace lango::simulator
