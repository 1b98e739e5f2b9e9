// What the rail last said of the money that payouts leave from, and how long it will do.
#pragma once
#include <optional>

#include "rails/claims.hpp"
#include "store/tx.hpp"

namespace lango::withdrawals {

struct StoredFloat {
    rails::FloatReading reading;
    Instant read_at{};
    Money paid_since = Money::zero();
};
// The later reading stays.
void save_float(store::Tx& tx, std::int64_t shortcode, const rails::FloatReading& reading,
                Instant now);
[[nodiscard]] std::optional<StoredFloat> latest_float(store::Reader& reader,
                                                      std::int64_t shortcode);

// Money has left it since.
void count_paid(store::Tx& tx, std::int64_t shortcode, Money amount);

// Paid of the withdrawals that were made within a day before now.
[[nodiscard]] Money paid_within_a_day(store::Reader& reader, Instant now);
// How long the Utility account will do when every day is as that one; nothing when nothing was
// paid.
[[nodiscard]] std::optional<Duration> runway(Money utility, Money paid_within_a_day);

}  // namespace lango::withdrawals
