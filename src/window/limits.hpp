// How much one network and one merchant's public link may ask for. What an address asked for in
// this minute, and wrong guesses of a code's digits in this hour, are in memory; prompts, by phone
// and by merchant, are in the store (prompts.hpp) and outlast a restart.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace lango::window {

// What an address is counted by: IPv4 by itself; IPv6 by /64, which is one customer's, and by /48,
// which is one site's and may do `site_factor` times as much.
inline constexpr int site_factor = 8;
struct Network {
    std::string key;
    int factor = 1;
};
[[nodiscard]] std::vector<Network> networks(const std::string& address);

// One thread.
class Limits {
  public:
    explicit Limits(int requests_per_address_minute) : requests_max_(requests_per_address_minute) {}

    // Counts the request by its networks; false when there were too many.
    [[nodiscard]] bool admit(const std::string& address, Instant now);
    // After a restart nothing is known of a merchant: what he was admitted since `at_once` ago.
    [[nodiscard]] bool knows(MerchantId merchant) const {
        return used_up_to_.contains(merchant.value());
    }
    void remember(MerchantId merchant, int per_minute, const std::vector<Instant>& admitted);
    // Whether one more prompt may go out by the merchant's unsigned links, which is counted: so
    // many a minute (0: no limit), twice as many at once. unwanted: a tenth of that.
    [[nodiscard]] bool admit_unsigned(MerchantId merchant, int per_minute, bool unwanted,
                                      Instant now);
    // Whether somebody may say the digits of a phone that a payer's code asks for; counted.
    [[nodiscard]] bool may_guess(std::int64_t order, Instant now);

    static constexpr int guesses_an_hour = 5;
    // So much of a merchant's time may be used before it comes.
    static constexpr Duration at_once = std::chrono::minutes{2};

  private:
    void forget_old(Instant now);
    bool count(const std::string& key, int most, Instant now);

    struct Count {
        Instant began{};
        int number = 0;
    };
    int requests_max_;
    std::unordered_map<std::string, Count> addresses_;
    std::unordered_map<std::int64_t, Instant> used_up_to_;  // by merchant
    std::unordered_map<std::int64_t, Count> guesses_;       // by order
    Instant forgot_at_{};
};

}  // namespace lango::window
