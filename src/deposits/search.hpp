// Deposits for people to look at: the latest first, by what they know of one. No filter has an
// index of its own, which each create would pay for: a page looks at so many rows and says where
// the next one begins, whether it found any or not.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "deposits/deposit.hpp"

namespace lango::deposits {

inline constexpr std::int64_t scanned_max = 20'000;  // rows of one page: some 20 ms

struct Search {
    std::optional<State> state{};
    std::optional<MerchantId> merchant{};
    std::optional<Instant> since{};  // created then or later
    std::optional<Instant> until{};  // created before
    std::optional<Money> amount{};
    std::optional<Msisdn> phone{};
    std::string receipt{};    // as it is booked; "": any
    std::string label{};      // "": any
    std::int64_t before = 0;  // ids; 0: from the latest on
    std::int64_t limit = 100;
};

struct Page {
    std::vector<Deposit> deposits;
    std::int64_t next = 0;  // Search::before of the next page; 0: there is none
};

[[nodiscard]] Page search(store::Reader& reader, const Search& search);

}  // namespace lango::deposits
