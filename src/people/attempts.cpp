#include "people/attempts.hpp"

#include <algorithm>

namespace lango::people {

namespace {

constexpr Duration first_wait = std::chrono::seconds{1};
constexpr std::int64_t doublings_max = 12;

struct Failed {
    std::int64_t failures = 0;
    Instant last_at{};
};

Failed failed(store::Reader& reader, const std::string& hash, Instant now) {
    const auto found = reader.first(
        "SELECT failures, last_at FROM failed_attempts WHERE hash = ?1",
        [](const store::Row& row) {
            return Failed{.failures = row.integer(0), .last_at = row.instant(1)};
        },
        store::Blob{hash});
    if (!found || has_passed(found->last_at, attempts_kept, now)) return {};
    return *found;
}

std::string hash_of(const crypto::MasterKey& master, const Counter& counter) {
    return master.lookup_hash("attempts " + counter.what);
}

}  // namespace

Duration attempt_wait(std::int64_t failures, int free) {
    if (failures < free) return Duration::zero();
    return std::min(first_wait * (1 << std::min(failures - free, doublings_max)), attempt_wait_max);
}

std::optional<Duration> begin_attempt(store::Tx& tx, const crypto::MasterKey& master,
                                      std::span<const Counter> counters, Instant now) {
    Duration longest{};
    for (const auto& counter : counters) {
        const auto before = failed(tx, hash_of(master, counter), now);
        const auto until = before.last_at + attempt_wait(before.failures, counter.free);
        if (is_still_on(until, attempt_wait_max, now)) longest = std::max(longest, until - now);
    }
    if (longest > Duration::zero()) return longest;
    tx.run("DELETE FROM failed_attempts WHERE last_at <= ?1", now - attempts_kept);
    for (const auto& counter : counters) {
        const auto hash = hash_of(master, counter);
        const auto failures = failed(tx, hash, now).failures + 1;
        tx.run("DELETE FROM failed_attempts WHERE hash = ?1", store::Blob{hash});
        tx.run("INSERT INTO failed_attempts (hash, failures, last_at) VALUES (?1, ?2, ?3)",
               store::Blob{hash}, failures, now);
    }
    return std::nullopt;
}

void attempt_succeeded(store::Tx& tx, const crypto::MasterKey& master,
                       std::span<const Counter> counters) {
    for (const auto& counter : counters) {
        const auto hash = hash_of(master, counter);
        if (counter.is_shared) {
            tx.run("UPDATE failed_attempts SET failures = failures - 1 WHERE hash = ?1",
                   store::Blob{hash});
        } else {
            tx.run("DELETE FROM failed_attempts WHERE hash = ?1", store::Blob{hash});
        }
    }
}

}  // namespace lango::people
