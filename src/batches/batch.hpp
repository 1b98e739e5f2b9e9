// A batch: a sheet of withdrawals that was uploaded, and each of its rows. Nothing is paid by it
// until a person has said its count and sum; then its rows become withdrawals, a group at a time
// (release.hpp), each under its own withdrawal_id.
//
//   reading ──▶ checked ──released──▶ releasing ──▶ done
//                  │                    │    ▲        │ released again, where rows were refused
//                  │                    ▼    │        ▼
//                  │                   stopped       releasing
//                  └──────────┬──────────┘
//                             ▼
//                         cancelled
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/money.hpp"
#include "base/msisdn.hpp"
#include "store/tx.hpp"
#include "store/words.hpp"

namespace lango::batches {

// As stored.
enum class State : std::int8_t {
    reading = 1,    // not all of its rows are stored yet: uploaded again, it goes on
    checked = 2,    // it waits for a person who says its sum
    releasing = 3,  // its rows become withdrawals
    stopped = 4,    // released, and something is in the way: `why`
    done = 5,       // every row was looked at
    cancelled = 6,  // nothing more is made of it
};
inline constexpr std::array states{State::reading, State::checked, State::releasing,
                                   State::stopped, State::done,    State::cancelled};
static_assert(store::spells(LANGO_BATCH_RELEASING, State::releasing));
static_assert(store::spells(LANGO_BATCH_UNRELEASED, State::reading, State::checked));
static_assert(store::spells(LANGO_BATCH_ENDED, State::done, State::cancelled));
[[nodiscard]] std::string_view name(State state);

enum class RowState : std::int8_t {
    open = 1,
    made = 2,     // by this batch
    there = 3,    // its withdrawal was there already, with this recipient and amount
    refused = 4,  // by the release; `reason` says why
    wrong = 5,    // when it was looked at before; likewise
};
inline constexpr std::array row_states{RowState::open, RowState::made, RowState::there,
                                       RowState::refused, RowState::wrong};
static_assert(store::spells(LANGO_BATCH_ROW_OPEN, RowState::open, RowState::refused));
static_assert(store::spells(LANGO_BATCH_ROW_TAKEN, RowState::made, RowState::there));
[[nodiscard]] std::string_view name(RowState state);
[[nodiscard]] std::optional<RowState> parse_row_state(std::string_view text);

// What names an upload: the same bytes, read in the same way, are the same batch.
struct File {
    MerchantId merchant{0};
    std::string digest;  // SHA-256, 32 bytes
    bool with_hidden = false;
};

struct Batch {
    std::int64_t number = 0;
    File file;
    int edition = 1;
    State state = State::reading;
    std::string uploaded_by;
    Instant uploaded_at{};
    std::int64_t rows = 0;
    Money total = Money::zero();
    std::int64_t wrong = 0;
    std::string released_by;
    std::optional<Instant> released_at;
    std::int64_t next_place = 1;
    std::int64_t made = 0;
    std::int64_t found = 0;
    std::int64_t refused = 0;
    std::string why;
    std::optional<Instant> ended_at;
    std::string ended_by;

    [[nodiscard]] bool is_unreleased() const {
        return state == State::reading || state == State::checked;
    }
    [[nodiscard]] std::int64_t left() const { return rows - made - found - refused; }
};

struct Row {
    std::int64_t place = 0;  // in the batch, from 1
    std::int64_t line = 0;   // as a spreadsheet program counts
    std::string withdrawal_id;
    std::optional<Msisdn> phone;  // none: it cannot be read
    std::optional<Money> amount;  // likewise
    std::string label;
    std::string comment;
    RowState state = RowState::open;
    std::string reason;

    // Whether there is somebody to pay: it was read, and is not masked.
    [[nodiscard]] bool is_payable() const {
        return phone && !phone->is_hidden() && amount && !withdrawal_id.empty();
    }
};

inline constexpr std::int64_t places_max = 65'535;
// Of a row in the store.
[[nodiscard]] constexpr std::int64_t row_id(std::int64_t batch, std::int64_t place) {
    return batch * (places_max + 1) + place;
}

// What a person says yes to: which file, how many rows, which sum. 16 hex digits.
[[nodiscard]] std::string code(const Batch& batch);

[[nodiscard]] std::optional<Batch> find(store::Reader& reader, std::int64_t number);
// The latest edition.
[[nodiscard]] std::optional<Batch> find(store::Reader& reader, const File& file);
[[nodiscard]] std::optional<Batch> next_releasing(store::Reader& reader);

struct Search {
    std::optional<MerchantId> merchant{};
    std::string digest{};     // "": any
    std::int64_t before = 0;  // number of the last one on the page before; 0: the latest
    std::int64_t limit = 50;
};
// The latest first.
[[nodiscard]] std::vector<Batch> list(store::Reader& reader, const Search& search);

// In order, behind a place. state: only those.
[[nodiscard]] std::vector<Row> rows(store::Reader& reader, std::int64_t batch, std::int64_t after,
                                    std::size_t limit, std::optional<RowState> state = {});
// Those that a release tries, from a place on.
[[nodiscard]] std::vector<Row> open_rows(store::Reader& reader, std::int64_t batch,
                                         std::int64_t from, std::size_t limit);

}  // namespace lango::batches
