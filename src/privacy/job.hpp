// The masking job: once a day, whatever has been over for longer than the operator keeps it.
#pragma once
#include <functional>
#include <memory>

#include "base/clock.hpp"
#include "privacy/mask.hpp"
#include "store/store.hpp"

namespace lango::privacy {

namespace asio = boost::asio;

struct JobOptions {
    Duration mask_after{};       // zero: the job is off
    Duration bookkeeping_for{};  // never younger than this, whatever mask_after says
};

// Rows closed before this may be masked.
[[nodiscard]] Instant closed_before(const JobOptions& options, Instant now);

// One run: every table in slices, each a short write of its own. Returns how many rows it masked.
// Ends early when `stopping` says so.
[[nodiscard]] asio::awaitable<std::int64_t> mask_old(store::Store& store,
                                                     const crypto::MasterKey& master,
                                                     const Clock& clock, Instant before,
                                                     std::function<bool()> stopping);

}  // namespace lango::privacy
