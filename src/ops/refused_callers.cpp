#include "ops/refused_callers.hpp"

#include <algorithm>
#include <utility>

#include "base/result.hpp"
#include "ops/logging.hpp"

namespace lango::ops {

namespace {

constexpr Duration quiet = std::chrono::seconds{10};

}  // namespace

void RefusedCallers::note(std::string_view kind, std::string_view merchant, std::string_view peer,
                          std::string_view request_id, Instant now) {
    if (metrics_ != nullptr) metrics_->refused_callers.with(kind, merchant).add();
    const auto* known = std::ranges::find(refused_kinds, kind);
    LANGO_ASSERT(known != refused_kinds.end());
    auto& told = told_.at(static_cast<std::size_t>(known - refused_kinds.begin()));
    std::int64_t count = 0;
    {
        const std::lock_guard lock{mutex_};
        ++told.since;
        if (told.any && !has_passed(told.at, quiet, now)) return;
        count = std::exchange(told.since, 0);
        told.any = true;
        told.at = now;
    }
    log::warn("auth", "a caller was refused",
              {{"kind", kind},
               {"merchant", merchant},
               {"peer", peer},
               {"request_id", request_id},
               {"count", count}});
}

}  // namespace lango::ops
