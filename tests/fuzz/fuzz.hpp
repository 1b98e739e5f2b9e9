// What the fuzzers share: each is one function of libFuzzer's, over code that was compiled with its
// coverage (CMakeLists.txt). What must hold is checked with must(), in every build.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace lango::fuzz {

inline void must(bool holds, std::string_view what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
    std::abort();
}

inline std::string_view text(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

// A first byte that says something else than the rest.
inline std::uint8_t take(std::string_view& input) {
    if (input.empty()) return 0;
    const auto first = static_cast<std::uint8_t>(input.front());
    input.remove_prefix(1);
    return first;
}

// Of one size, or cut in two: both say the same as the whole.
inline std::vector<std::vector<std::size_t>> pieces(std::size_t size, std::uint8_t seed) {
    const std::size_t each = 1 + seed % 16;
    std::vector<std::size_t> equal(size / each, each);
    if (size % each != 0) equal.push_back(size % each);
    const std::size_t cut = size * seed / 256;
    return {equal, {cut, size - cut}};
}

}  // namespace lango::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
