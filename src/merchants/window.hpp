// How a merchant's payment window looks and where it may lead (decisions, Redirects).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lango::merchants {

// What a signature on the shop's links means (merchants/link_signature.hpp).
enum class SignedLinks : std::int8_t {
    off,       // nothing: it is not looked at
    accepted,  // a link may be signed; a wrong signature is refused
    demanded,  // every link must be
};

[[nodiscard]] std::string_view name(SignedLinks links);

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
    SignedLinks links = SignedLinks::off;
    // By unsigned links, of all payers together; twice as many at once. 0: no limit.
    int prompts_per_minute = 60;
    std::string organisation;  // the name on M-PESA's prompt; "": the merchant's
    std::string contact;       // where payers reach the shop: a phone, an address; "": not shown

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
