#include "window/limits.hpp"

namespace lango::window {

namespace {

using namespace std::chrono_literals;
constexpr Duration minute = 1min;
constexpr Duration hour = 1h;

}  // namespace

bool Limits::admit(const std::string& address, Instant now) {
    forget_old(now);
    if (requests_max_ == 0 || address.empty()) return true;
    auto& seen = addresses_[address];
    if (now - seen.began >= minute) seen = {.began = now, .requests = 0};
    return ++seen.requests <= requests_max_;
}

bool Limits::may_prompt(Msisdn phone, Instant now) {
    if (prompts_max_ == 0) return true;
    const auto found = phones_.find(phone.number());
    if (found == phones_.end()) return true;
    std::erase_if(found->second, [&](Instant at) { return now - at >= hour; });
    return found->second.size() < static_cast<std::size_t>(prompts_max_);
}

void Limits::prompted(Msisdn phone, Instant now) {
    if (prompts_max_ > 0) phones_[phone.number()].push_back(now);
}

void Limits::forget_old(Instant now) {
    if (now - forgot_at_ < minute) return;
    forgot_at_ = now;
    std::erase_if(addresses_, [&](const auto& one) { return now - one.second.began >= minute; });
    std::erase_if(phones_, [&](const auto& one) { return now - one.second.back() >= hour; });
}

}  // namespace lango::window
