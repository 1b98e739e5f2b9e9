// Every setting of a merchant as set() takes it, so that nothing that can be set is invisible, and
// his state, which disable() and enable() change. Keys and secrets are no settings.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "merchants/merchant.hpp"

namespace lango::merchants {

using ShownSettings = std::vector<std::pair<std::string_view, std::string>>;

[[nodiscard]] ShownSettings settings_of(const Merchant& merchant);
[[nodiscard]] std::vector<std::string> setting_names();
// Among the settings and in the trail.
inline constexpr std::string_view state_name = "state";
[[nodiscard]] constexpr std::string_view state_text(const Merchant& merchant) {
    return merchant.is_disabled ? "disabled" : "active";
}
// The window's part. Of a logo its type and size.
[[nodiscard]] ShownSettings settings_of(const Window& window);

}  // namespace lango::merchants
