#include "withdrawals/payout_float.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "store/words.hpp"

namespace lango::withdrawals {

using namespace std::chrono_literals;

void save_float(store::Tx& tx, std::int64_t shortcode, const rails::FloatReading& reading,
                Instant now) {
    tx.run(
        "INSERT INTO payout_float (shortcode, read_at, utility, working, charges) "
        "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (shortcode) DO UPDATE SET "
        "read_at = excluded.read_at, utility = excluded.utility, working = excluded.working, "
        "charges = excluded.charges, paid_since = 0 WHERE excluded.read_at >= payout_float.read_at",
        shortcode, now, reading.utility.minor(), reading.working.minor(), reading.charges.minor());
}

std::optional<StoredFloat> latest_float(store::Reader& reader, std::int64_t shortcode) {
    return reader.first(
        "SELECT read_at, utility, working, charges, paid_since FROM payout_float WHERE shortcode = "
        "?1",
        [](const store::Row& row) {
            return StoredFloat{.reading = {.utility = Money{row.integer(1), Currency::kes()},
                                           .working = Money{row.integer(2), Currency::kes()},
                                           .charges = Money{row.integer(3), Currency::kes()}},
                               .read_at = row.instant(0),
                               .paid_since = Money{row.integer(4), Currency::kes()}};
        },
        shortcode);
}

void count_paid(store::Tx& tx, std::int64_t shortcode, Money amount) {
    LANGO_CHECK(amount.minor() > 0, "what is paid out is gone from the float");
    const auto counted =
        tx.run("UPDATE payout_float SET paid_since = paid_since + ?2 WHERE shortcode = ?1",
               shortcode, amount.minor());
    LANGO_CHECK(counted <= 1, "a shortcode has one float");
}

Money paid_within_a_day(store::Reader& reader, Instant now) {
    const auto sum = reader.first(
        "SELECT COALESCE(SUM(amount), 0) FROM withdrawals WHERE id >= ?1 AND "
        "state = " LANGO_WITHDRAWAL_PAID " AND kind <> " LANGO_KIND_TEST,
        [](const store::Row& row) { return row.integer(0); }, id_floor(now - 24h));
    return Money{sum.value_or(0), Currency::kes()};
}

std::optional<Duration> runway(Money utility, Money paid_within_a_day) {
    if (paid_within_a_day <= Money::zero()) return std::nullopt;
    if (utility <= Money::zero()) return Duration::zero();
    constexpr std::int64_t longest_s = std::int64_t{10} * 365 * 86'400;
    const auto seconds =
        static_cast<__int128>(utility.minor()) * 86'400 / paid_within_a_day.minor();
    return std::chrono::seconds{static_cast<std::int64_t>(std::min<__int128>(seconds, longest_s))};
}

}  // namespace lango::withdrawals
