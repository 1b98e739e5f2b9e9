#include "simulator/ledger.hpp"

#include <algorithm>
#include <charconv>

#include "base/result.hpp"

namespace lango::simulator {

namespace {

using namespace std::chrono_literals;

constexpr Duration same_amount_pause = 2min;  // daraja.md 3.5, code 17

std::int64_t east_african_day(Instant at) {
    return std::chrono::floor<std::chrono::days>(at + 3h).time_since_epoch().count();
}

template <class T>
void append(std::vector<T>& all, T one) {
    one.seq = static_cast<std::int64_t>(all.size()) + 1;
    all.push_back(std::move(one));
}

}  // namespace

void Ledger::open(std::int64_t shortcode, std::int64_t working_minor, std::int64_t utility_minor) {
    auto& opened = organisations_[shortcode];
    if (working_minor > 0) move(bank_, opened.working_minor, working_minor);
    if (utility_minor > 0) move(bank_, opened.utility_minor, utility_minor);
    openings_[shortcode] = opened;
}

std::int64_t Ledger::balance(const std::string& phone) const {
    const auto found = wallets_.find(phone);
    return found == wallets_.end() ? wallet_start_ : found->second.balance_minor;
}

std::int64_t Ledger::spent_on_day_of(Instant at, const std::string& phone) const {
    const auto found = wallets_.find(phone);
    if (found == wallets_.end() || found->second.day != east_african_day(at)) return 0;
    return found->second.spent_minor;
}

std::int64_t Ledger::received_on_day_of(Instant at, const std::string& phone) const {
    const auto found = wallets_.find(phone);
    if (found == wallets_.end() || found->second.day != east_african_day(at)) return 0;
    return found->second.received_minor;
}

bool Ledger::paid_lately(const std::string& phone, std::int64_t amount_minor, Instant now) const {
    const auto found = wallets_.find(phone);
    if (found == wallets_.end()) return false;
    return std::ranges::any_of(found->second.recent, [&](const Recent& paid) {
        return paid.amount_minor == amount_minor && now - paid.at < same_amount_pause;
    });
}

const Organisation& Ledger::organisation(std::int64_t shortcode) const {
    static const Organisation nothing;
    const auto found = organisations_.find(shortcode);
    return found == organisations_.end() ? nothing : found->second;
}

const Payment* Ledger::payment(const std::string& receipt) const {
    const auto found = payment_by_receipt_.find(receipt);
    return found == payment_by_receipt_.end() ? nullptr : &payments_[found->second];
}

bool Ledger::reversed(const std::string& receipt) const { return reversed_.contains(receipt); }

void Ledger::pay(Payment payment) {
    LANGO_ASSERT(balance(payment.phone) >= payment.amount_minor);
    LANGO_ASSERT(fresh(payment.receipt));
    book(std::move(payment));
}

void Ledger::pay_out(Payout payout) {
    LANGO_ASSERT(organisation(payout.shortcode).utility_minor >= payout.amount_minor);
    LANGO_ASSERT(fresh(payout.receipt));
    book(std::move(payout));
}

void Ledger::reverse(Reversal reversal) {
    LANGO_ASSERT(organisation(reversal.shortcode).working_minor >= reversal.amount_minor);
    LANGO_ASSERT(payment(reversal.payment_receipt) != nullptr);
    LANGO_ASSERT(!reversed(reversal.payment_receipt));
    LANGO_ASSERT(fresh(reversal.receipt));
    book(std::move(reversal));
}

std::string Ledger::transfer(Transfer transfer) {
    const auto* const from = account(organisations_, bank_, transfer.from);
    if (from == nullptr) return "there is no account " + transfer.from;
    if (account(organisations_, bank_, transfer.to) == nullptr) {
        return "there is no account " + transfer.to;
    }
    if (transfer.amount_minor <= 0) return "an amount is more than nothing";
    if (from != &bank_ && *from < transfer.amount_minor) return transfer.from + " has less";
    LANGO_ASSERT(replay(std::move(transfer)));
    return {};
}

bool Ledger::replay(Payment payment) {
    if (!fresh(payment.receipt)) return false;
    book(std::move(payment));
    return true;
}

bool Ledger::replay(Payout payout) {
    if (!fresh(payout.receipt)) return false;
    book(std::move(payout));
    return true;
}

bool Ledger::replay(Reversal reversal) {
    if (payment(reversal.payment_receipt) == nullptr || reversed(reversal.payment_receipt)) {
        return false;
    }
    if (!fresh(reversal.receipt)) return false;
    book(std::move(reversal));
    return true;
}

bool Ledger::replay(Transfer transfer) {
    auto* const from = account(organisations_, bank_, transfer.from);
    auto* const to = account(organisations_, bank_, transfer.to);
    if (from == nullptr || to == nullptr) return false;
    move(*from, *to, transfer.amount_minor);
    transfers_.push_back(std::move(transfer));
    return true;
}

void Ledger::book(Payment payment) {
    const auto at = from_micros(payment.completed_at);
    auto& wallet = wallet_on_day_of(at, payment.phone);
    auto& organisation = organisations_[payment.shortcode];
    move(wallet.balance_minor, organisation.working_minor, payment.amount_minor);
    ++organisation.payments;
    wallet.spent_minor += payment.amount_minor;
    std::erase_if(wallet.recent,
                  [at](const Recent& paid) { return at - paid.at >= same_amount_pause; });
    wallet.recent.push_back({.at = at, .amount_minor = payment.amount_minor});
    payment_by_receipt_.emplace(payment.receipt, payments_.size());
    append(payments_, std::move(payment));
}

void Ledger::book(Payout payout) {
    auto& wallet = wallet_on_day_of(from_micros(payout.completed_at), payout.phone);
    auto& organisation = organisations_[payout.shortcode];
    move(organisation.utility_minor, wallet.balance_minor, payout.amount_minor);
    if (payout.fee_minor > 0) move(organisation.charges_minor, fees_, payout.fee_minor);
    ++organisation.payouts;
    wallet.received_minor += payout.amount_minor;
    append(payouts_, std::move(payout));
}

void Ledger::book(Reversal reversal) {
    auto& organisation = organisations_[reversal.shortcode];
    move(organisation.working_minor, open_wallet(reversal.phone).balance_minor,
         reversal.amount_minor);
    ++organisation.reversals;
    reversed_.insert(reversal.payment_receipt);
    append(reversals_, std::move(reversal));
}

Ledger::Wallet& Ledger::open_wallet(const std::string& phone) {
    const auto [entry, fresh] = wallets_.try_emplace(phone);
    if (fresh && wallet_start_ > 0) move(bank_, entry->second.balance_minor, wallet_start_);
    return entry->second;
}

Ledger::Wallet& Ledger::wallet_on_day_of(Instant at, const std::string& phone) {
    auto& wallet = open_wallet(phone);
    if (const auto day = east_african_day(at); wallet.day != day) {
        wallet.day = day;
        wallet.spent_minor = 0;
        wallet.received_minor = 0;
    }
    return wallet;
}

std::int64_t* Ledger::account(std::map<std::int64_t, Organisation>& organisations,
                              std::int64_t& bank, const std::string& name) {
    if (name == "bank") return &bank;
    std::int64_t shortcode = 0;
    const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), shortcode);
    const auto found = organisations.find(shortcode);
    if (problem != std::errc{} || found == organisations.end()) return nullptr;
    const std::string_view which{end, name.data() + name.size()};
    if (which == ".working") return &found->second.working_minor;
    if (which == ".utility") return &found->second.utility_minor;
    return nullptr;
}

void Ledger::move(std::int64_t& from, std::int64_t& to, std::int64_t amount_minor) {
    LANGO_ASSERT(amount_minor > 0);
    from -= amount_minor;
    to += amount_minor;
}

}  // namespace lango::simulator
