#include "merchants/window_settings.hpp"

#include <algorithm>

#include "merchants/rows.hpp"
#include "merchants/settings_of.hpp"

namespace lango::merchants {

namespace {

std::string words(const std::vector<std::string>& list) {
    std::string text;
    for (const auto& word : list) text += (text.empty() ? "" : " ") + word;
    return text;
}

std::string redirects_text(const Window& window) {
    std::vector<std::string> list;
    for (const auto& [id, url] : window.redirect_urls) {
        list.push_back(std::to_string(id) + "=" + url);
    }
    return words(list);
}

std::string logo_text(const Window& window) {
    if (window.logo.empty()) return {};
    return window.logo_type + ", " + std::to_string(window.logo.size()) + " bytes";
}

}  // namespace

std::optional<Result<void, SettingError>> set_window(store::Tx& tx, Instant now,
                                                     MerchantId merchant, std::string_view setting,
                                                     std::string_view value, std::string_view who) {
    Window probe;
    auto outcome = apply_window_setting(probe, setting, value);
    if (!outcome) return std::nullopt;
    if (!outcome->problem.empty()) return refuse(std::move(outcome->problem));
    const auto before = tx.first(
        "SELECT value FROM merchant_window_settings WHERE merchant_id = ?1 AND name = ?2",
        [](const store::Row& row) { return row.string(0); }, merchant, setting);
    tx.run(
        "INSERT INTO merchant_window_settings (merchant_id, name, value) VALUES (?1, ?2, ?3) "
        "ON CONFLICT (merchant_id, name) DO UPDATE SET value = excluded.value",
        merchant, setting, value);
    audit(tx, merchant, now, who, setting, before.value_or("").substr(0, shown_max),
          value.substr(0, shown_max));
    return Result<void, SettingError>{};
}

void read_window_settings(store::Reader& reader, std::vector<Merchant>& merchants) {
    reader.each(
        "SELECT merchant_id, name, value FROM merchant_window_settings ORDER BY merchant_id, name",
        [&](const store::Row& row) {
            const MerchantId id{row.integer(0)};
            const auto found = std::ranges::lower_bound(merchants, id, {}, &Merchant::id);
            if (found == merchants.end() || found->id != id) return;
            // It was checked when it was set; what an older program took stays without effect.
            static_cast<void>(apply_window_setting(found->window, row.text(1), row.text(2)));
        });
}

ShownSettings settings_of(const Window& window) {
    return {{"redirect-urls", redirects_text(window)},
            {"success-url", window.success_url},
            {"fail-url", window.fail_url},
            {"pending-url", window.pending_url},
            {"frame-ancestors", words(window.frame_ancestors)},
            {"window-colours", window.colours},
            {"window-logo", logo_text(window)},
            {"window-links", std::string{name(window.links)}},
            {"window-prompts-per-minute", std::to_string(window.prompts_per_minute)},
            {"organisation-name", window.organisation},
            {"shop-contact", window.contact}};
}

}  // namespace lango::merchants
