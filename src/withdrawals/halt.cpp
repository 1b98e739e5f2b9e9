#include "withdrawals/halt.hpp"

namespace lango::withdrawals {

std::optional<Halt> open_halt(store::Reader& reader) {
    return reader.first(
        "SELECT number, began_at, withdrawal_id, code, description, what FROM payout_halts "
        "WHERE ended_at IS NULL ORDER BY number DESC LIMIT 1",
        [](const store::Row& row) {
            return Halt{.number = row.integer(0),
                        .what = static_cast<rails::Halts>(row.integer(5)),
                        .began_at = row.instant(1),
                        .withdrawal = WithdrawalId{row.integer(2)},
                        .code = row.string(3),
                        .description = row.string(4)};
        });
}

void halt(store::Tx& tx, WithdrawalId withdrawal, rails::Halts what, std::string_view code,
          std::string_view description, Instant now) {
    if (what == rails::Halts::nothing) return;
    if (const auto open = open_halt(tx)) {
        if (open->what >= what) return;
        tx.run(
            "UPDATE payout_halts SET what = ?2, withdrawal_id = ?3, code = ?4, "
            "description = ?5 WHERE number = ?1",
            open->number, static_cast<int>(what), withdrawal, code, description);
        return;
    }
    tx.run(
        "INSERT INTO payout_halts (number, began_at, withdrawal_id, code, description, what, "
        "ended_by) SELECT COALESCE(MAX(number), 0) + 1, ?1, ?2, ?3, ?4, ?5, '' FROM payout_halts",
        now, withdrawal, code, description, static_cast<int>(what));
}

bool end_halt(store::Tx& tx, std::string_view who, Instant now) {
    return tx.run("UPDATE payout_halts SET ended_at = ?1, ended_by = ?2 WHERE ended_at IS NULL",
                  now, who) > 0;
}

}  // namespace lango::withdrawals
