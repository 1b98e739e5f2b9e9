#include "merchants/window.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/crypto.hpp"
#include "base/utf8.hpp"
#include "merchants/redirect.hpp"

namespace lango::merchants {

namespace {

constexpr std::size_t logo_max = std::size_t{8} * 1024;
constexpr std::size_t address_max = 2000;
constexpr int redirect_id_max = 999'999;

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "https://" or "http://" and what follows; nothing for another scheme.
std::optional<std::string_view> after_scheme(std::string_view address) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (address.starts_with(scheme)) return address.substr(scheme.size());
    }
    return std::nullopt;
}

bool is_host(std::string_view text) {
    return !text.empty() && text.front() != '-' && std::ranges::all_of(text, [](char c) {
        return is_lower(c) || is_digit(c) || c == '.' || c == '-';
    });
}

// A host with or without a port; wild: "*.shop.example" and ":*" are taken too.
bool is_authority(std::string_view text, bool wild) {
    const auto colon = std::min(text.find(':'), text.size());
    auto host = text.substr(0, colon);
    const auto port = text.substr(std::min(colon + 1, text.size()));
    if (colon < text.size() && !(wild && port == "*") &&
        (port.empty() || port.size() > 5 || !std::ranges::all_of(port, is_digit))) {
        return false;
    }
    if (wild && host.starts_with("*.")) host.remove_prefix(2);
    return is_host(host);
}

std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> found;
    while (true) {
        const auto begin = text.find_first_not_of(" \t\r\n");
        if (begin == std::string_view::npos) return found;
        text.remove_prefix(begin);
        found.push_back(text.substr(0, text.find_first_of(" \t\r\n")));
        text.remove_prefix(found.back().size());
    }
}

std::string set_redirect_urls(Window& window, std::string_view value) {
    std::vector<std::pair<int, std::string>> urls;
    for (const auto word : words(value)) {
        const auto equals = std::min(word.find('='), word.size());
        const auto number = word.substr(0, equals);
        int id = 0;
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), id);
        const auto address = word.substr(std::min(equals + 1, word.size()));
        const bool fits = error == std::errc{} && end == number.data() + number.size() && id > 0 &&
                          id <= redirect_id_max && is_address(address);
        if (!fits)
            return "redirect-urls is a list such as: 1=https://shop.example/paid 2=https://..";
        if (std::ranges::find(urls, id, &std::pair<int, std::string>::first) != urls.end()) {
            return "redirect-urls names " + std::to_string(id) + " twice";
        }
        urls.emplace_back(id, address);
    }
    window.redirect_urls = std::move(urls);
    return {};
}

std::string set_address(std::string& place, std::string_view name, std::string_view value) {
    if (!value.empty() && !is_address(value)) {
        return std::string{name} + " is a whole http:// or https:// address";
    }
    place = value;
    return {};
}

std::string set_frame_ancestors(Window& window, std::string_view value) {
    std::vector<std::string> origins;
    for (const auto word : words(value)) {
        const auto rest = after_scheme(word);
        if (!rest || !is_authority(*rest, true)) {
            return "frame-ancestors is a list of origins such as: https://shop.example "
                   "https://*.shop.example";
        }
        origins.emplace_back(word);
    }
    window.frame_ancestors = std::move(origins);
    return {};
}

std::string set_colours(Window& window, std::string_view value) {
    static constexpr std::array<std::string_view, 4> schemes{"auto", "light", "dark",
                                                             "white-green"};
    const bool accent = value.size() == 7 && value.front() == '#' &&
                        std::ranges::all_of(value.substr(1), [](char c) {
                            return is_digit(c) || (c >= 'a' && c <= 'f');
                        });
    if (!accent && std::ranges::find(schemes, value) == schemes.end()) {
        return "window-colours is auto, light, dark, white-green, or a colour such as #0b6b3a";
    }
    window.colours = value;
    return {};
}

