#include "merchants/window_settings.hpp"

#include <algorithm>

#include "merchants/rows.hpp"

namespace lango::merchants {

namespace {

constexpr std::size_t shown_max = 200;  // of a logo, in the audit trail

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

}  // namespace lango::merchants
