#include "window/kept_counts.hpp"

#include <algorithm>

namespace lango::window {

namespace {

constexpr std::size_t hash_length = 32;
constexpr int number_max = 1'000'000'000;

std::string named(Limit limit, const std::string& key) {
    return (limit == Limit::network ? "window network:" : "window guesses:") + key;
}

// The highest of a limit are the ones that brake.
void keep_highest(store::Tx& tx, const crypto::MasterKey& master, std::vector<Counted> counted) {
    const auto kept =
        counted.begin() + static_cast<std::ptrdiff_t>(std::min(counted.size(), kept_max));
    std::ranges::partial_sort(counted, kept, std::ranges::greater{},
                              [](const Counted& one) { return one.count.number; });
    counted.erase(kept, counted.end());
    for (const auto& one : counted) {
        const auto hash = master.lookup_hash(named(one.limit, one.key));
        tx.run(
            "INSERT INTO window_counts (kind, key, began_at, number) VALUES (?1, ?2, ?3, ?4) "
            "ON CONFLICT (kind, key) DO UPDATE SET began_at = ?3, number = ?4",
            static_cast<int>(one.limit), store::Blob{hash}, one.count.began,
            std::min(one.count.number, number_max));
    }
}

void forget_what_is_over(store::Tx& tx, Instant now) {
    tx.run("DELETE FROM window_counts WHERE kind NOT IN (" LANGO_COUNT_NETWORK
           ", " LANGO_COUNT_GUESSES
           ") OR length(key) <> ?2 OR number < 1 "
           "OR number > ?3 OR began_at > ?1 OR (kind = " LANGO_COUNT_NETWORK
           " AND began_at <= ?4) "
           "OR (kind = " LANGO_COUNT_GUESSES " AND began_at <= ?5)",
           now, hash_length, number_max, now - counts_for(Limit::network),
           now - counts_for(Limit::guesses));
}

}  // namespace

std::int64_t keep_counts(store::Tx& tx, const crypto::MasterKey& master,
                         std::vector<Counted> counted, Instant now) {
    forget_what_is_over(tx, now);
    const auto guesses = std::ranges::partition(
        counted, [](const Counted& one) { return one.limit == Limit::network; });
    keep_highest(tx, master, std::vector<Counted>(guesses.begin(), guesses.end()));
    counted.erase(guesses.begin(), guesses.end());
    keep_highest(tx, master, std::move(counted));
    for (const auto limit : {Limit::network, Limit::guesses}) {
        tx.run(
            "DELETE FROM window_counts WHERE kind = ?1 AND key NOT IN (SELECT key "
            "FROM window_counts WHERE kind = ?1 ORDER BY number DESC LIMIT ?2)",
            static_cast<int>(limit), kept_max);
    }
    return tx
        .first("SELECT COUNT(*) FROM window_counts",
               [](const store::Row& row) { return row.integer(0); })
        .value_or(0);
}

KeptCounts::KeptCounts(store::Reader& reader, Instant now) {
    const auto load = [&](Limit limit, Counts& counts) {
        reader.each(
            "SELECT key, began_at, number FROM window_counts WHERE kind = ?1 "
            "AND length(key) = ?2 AND began_at > ?3 AND began_at <= ?4 "
            "AND number BETWEEN 1 AND ?5 LIMIT ?6",
            [&](const store::Row& row) {
                counts.emplace(row.string(0), Count{.began = row.instant(1),
                                                    .number = static_cast<int>(row.integer(2))});
            },
            static_cast<int>(limit), hash_length, now - counts_for(limit), now, number_max,
            kept_max);
    };
    load(Limit::network, networks_);
    load(Limit::guesses, guesses_);
}

std::optional<Count> KeptCounts::find(const crypto::MasterKey& master, Limit limit,
                                      const std::string& key) const {
    const auto& counts = limit == Limit::network ? networks_ : guesses_;
    if (counts.empty()) return std::nullopt;
    for (const auto& hash : master.lookup_hashes(named(limit, key))) {
        if (const auto found = counts.find(hash); found != counts.end()) return found->second;
    }
    return std::nullopt;
}

}  // namespace lango::window