// No SVG: it may carry a script.
std::string set_logo(Window& window, std::string_view value) {
    if (value.empty()) {
        window.logo_type.clear();
        window.logo.clear();
        return {};
    }
    for (const std::string_view type : {"image/png", "image/webp", "image/jpeg"}) {
        const auto prefix = "data:" + std::string{type} + ";base64,";
        if (!value.starts_with(prefix)) continue;
        auto bytes = crypto::unbase64(value.substr(prefix.size()));
        if (!bytes || bytes->empty() || bytes->size() > logo_max) break;
        window.logo_type = type;
        window.logo = std::move(*bytes);
        return {};
    }
    return "window-logo is data:image/png;base64,... (or webp, jpeg) of at most 8 KiB";
}

constexpr auto links_names =
    std::to_array<std::pair<std::string_view, SignedLinks>>({{"off", SignedLinks::off},
                                                             {"accepted", SignedLinks::accepted},
                                                             {"demanded", SignedLinks::demanded}});

std::string set_links(Window& window, std::string_view value) {
    for (const auto& [name, links] : links_names) {
        if (name != value) continue;
        window.links = links;
        return {};
    }
    return "window-links is off, accepted or demanded: whether the shop signs its links";
}

constexpr int prompts_max = 100'000;

std::string set_prompts(Window& window, std::string_view value) {
    int number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    const bool fits = error == std::errc{} && end == value.data() + value.size() && number >= 0 &&
                      number <= prompts_max;
    if (!fits) {
        return "window-prompts-per-minute is a number from 0 to 100000; 0 is no limit";
    }
    window.prompts_per_minute = number;
    return {};
}

constexpr std::size_t line_max = 100;

// One line of text, as it will be shown.
std::string set_line(std::string& place, std::string_view name, std::string_view value) {
    for (auto rest = value; !rest.empty();) {
        const auto next = utf8::first(rest);
        if (next.bytes == 0 || next.code < ' ' || next.code == 0x7F || value.size() > line_max) {
            return std::string{name} + " is one line of at most 100 bytes";
        }
        rest.remove_prefix(next.bytes);
    }
    place = value;
    return {};
}

struct Setting {
    std::string_view name;
    std::string (*apply)(Window&, std::string_view);
};
constexpr std::array<Setting, 11> settings{{
    {"redirect-urls", set_redirect_urls},
    {"success-url",
     [](Window& w, std::string_view v) { return set_address(w.success_url, "success-url", v); }},
    {"fail-url",
     [](Window& w, std::string_view v) { return set_address(w.fail_url, "fail-url", v); }},
    {"pending-url",
     [](Window& w, std::string_view v) { return set_address(w.pending_url, "pending-url", v); }},
    {"frame-ancestors", set_frame_ancestors},
    {"window-colours", set_colours},
    {"window-logo", set_logo},
    {"window-links", set_links},
    {"window-prompts-per-minute", set_prompts},
    {"organisation-name",
     [](Window& w, std::string_view v) {
         return set_line(w.organisation, "organisation-name", v);
     }},
    {"shop-contact",
     [](Window& w, std::string_view v) { return set_line(w.contact, "shop-contact", v); }},
}};

}  // namespace

// What may stand in an attribute, a header and a query as it is.
bool is_address(std::string_view text) {
    const auto rest = after_scheme(text);
    if (!rest || text.size() > address_max) return false;
    const bool plain = std::ranges::all_of(text, [](char c) {
        return c > ' ' && c < '\x7f' &&
               std::string_view("\"'<>\\^`{|}").find(c) == std::string_view::npos;
    });
    return plain && is_authority(rest->substr(0, rest->find_first_of("/?#")), false);
}

std::optional<std::string_view> Window::redirect_url(int id) const {
    const auto found = std::ranges::find(redirect_urls, id, &std::pair<int, std::string>::first);
    if (found == redirect_urls.end()) return std::nullopt;
    return found->second;
}

std::optional<WindowSettingOutcome> apply_window_setting(Window& window, std::string_view name,
                                                         std::string_view value) {
    const auto known = std::ranges::find(settings, name, &Setting::name);
    if (known == settings.end()) return std::nullopt;
    return WindowSettingOutcome{known->apply(window, value)};
}

std::string_view name(SignedLinks links) {
    return std::ranges::find(links_names, links, &std::pair<std::string_view, SignedLinks>::second)
        ->first;
}

std::string window_setting_names() {
    std::string names;
    for (const auto& setting : settings) {
        names += (names.empty() ? "" : ", ") + std::string{setting.name};
    }
    return names;
}

}  // namespace lango::merchants
