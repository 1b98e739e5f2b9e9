// What a merchant answered, as his server sends it: some put a BOM before their JSON, some compress
// what nobody asked them to (decisions, Postbacks). Nothing else is repaired.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace lango::postbacks {

inline constexpr std::size_t unpacked_max = std::size_t{64} * 1024;  // bytes

// The body without a BOM, and unpacked where it is one whole gzip of at most unpacked_max. Nothing
// for a gzip that is broken, cut, followed by anything, or larger; no more than that is unpacked.
[[nodiscard]] std::optional<std::string> plain_answer(std::string_view body);

}  // namespace lango::postbacks
