// The colours that a merchant chose.
#pragma once
#include <string>
#include <string_view>

#include "window/markup.hpp"

namespace lango::window {

struct Colours {
    std::string scheme;  // "auto", "light", "dark", "white-green"
    Markup style;        // a style of its own, for an accent such as "#0b6b3a"
};
[[nodiscard]] Colours colours_of(std::string_view setting);

// Black or white, whichever is easier to read on "#rrggbb": at least 4.5:1 on every colour.
[[nodiscard]] std::string_view readable_on(std::string_view accent);

}  // namespace lango::window
