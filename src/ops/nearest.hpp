// Names that a typist may have meant: of settings, variables, flags and commands.
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace lango::ops {

// The candidate that was most likely meant; "" when none is near.
[[nodiscard]] std::string nearest(std::string_view unknown,
                                  std::span<const std::string> candidates);

}  // namespace lango::ops
