#include "merchants/own_settings.hpp"

#include <algorithm>
#include <array>

namespace lango::merchants {

namespace {

constexpr std::array<std::string_view, 13> own{
    "postback-url",    "postback-schedule", "postback-give-up", "time-zone", "ip-allow-list",
    "failed-events",   "redirect-urls",     "success-url",      "fail-url",  "pending-url",
    "frame-ancestors", "window-colours",    "window-logo"};

}  // namespace

bool is_their_own(std::string_view setting) { return std::ranges::find(own, setting) != own.end(); }

std::string own_settings_text() {
    std::string all;
    for (const auto name : own) all += (all.empty() ? "" : ", ") + std::string{name};
    return all;
}

}  // namespace lango::merchants
