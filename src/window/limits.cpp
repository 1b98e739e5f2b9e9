#include "window/limits.hpp"

#include <algorithm>
#include <vector>

#include "http/networks.hpp"

namespace lango::window {

namespace {

using namespace std::chrono_literals;
constexpr Duration minute = 1min;
constexpr Duration hour = 1h;
constexpr int unwanted_costs = 10;

}  // namespace

Duration counts_for(Limit limit) { return limit == Limit::network ? minute : hour; }

Count& Limits::counter(Limit limit, const std::string& key, Instant now) {
    auto& counts = limit == Limit::network ? networks_ : guesses_;
    const auto [at, is_new] = counts.try_emplace(key);
    auto& seen = at->second;
    if (is_new && before_ && !has_passed(goes_on_since_, counts_for(limit), now)) {
        seen = before_(limit, key).value_or(Count{});
    }
    if (has_passed(seen.began, counts_for(limit), now)) seen = {.began = now, .number = 0};
    return seen;
}

bool Limits::admit(const std::string& address, Instant now) {
    forget_old(now);
    if (requests_max_ == 0 || address.empty()) return true;
    // What its own network has refused is not counted against a whole site.
    return std::ranges::all_of(http::networks(address), [&](const http::Network& network) {
        return ++counter(Limit::network, network.key, now).number <= requests_max_ * network.factor;
    });
}

void Limits::remember(MerchantId merchant, int per_minute, const std::vector<Instant>& admitted) {
    auto& used_up_to = used_up_to_[merchant.value()];
    if (per_minute == 0) return;
    for (const auto at : admitted) used_up_to = std::max(used_up_to, at) + minute / per_minute;
}

bool Limits::admit_unsigned(MerchantId merchant, int per_minute, bool unwanted, Instant now) {
    if (per_minute == 0) return true;
    auto& used_up_to = used_up_to_[merchant.value()];
    // Further ahead than is ever allowed: by a clock that was ahead.
    const auto from = lies_ahead(used_up_to, now + at_once) ? now : std::max(used_up_to, now);
    const auto costs = minute / per_minute * (unwanted ? unwanted_costs : 1);
    if (from + costs > now + at_once) return false;
    used_up_to = from + costs;
    return true;
}

bool Limits::may_guess(std::int64_t order, Instant now) {
    forget_old(now);
    return ++counter(Limit::guesses, std::to_string(order), now).number <= guesses_an_hour;
}

std::vector<Counted> Limits::counted(Instant now) const {
    std::vector<Counted> found;
    const auto add = [&](Limit limit, const Counts& counts) {
        for (const auto& [key, count] : counts) {
            if (has_passed(count.began, counts_for(limit), now)) continue;
            found.push_back({.limit = limit, .key = key, .count = count});
        }
    };
    add(Limit::network, networks_);
    add(Limit::guesses, guesses_);
    return found;
}

void Limits::forget_old(Instant now) {
    if (!has_passed(forgot_at_, minute, now)) return;
    forgot_at_ = now;
    const auto forget = [&](Limit limit, Counts& counts) {
        std::erase_if(counts, [&](const auto& one) {
            return has_passed(one.second.began, counts_for(limit), now);
        });
    };
    forget(Limit::network, networks_);
    forget(Limit::guesses, guesses_);
}

}  // namespace lango::window
