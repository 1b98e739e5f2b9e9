// The engine's own check of what stands on the disk: pages, order of keys, indexes against rows.
// SQL of the laws believes all that; so it comes first. In parts, each a short read of its own.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "store/tx.hpp"

namespace lango::store {

// What damage_of() is asked for, one after the other: a small database in one part (""), the
// tables of a big one.
[[nodiscard]] std::vector<std::string> structure_parts(Reader& reader);
// What is wrong with a part, at most `damage_max` lines for people; none when all is well. Throws
// Broken for what cannot even be read.
inline constexpr std::size_t damage_max = 100;
[[nodiscard]] std::vector<std::string> damage_of(Reader& reader, const std::string& part);

// Another number after any other connection, of this process or another, has written. Of the
// connection that asks; one that is opened anew begins anew.
[[nodiscard]] std::int64_t writes_of_others(Reader& reader);

}  // namespace lango::store
