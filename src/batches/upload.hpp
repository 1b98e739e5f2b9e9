// How an upload is stored: its batch, its rows in groups, and then that it is whole. Each is a
// command of its own, so that no sheet keeps the payments of others waiting; a crash between two
// leaves a batch that is `reading`, which the same upload ends. The same file is the same batch.
#pragma once
#include <span>
#include <string_view>

#include "batches/batch.hpp"

namespace lango::batches {

inline constexpr std::size_t rows_stored_at_once = 500;

struct Begun {
    std::int64_t number = 0;
    // Rows may be stored: it was begun now, or nobody has released it yet.
    bool is_open = false;
};
// again: where the same file was uploaded before and that batch is released or over, a further
// edition begins.
[[nodiscard]] Begun begin(store::Tx& tx, const File& file, bool again, std::string_view who,
                          Instant now);

// Stores rows, or what was found of them when they were looked at again. False: the batch was
// released or cancelled meanwhile, and nothing is stored.
[[nodiscard]] bool store_rows(store::Tx& tx, std::int64_t number, std::span<const Row> rows);

struct Whole {
    std::int64_t rows = 0;
    Money total = Money::zero();
};
// All of its rows are stored: a person may release it. False: some are missing, or it was released
// or cancelled meanwhile. Unsound where more or others are stored than were read.
[[nodiscard]] bool finish(store::Tx& tx, std::int64_t number, const Whole& read,
                          std::string_view who, Instant now);

}  // namespace lango::batches
