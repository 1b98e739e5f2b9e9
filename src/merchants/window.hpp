// How a merchant's payment window looks and where it may lead (decisions, Redirects).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lango::merchants {

struct Window {
    // By the number that a link names: payment_url_*_id.
    std::vector<std::pair<int, std::string>> redirect_urls;
    // Where a link that names none leads; "": the window shows the outcome itself.
    std::string success_url;
    std::string fail_url;
    std::string pending_url;
    std::vector<std::string> frame_ancestors;  // origins that may hold the window in a frame
    std::string colours = "auto";  // auto, light, dark, white-green, or an accent: "#0b6b3a"
    std::string logo_type;         // "image/png"; "": no logo
    std::string logo;              // its bytes

    [[nodiscard]] std::optional<std::string_view> redirect_url(int id) const;
};

// A setting of the window, such as window-colours. The error says what is expected; nothing when
// there is no such setting.
struct WindowSettingOutcome {
    std::string problem;  // empty: applied
};
[[nodiscard]] std::optional<WindowSettingOutcome> apply_window_setting(Window& window,
                                                                       std::string_view name,
                                                                       std::string_view value);
// Their names, joined for a message.
[[nodiscard]] std::string window_setting_names();

}  // namespace lango::merchants
