// Ids are types. Each is a positive 63-bit number that grows with time, so that indexes grow at
// one end; on the wire 16 lowercase hex digits (order_id of the page).
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/time.hpp"

namespace lango {

template <class Tag>
class Id {
  public:
    constexpr explicit Id(std::int64_t value) : value_(value) {}
    [[nodiscard]] constexpr std::int64_t value() const { return value_; }
    friend constexpr auto operator<=>(const Id&, const Id&) = default;

  private:
    std::int64_t value_;
};

using MerchantId = Id<struct MerchantTag>;
using DepositId = Id<struct DepositTag>;
using WithdrawalId = Id<struct WithdrawalTag>;
using PostbackId = Id<struct PostbackTag>;
using AccountId = Id<struct AccountTag>;
using LedgerTxId = Id<struct LedgerTxTag>;

// 16 lowercase hex digits.
[[nodiscard]] std::string hex16(std::int64_t value);
// Exactly 16 lowercase hex digits of a positive value; nothing otherwise.
[[nodiscard]] std::optional<std::int64_t> parse_hex16(std::string_view text);
// When an id was made, to the millisecond.
[[nodiscard]] Instant id_time(std::int64_t id);
// The smallest id that can be made at this time: a bound for range scans.
[[nodiscard]] std::int64_t id_floor(Instant at);

// Layout, high to low: 41 bits of milliseconds since 2020-01-01 UTC, 22 bits of sequence that
// starts at a random place in the lower half each millisecond. One thread at a time.
class IdSource {
  public:
    explicit IdSource(Random& random) : random_(random) {}
    [[nodiscard]] std::int64_t next(Instant now);

  private:
    Random& random_;
    std::int64_t last_ = 0;
};

}  // namespace lango
