// A picture that a phone's camera reads.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "window/markup.hpp"

namespace lango::window {

// Its dark places as an SVG path, with four places of quiet around them.
struct QrPath {
    int side = 0;
    std::string path;
};
// Nothing for a text that does not fit.
[[nodiscard]] std::optional<QrPath> qr_path(std::string_view what);

// <figure> with an SVG and its caption; nothing for a text that does not fit.
[[nodiscard]] Markup qr_picture(std::string_view what, const Content& caption);

}  // namespace lango::window
