// A batch becomes withdrawals. A person releases it by its code and sum; then groups of its rows
// are taken, each in one command together with how far the batch has come, so that no crash makes a
// row twice or leaves one out. A row that is refused keeps its reason, and the others go on; where
// money is short the batch stops, and what comes behind is left as it is.
#pragma once
#include <span>
#include <string_view>

#include "batches/sheet_rows.hpp"
#include "merchants/merchant.hpp"

namespace lango::batches {

enum class Released : std::int8_t {
    yes,
    already,       // it is being released
    nothing_left,  // all of its rows are withdrawals
    unknown,       // there is no such batch; nothing was done, likewise below
    not_whole,     // it has not been stored to its end: upload it again
    wrong_rows,
    changed,    // it is not what the person saw
    other_sum,  // nor what they said it pays out
    cancelled,
};
struct Release {
    std::int64_t number = 0;
    std::string_view who;
    std::string_view seen;     // its code
    std::optional<Money> sum;  // what it pays out in all, as the person says it
};
// Those rows that were refused before are tried again.
[[nodiscard]] Released release(store::Tx& tx, const Release& wanted, Instant now);

// A group of rows, as next_group() found them.
struct Group {
    Batch batch;
    std::vector<Row> rows;
};
// Of the batch that was released first. Nothing: none is being released.
[[nodiscard]] std::optional<Group> next_group(store::Reader& reader, std::size_t at_most);

// A row with the withdrawal that it asks for, or why it asks for none.
struct Item {
    Row row;
    Result<withdrawals::Wanted, std::string> wanted;
};
struct Taken {
    std::size_t made = 0;  // withdrawals
    bool moved = false;    // false: the batch stands elsewhere by now, and nothing was done
};
// From where the batch stands. Ids of withdrawals must be set.
[[nodiscard]] Taken take(store::Tx& tx, const Batch& batch, std::span<const Item> items,
                         const merchants::Merchant& merchant, Instant now);

// Nothing more is made until a person releases it again.
void stop(store::Tx& tx, std::int64_t number, std::string_view why, Instant now);

enum class Cancelled : std::int8_t {
    yes,
    unknown,  // nothing was done, likewise below
    over,     // it has ended
};
// What was made of it stays.
[[nodiscard]] Cancelled cancel(store::Tx& tx, std::int64_t number, std::string_view who,
                               Instant now);

// What nobody released in this time is cancelled: it keeps people's numbers.
inline constexpr Duration kept_unreleased = std::chrono::days{30};
// At most so many of them.
[[nodiscard]] std::vector<std::int64_t> forgotten(store::Reader& reader, std::size_t at_most,
                                                  Instant now);
void cancel_forgotten(store::Tx& tx, std::size_t at_most, Instant now);

}  // namespace lango::batches
