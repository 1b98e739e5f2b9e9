// What the system says of this process.
#pragma once
#include <cstdint>
#include <optional>

#include "base/time.hpp"

namespace lango::ops {

struct ProcessLook {
    Duration cpu{};  // user's and system's time since it began
    std::int64_t resident_bytes = 0;
    std::int64_t virtual_bytes = 0;
    std::int64_t open_files = 0;
    std::int64_t open_files_max = 0;
    std::int64_t started_unix_seconds = 0;
};
// Nothing where /proc cannot be read.
[[nodiscard]] std::optional<ProcessLook> look_at_this_process();

}  // namespace lango::ops
