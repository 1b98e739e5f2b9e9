// A database with a past: payments written by the gateway's own commands, quicker than they happen.
#pragma once
#include <cstddef>
#include <filesystem>

namespace lango::bench {

// Adds `count` finished payments, 20 ms apart and ending now, to the first merchant of a stopped
// gateway's data directory. The simulated rail knows nothing of them. Throws std::runtime_error.
void prefill(const std::filesystem::path& directory, std::size_t count);

}  // namespace lango::bench
