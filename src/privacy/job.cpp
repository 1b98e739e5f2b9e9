#include "privacy/job.hpp"

#include <algorithm>

#include "base/result.hpp"

namespace lango::privacy {

namespace {

constexpr std::size_t looked_at = 500;  // rows a slice: a write of some milliseconds

// A row that cannot be read, which nothing was written of by then, hides no other.
bool mask_one(store::Tx& tx, const crypto::MasterKey& master, Table table, std::int64_t id,
              Instant before, Instant now) {
    try {
        return mask(tx, master, table, id, before, now);
    } catch (const Unsound&) {
        return false;
    }
}

}  // namespace

Instant closed_before(const JobOptions& options, Instant now) {
    return now - std::max(options.mask_after, options.bookkeeping_for);
}

asio::awaitable<std::int64_t> mask_old(store::Store& store, const crypto::MasterKey& master,
                                       const Clock& clock, Instant before,
                                       std::function<bool()> stopping) {
    std::int64_t masked = 0;
    for (const auto table : tables) {
        std::int64_t after = 0;
        for (bool more = true; more && !stopping();) {
            const auto found = co_await store.read([table, after, before](store::Reader& reader) {
                return candidates(reader, table, after, before, looked_at);
            });
            after = found.next;
            more = found.more;
            if (found.ids.empty()) continue;
            masked += co_await store.write([&master, table, ids = found.ids, before,
                                            now = clock.now()](store::Tx& tx) {
                return static_cast<std::int64_t>(std::ranges::count_if(
                    ids, [&](auto id) { return mask_one(tx, master, table, id, before, now); }));
            });
        }
    }
    co_return masked;
}

}  // namespace lango::privacy
