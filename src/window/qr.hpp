// A picture that a phone's camera reads.
#pragma once
#include <string_view>

#include "window/markup.hpp"

namespace lango::window {

// <figure> with an SVG and its caption; nothing for a text that does not fit.
[[nodiscard]] Markup qr_picture(std::string_view what, const Content& caption);

}  // namespace lango::window
