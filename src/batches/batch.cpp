#include "batches/batch.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/result.hpp"

namespace lango::batches {

namespace {

#define LANGO_BATCH_COLUMNS                                                                      \
    "number, merchant_id, digest, with_hidden, edition, state, uploaded_by, uploaded_at, "       \
    "row_count, total, wrong, released_by, released_at, next_place, made, found, refused, why, " \
    "ended_at, ended_by"

#define LANGO_BATCH_ROW_COLUMNS \
    "id, line, withdrawal_id, phone, amount, label, comment, state, reason"

std::optional<Instant> maybe_instant(const store::Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional{row.instant(column)};
}

Batch batch_of(const store::Row& row) {
    Batch batch{.number = row.integer(0),
                .file = {.merchant = MerchantId{row.integer(1)},
                         .digest = row.string(2),
                         .with_hidden = row.integer(3) != 0},
                .edition = static_cast<int>(row.integer(4)),
                .state = static_cast<State>(row.integer(5)),
                .uploaded_by = row.string(6),
                .uploaded_at = row.instant(7),
                .rows = row.integer(8),
                .total = Money{row.integer(9), Currency::kes()},
                .wrong = row.integer(10),
                .released_by = row.string(11),
                .released_at = maybe_instant(row, 12),
                .next_place = row.integer(13),
                .made = row.integer(14),
                .found = row.integer(15),
                .refused = row.integer(16),
                .why = row.string(17),
                .ended_at = maybe_instant(row, 18),
                .ended_by = row.string(19)};
    LANGO_REQUIRE(std::ranges::find(states, batch.state) != states.end());
    LANGO_REQUIRE(batch.rows >= 0 && batch.rows <= places_max);
    LANGO_REQUIRE(batch.next_place >= 1 && batch.next_place <= places_max + 1);
    return batch;
}

Row row_of(const store::Row& row) {
    const auto phone = row.maybe_integer(3);
    const auto amount = row.maybe_integer(4);
    Row read{.place = row.integer(0) % (places_max + 1),
             .line = row.integer(1),
             .withdrawal_id = row.string(2),
             .phone = phone ? std::optional{Msisdn::from_number(*phone)} : std::nullopt,
             .amount = amount ? std::optional{Money{*amount, Currency::kes()}} : std::nullopt,
             .label = row.string(5),
             .comment = row.string(6),
             .state = static_cast<RowState>(row.integer(7)),
             .reason = row.string(8)};
    LANGO_REQUIRE(std::ranges::find(row_states, read.state) != row_states.end());
    return read;
}

}  // namespace

std::string_view name(State state) {
    switch (state) {
        case State::reading:
            return "reading";
        case State::checked:
            return "checked";
        case State::releasing:
            return "releasing";
        case State::stopped:
            return "stopped";
        case State::done:
            return "done";
        case State::cancelled:
            return "cancelled";
    }
    unsound("a batch's state of the enum", std::source_location::current());
}

std::string_view name(RowState state) {
    switch (state) {
        case RowState::open:
            return "open";
        case RowState::made:
            return "made";
        case RowState::there:
            return "there";
        case RowState::refused:
            return "refused";
        case RowState::wrong:
            return "wrong";
    }
    unsound("a row's state of the enum", std::source_location::current());
}

std::optional<RowState> parse_row_state(std::string_view text) {
    const auto found = std::ranges::find(
        row_states, text, [](RowState state) -> std::string_view { return name(state); });
    return found == row_states.end() ? std::nullopt : std::optional{*found};
}

std::string code(const Batch& batch) {
    const auto digest = crypto::sha256(
        std::to_string(batch.number) + " " + std::to_string(batch.file.merchant.value()) + " " +
        crypto::hex(batch.file.digest) + " " +
        (batch.file.with_hidden ? "with hidden" : "as shown") + " " + std::to_string(batch.rows) +
        " " + std::to_string(batch.total.minor()));
    return crypto::hex(crypto::view(digest).substr(0, 8));
}

std::optional<Batch> find(store::Reader& reader, std::int64_t number) {
    return reader.first("SELECT " LANGO_BATCH_COLUMNS " FROM batches WHERE number = ?1", batch_of,
                        number);
}

std::optional<Batch> find(store::Reader& reader, const File& file) {
    return reader.first("SELECT " LANGO_BATCH_COLUMNS
                        " FROM batches WHERE merchant_id = ?1 AND digest = ?2 AND with_hidden = ?3 "
                        "ORDER BY edition DESC LIMIT 1",
                        batch_of, file.merchant, store::Blob{file.digest}, file.with_hidden);
}

std::optional<Batch> next_releasing(store::Reader& reader) {
    return reader.first("SELECT " LANGO_BATCH_COLUMNS
                        " FROM batches WHERE state = " LANGO_BATCH_RELEASING
                        " ORDER BY released_at, number LIMIT 1",
                        batch_of);
}

std::vector<Batch> list(store::Reader& reader, const Search& search) {
    std::vector<Batch> found;
    const auto keep = [&](const store::Row& row) { found.push_back(batch_of(row)); };
    reader.each(
        "SELECT " LANGO_BATCH_COLUMNS
        " FROM batches WHERE (?1 = 0 OR number < ?1) AND (?2 IS NULL OR merchant_id = ?2) "
        "AND (?3 IS NULL OR digest = ?3) ORDER BY number DESC LIMIT ?4",
        keep, search.before, search.merchant,
        search.digest.empty() ? store::Param{nullptr} : store::Param{store::Blob{search.digest}},
        search.limit);
    return found;
}

std::vector<Row> rows(store::Reader& reader, std::int64_t batch, std::int64_t after,
                      std::size_t limit, std::optional<RowState> state) {
    std::vector<Row> found;
    reader.each(
        "SELECT " LANGO_BATCH_ROW_COLUMNS
        " FROM batch_rows WHERE id > ?1 AND id <= ?2 AND (?3 IS NULL OR state = ?3) "
        "ORDER BY id LIMIT ?4",
        [&](const store::Row& row) { found.push_back(row_of(row)); }, row_id(batch, after),
        row_id(batch, places_max), state, static_cast<std::int64_t>(limit));
    return found;
}

std::vector<Row> open_rows(store::Reader& reader, std::int64_t batch, std::int64_t from,
                           std::size_t limit) {
    std::vector<Row> found;
    reader.each(
        "SELECT " LANGO_BATCH_ROW_COLUMNS
        " FROM batch_rows WHERE id >= ?1 AND id <= ?2 AND state IN (" LANGO_BATCH_ROW_OPEN
        ") ORDER BY id LIMIT ?3",
        [&](const store::Row& row) { found.push_back(row_of(row)); }, row_id(batch, from),
        row_id(batch, places_max), static_cast<std::int64_t>(limit));
    return found;
}

}  // namespace lango::batches
