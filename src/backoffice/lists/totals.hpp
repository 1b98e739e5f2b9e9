// How many payments came, were paid and failed: by day, or by the rail's reason. No summary is
// kept, which each payment would pay for: the rows are counted when somebody asks, in slices, each
// a short read of so many rows at most. A payment counts on the day on which it was asked for, by
// the clock of the merchant's zone, whenever it was paid.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "backoffice/lists/noun.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "http/message.hpp"

namespace lango::backoffice::lists {

inline constexpr std::int64_t slice_max = 20'000;  // rows of a slice, of each kind
inline constexpr std::int64_t counted_max =
    1'000'000;  // rows of an answer; then it says where to go on

enum class By : std::int8_t { day, reason };

struct TotalsQuestion {
    By by = By::day;
    std::optional<MerchantId> merchant{};
    std::string zone = usual_zone;
    std::int64_t from = 0;  // ids, which begin with their time
    std::int64_t before = 0;
};
// The error, for people. scope: of a merchant's own person.
[[nodiscard]] Result<TotalsQuestion, std::string> read_totals(store::Reader& reader,
                                                              const http::Query& query, Instant now,
                                                              std::optional<MerchantId> scope);

struct Sum {
    std::int64_t count = 0;
    Money amount = Money::zero();

    void add(std::int64_t more, Money money) {
        count += more;
        amount = amount + money;
    }
};
struct Day {
    Sum paid{};  // deposits
    std::int64_t failed = 0;
    std::int64_t expired = 0;
    std::int64_t open = 0;
    Sum withdrawals{};  // paid ones; tests and refunds are none
    Sum refunds{};      // paid ones
};
struct Totals {
    std::map<std::string, Day> days{};  // "2026-11-29"
    std::map<std::pair<std::string, std::string>, Sum>
        reasons{};               // state ("open" for any such), code
    std::int64_t looked_at = 0;  // rows
};

// Adds what was asked for from `from` on, and says where the next slice begins: a slice ends with a
// day, or with `slice_max` rows. Nothing: `before` is reached.
[[nodiscard]] std::optional<std::int64_t> count_slice(store::Reader& reader,
                                                      const TotalsQuestion& question,
                                                      std::int64_t from, Totals& totals);
// Whether an answer may end here: it counted enough, and each day in it is whole.
[[nodiscard]] bool is_full(const TotalsQuestion& question, const Totals& totals, std::int64_t next);

// {"status":"ok","by":"day","zone":...,"totals":[...],"next":""}; next: `from` of what is left.
[[nodiscard]] std::string totals_json(const TotalsQuestion& question, const Totals& totals,
                                      std::optional<std::int64_t> next);

// Of a hundred, with one digit, rounded half up: "97.3"; "" of none.
[[nodiscard]] std::string percent(std::int64_t part, std::int64_t whole);

}  // namespace lango::backoffice::lists
