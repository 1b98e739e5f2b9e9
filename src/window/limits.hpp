// How much one address and one phone may ask for. In memory: a restart forgives.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/msisdn.hpp"
#include "base/time.hpp"

namespace lango::window {

// One thread.
class Limits {
  public:
    Limits(int prompts_per_phone_hour, int requests_per_address_minute)
        : prompts_max_(prompts_per_phone_hour), requests_max_(requests_per_address_minute) {}

    // Counts the request; false when there were too many.
    [[nodiscard]] bool admit(const std::string& address, Instant now);
    // Whether one more prompt may go to this phone, whoever the merchant is.
    [[nodiscard]] bool may_prompt(Msisdn phone, Instant now);
    void prompted(Msisdn phone, Instant now);

  private:
    void forget_old(Instant now);

    struct Minute {
        Instant began{};
        int requests = 0;
    };
    int prompts_max_;
    int requests_max_;
    std::unordered_map<std::string, Minute> addresses_;
    std::unordered_map<std::int64_t, std::vector<Instant>> phones_;
    Instant forgot_at_{};
};

}  // namespace lango::window
