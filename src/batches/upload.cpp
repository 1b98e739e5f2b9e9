#include "batches/upload.hpp"

#include "base/check.hpp"
#include "base/crypto.hpp"
#include "people/trail.hpp"

namespace lango::batches {

Begun begin(store::Tx& tx, const File& file, bool again, std::string_view who, Instant now) {
    const auto before = find(tx, file);
    if (before && (before->is_unreleased() || !again)) {
        return {.number = before->number, .is_open = before->is_unreleased()};
    }
    const auto number =
        tx.first("SELECT COALESCE(MAX(number), 0) + 1 FROM batches", [](const store::Row& row) {
              return row.integer(0);
          }).value_or(1);
    tx.run(
        "INSERT INTO batches (number, merchant_id, digest, with_hidden, edition, state, "
        "uploaded_by, uploaded_at, row_count, total, wrong, released_by, next_place, made, found, "
        "refused, why, ended_by) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, 0, '', 1, 0, 0, 0, '', '')",
        number, file.merchant, store::Blob{file.digest}, file.with_hidden,
        before ? before->edition + 1 : 1, State::reading, who, now);
    return {.number = number, .is_open = true};
}

bool store_rows(store::Tx& tx, std::int64_t number, std::span<const Row> rows) {
    const auto batch = find(tx, number);
    if (!batch || !batch->is_unreleased()) return false;
    for (const auto& row : rows) {
        LANGO_CHECK(row.place >= 1 && row.place <= places_max, "a row has a place in its batch");
        LANGO_CHECK(row.state == RowState::open || row.state == RowState::wrong,
                    "a row begins open or wrong");
        tx.run(
            "INSERT INTO batch_rows (id, line, withdrawal_id, phone, amount, label, comment, "
            "state, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
            "ON CONFLICT (id) DO UPDATE SET state = excluded.state, reason = excluded.reason",
            row_id(number, row.place), row.line, row.withdrawal_id,
            row.phone ? std::optional{row.phone->number()} : std::nullopt,
            row.amount ? std::optional{row.amount->minor()} : std::nullopt, row.label, row.comment,
            row.state, row.reason);
    }
    return true;
}

bool finish(store::Tx& tx, std::int64_t number, const Whole& read, std::string_view who,
            Instant now) {
    const auto batch = find(tx, number);
    if (!batch || !batch->is_unreleased()) return false;
    struct Stored {
        std::int64_t rows, total, wrong;
    };
    const auto stored = tx.first(
        "SELECT COUNT(*), COALESCE(SUM(amount), 0), COALESCE(SUM(state = ?3), 0) FROM batch_rows "
        "WHERE id > ?1 AND id <= ?2",
        [](const store::Row& row) {
            return Stored{.rows = row.integer(0), .total = row.integer(1), .wrong = row.integer(2)};
        },
        row_id(number, 0), row_id(number, places_max), RowState::wrong);
    if (!stored || stored->rows < read.rows) return false;
    // What a person says yes to is what was read, and what will be paid is what is stored.
    LANGO_REQUIRE(stored->rows == read.rows);
    LANGO_REQUIRE(stored->total == read.total.minor());
    tx.run(
        "UPDATE batches SET state = ?2, row_count = ?3, total = ?4, wrong = ?5 WHERE number = ?1",
        number, State::checked, stored->rows, stored->total, stored->wrong);
    if (batch->state == State::reading) {
        people::record(tx, now, who, "batch uploaded", std::to_string(number),
                       std::to_string(stored->rows) + " rows, KES " + read.total.text() +
                           ", sha256 " + crypto::hex(batch->file.digest));
    }
    return true;
}

}  // namespace lango::batches
