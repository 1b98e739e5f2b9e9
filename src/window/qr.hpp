// A picture that a phone's camera reads.
#pragma once
#include <string>
#include <string_view>

namespace lango::window {

// <figure> with an SVG and its caption (HTML); "" for a text that does not fit.
[[nodiscard]] std::string qr_picture(std::string_view text, std::string_view caption);

}  // namespace lango::window
