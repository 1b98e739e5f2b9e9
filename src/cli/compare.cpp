#include "cli/compare.hpp"

#include "cli/commands.hpp"

namespace lango::cli {

Comparison compare(const Receipts& rail, const Receipts& ours, std::size_t first_max) {
    Comparison result;
    result.payments = rail.size();
    const auto differ = [&](std::string text) {
        ++result.differences;
        if (result.first.size() < first_max) result.first.push_back(std::move(text));
    };
    for (const auto& [receipt, amount] : rail) {
        result.rail_minor += amount;
        const auto found = ours.find(receipt);
        if (found == ours.end()) {
            differ(receipt + ": KES " + money_text(amount) + " at the rail, not in our ledger");
        } else if (found->second != amount) {
            differ(receipt + ": KES " + money_text(amount) + " at the rail, KES " +
                   money_text(found->second) + " in our ledger");
        }
    }
    for (const auto& [receipt, amount] : ours) {
        result.ours_minor += amount;
        if (!rail.contains(receipt)) {
            differ(receipt + ": KES " + money_text(amount) + " in our ledger, not at the rail");
        }
    }
    return result;
}

}  // namespace lango::cli
