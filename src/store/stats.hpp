// What a store has done since it was opened.
#pragma once
#include <cstddef>
#include <cstdint>

namespace lango::store {

struct Stats {
    std::uint64_t commands = 0;
    std::uint64_t groups = 0;  // = commits
    std::uint64_t group_max = 0;
    std::uint64_t reruns = 0;    // groups that had to be run again in savepoints
    std::uint64_t failures = 0;  // commands that threw
    std::size_t waiting = 0;
};

}  // namespace lango::store
