// What a person should have looked at before a batch is released, and what would become of each of
// its rows now. Writes nothing.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "batches/batch.hpp"
#include "merchants/merchant.hpp"

namespace lango::batches {

inline constexpr std::size_t shown_max = 20;  // of a list

// Against the batch of the same merchant that was released before it, by recipients and what each
// of them gets in all.
struct Difference {
    std::int64_t number = 0;  // of that batch
    std::int64_t same = 0;
    std::int64_t other_amount = 0;
    std::int64_t added = 0;
    std::int64_t gone = 0;
};

struct Check {
    std::int64_t taken = 0;  // would be
    std::int64_t there = 0;
    std::int64_t wrong = 0;
    std::int64_t waiting = 0;  // of those that are there: people must let them go
    std::string short_of;      // "row 17: the balance does not cover it"; "" when all are covered
    std::int64_t left = 0;     // rows from there on
    std::vector<Row> largest;  // at most five
    std::int64_t new_recipients = 0;
    std::vector<Row> to_new;                 // rows to those who were never paid; the first ones
    std::int64_t repeats = 0;                // one recipient with one amount more than once
    std::vector<std::vector<Row>> repeated;  // such rows together; the first ones
    std::optional<Difference> since_last;    // none: there is no other
};

// Sets the states and reasons of those rows that nothing has been made of yet: open or wrong. Reads
// the merchant's withdrawals and its last batch. number: of the batch; 0: it has none yet.
[[nodiscard]] Check check(store::Reader& reader, const merchants::Merchant& merchant,
                          std::int64_t number, std::vector<Row>& rows);

// One recipient with one amount more than once: such rows together, the first one's order.
[[nodiscard]] std::vector<std::vector<Row>> repeated(const std::vector<Row>& rows);
// The largest amounts first, at most so many.
[[nodiscard]] std::vector<Row> largest(std::vector<Row> rows, std::size_t at_most);

}  // namespace lango::batches
