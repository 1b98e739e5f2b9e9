// The ledger, added up and recomputed.
#include <numeric>

#include "simulator/ledger.hpp"

namespace lango::simulator {

std::map<std::string, std::int64_t> Ledger::wallets() const {
    std::map<std::string, std::int64_t> out;
    for (const auto& [phone, wallet] : wallets_) out.emplace(phone, wallet.balance_minor);
    return out;
}

std::int64_t Ledger::wallets_total() const {
    return std::accumulate(
        wallets_.begin(), wallets_.end(), std::int64_t{0},
        [](std::int64_t sum, const auto& wallet) { return sum + wallet.second.balance_minor; });
}

std::int64_t Ledger::sum() const {
    auto sum = bank_ + fees_ + wallets_total();
    for (const auto& [shortcode, organisation] : organisations_) {
        sum += organisation.working_minor + organisation.utility_minor + organisation.charges_minor;
    }
    return sum;
}

bool Ledger::balanced() const {
    auto told = openings_;
    std::int64_t bank = 0;  // of transfers only
    std::int64_t fees = 0;
    for (const auto& payment : payments_) {
        auto& organisation = told[payment.shortcode];
        organisation.working_minor += payment.amount_minor;
        ++organisation.payments;
    }
    for (const auto& payout : payouts_) {
        auto& organisation = told[payout.shortcode];
        organisation.utility_minor -= payout.amount_minor;
        organisation.charges_minor -= payout.fee_minor;
        fees += payout.fee_minor;
        ++organisation.payouts;
    }
    for (const auto& reversal : reversals_) {
        auto& organisation = told[reversal.shortcode];
        organisation.working_minor -= reversal.amount_minor;
        ++organisation.reversals;
    }
    for (const auto& transfer : transfers_) {
        auto* const from = account(told, bank, transfer.from);
        auto* const to = account(told, bank, transfer.to);
        if (from == nullptr || to == nullptr) return false;
        *from -= transfer.amount_minor;
        *to += transfer.amount_minor;
    }
    return sum() == 0 && told == organisations_ && fees == fees_;
}

}  // namespace lango::simulator
