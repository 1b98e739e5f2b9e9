// Our ledger against the rail's, receipt by receipt.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace lango::cli {

using Receipts = std::unordered_map<std::string, std::int64_t>;  // receipt to minor units

struct Comparison {
    std::uint64_t payments = 0;  // of the rail
    std::int64_t rail_minor = 0;
    std::int64_t ours_minor = 0;
    std::uint64_t differences = 0;
    std::vector<std::string> first;  // of the differences, in words

    [[nodiscard]] bool equal() const { return differences == 0 && rail_minor == ours_minor; }
};

// both ways: what only one of them has is a difference, and so is another amount.
[[nodiscard]] Comparison compare(const Receipts& rail, const Receipts& ours,
                                 std::size_t first_max = 20);

}  // namespace lango::cli
