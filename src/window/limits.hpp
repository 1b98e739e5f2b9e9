// How much one network and one merchant's public link may ask for. What an address asked for in
// this minute, and guesses of a code's digits in this hour, are counted in memory, and kept now and
// then (kept_counts.hpp); prompts, by phone and by merchant, are in the store (prompts.hpp). All of
// it outlasts a restart; a kill forgets the counts of at most a minute.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "store/words.hpp"

namespace lango::window {

// Counted from `began` on, until the limit's time is over.
struct Count {
    Instant began{};
    int number = 0;
};
// Stored: window_counts.kind.
enum class Limit : std::int8_t { network = 1, guesses = 2 };
static_assert(store::spells(LANGO_COUNT_NETWORK, Limit::network));
static_assert(store::spells(LANGO_COUNT_GUESSES, Limit::guesses));
struct Counted {
    Limit limit = Limit::network;
    std::string key;  // of a network, or the order's id
    Count count;
};
// For how long a limit counts.
[[nodiscard]] Duration counts_for(Limit limit);

// One thread.
class Limits {
  public:
    explicit Limits(int requests_per_address_minute) : requests_max_(requests_per_address_minute) {}

    // Counts the request by its networks (http/networks.hpp); false when there were too many.
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

    // Those whose time is not over, in no order.
    [[nodiscard]] std::vector<Counted> counted(Instant now) const;
    // What the run before had counted of a key: asked for those that are new here, as long as it
    // counts.
    using Before = std::function<std::optional<Count>(Limit limit, const std::string& key)>;
    void go_on_from(Before before, Instant now) {
        before_ = std::move(before);
        goes_on_since_ = now;
    }

    static constexpr int guesses_an_hour = 5;
    // So much of a merchant's time may be used before it comes.
    static constexpr Duration at_once = std::chrono::minutes{2};

  private:
    void forget_old(Instant now);
    Count& counter(Limit limit, const std::string& key, Instant now);

    int requests_max_;
    using Counts = std::unordered_map<std::string, Count>;
    Counts networks_;
    Counts guesses_;
    Before before_;
    Instant goes_on_since_{};
    std::unordered_map<std::int64_t, Instant> used_up_to_;  // by merchant
    Instant forgot_at_{};
};

}  // namespace lango::window
