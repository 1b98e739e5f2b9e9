#include "window/colours.hpp"

#include <array>
#include <cstdint>

#include "base/crypto.hpp"

namespace lango::window {

namespace {

// WCAG's relative luminance of a channel, in millionths, without floating point: the curve
// ((c + 0.055) / 1.055) ^ 2.4 at every 17th value, straight lines between.
constexpr std::array<std::int64_t, 16> curve{0,       5'605,   15'996,  33'105,   57'805,  90'842,
                                             132'868, 184'475, 246'201, 318'547,  401'978, 496'933,
                                             603'827, 723'055, 854'993, 1'000'000};

std::int64_t linear(unsigned char channel) {
    const auto step = static_cast<std::size_t>(channel / 17);
    if (step == 15) return curve.at(15);
    return curve.at(step) + (curve.at(step + 1) - curve.at(step)) * (channel % 17) / 17;
}

}  // namespace

std::string_view readable_on(std::string_view accent) {
    const auto bytes = crypto::unhex(accent.substr(1)).value_or(std::string(3, '\0'));
    const auto channel = [&](std::size_t i) {
        return linear(static_cast<unsigned char>(bytes[i]));
    };
    const std::int64_t luminance =
        (2126 * channel(0) + 7152 * channel(1) + 722 * channel(2)) / 10'000;
    // White and black are equally readable at 0.179.
    return luminance < 179'000 ? "#fff" : "#000";
}

Colours colours_of(std::string_view setting) {
    if (!setting.starts_with('#')) return {.scheme = std::string{setting}, .style = {}};
    return {.scheme = "auto",
            .style = Markup{"html{--accent:"} + text(setting) + Markup{"!important;--on-accent:"} +
                     text(readable_on(setting)) + Markup{"!important}"}};
}

}  // namespace lango::window
