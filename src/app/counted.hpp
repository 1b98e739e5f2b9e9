// What the metrics count in the store, in one reading.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "deposits/deposit.hpp"
#include "ledger/ledger.hpp"
#include "postbacks/attempts.hpp"
#include "recovery/lives.hpp"

namespace lango::app {

struct CountedAccount {
    ledger::AccountKind kind{};
    std::int64_t owner = 0;
    std::int64_t cents = 0;
};

// Money that a postback tells of: paid in, or paid out.
struct Told {
    std::int64_t number = 0;  // the postback's: they count up
    MerchantId merchant{0};
    bool is_in = true;
    std::int64_t cents = 0;
};

struct Suspended {
    std::int64_t items = 0;
    std::int64_t cents = 0;
    std::optional<Instant> oldest;
};

struct Counted {
    std::vector<deposits::OpenCount> open;
    std::int64_t attention = 0;
    std::map<std::string_view, std::int64_t> ages;
    postbacks::Backlog postbacks;
    recovery::SetAsideCounts set_aside;
    Suspended suspense;
    std::vector<CountedAccount> accounts;  // in KES, the first accounts_max
    std::vector<Told> told;                // after the last one that was counted
    std::vector<std::string> codes;        // of the deposits that failed since
};

// Series are kept few: the rail's, fees, suspense, and merchants as far as they go.
inline constexpr int accounts_max = 60;
inline constexpr int told_max = 50'000;  // in one reading; the next one goes on

// Beyond so many between two readings their codes are not counted.
inline constexpr std::size_t failed_max = 10'000;

[[nodiscard]] Counted count(store::Reader& reader, Instant now, std::int64_t told_to,
                            const std::vector<DepositId>& failed);
[[nodiscard]] std::int64_t latest_postback(store::Reader& reader);

}  // namespace lango::app
