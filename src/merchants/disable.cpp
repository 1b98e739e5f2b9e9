#include "merchants/merchants.hpp"
#include "merchants/rows.hpp"
#include "merchants/settings_of.hpp"

namespace lango::merchants {

namespace {

Result<void, SettingError> put(store::Tx& tx, Instant now, std::string_view slug,
                               std::string_view who, bool disabled) {
    auto merchant = find(tx, nullptr, slug);
    if (!merchant) return refuse("there is no merchant " + std::string{slug});
    const std::string before{state_text(*merchant)};
    if (merchant->is_disabled == disabled) {
        return refuse(std::string{slug} + " is " + before + " already");
    }
    merchant->is_disabled = disabled;
    tx.run("UPDATE merchants SET disabled = ?2 WHERE id = ?1", merchant->id, disabled ? 1 : 0);
    audit(tx, merchant->id, now, who, state_name, before, state_text(*merchant));
    return {};
}

}  // namespace

Result<void, SettingError> disable(store::Tx& tx, Instant now, std::string_view slug,
                                   std::string_view who) {
    return put(tx, now, slug, who, true);
}

Result<void, SettingError> enable(store::Tx& tx, Instant now, std::string_view slug,
                                  std::string_view who) {
    return put(tx, now, slug, who, false);
}

std::optional<StateChange> last_state_change(store::Reader& reader, MerchantId merchant) {
    return reader.first(
        "SELECT at, who FROM merchant_changes WHERE merchant_id = ?1 AND setting = ?2 "
        "ORDER BY number DESC LIMIT 1",
        [](const store::Row& row) {
            return StateChange{.at = row.instant(0), .who = row.string(1)};
        },
        merchant, state_name);
}

}  // namespace lango::merchants
