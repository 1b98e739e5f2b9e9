// The window's settings as rows: a name and a value each, as they were set.
#pragma once
#include <optional>

#include "base/result.hpp"
#include "merchants/merchant.hpp"
#include "store/tx.hpp"

namespace lango::merchants {

inline constexpr std::size_t shown_max = 200;  // of a logo, in the audit trail

// Those of window.hpp. Nothing when there is no such setting.
[[nodiscard]] std::optional<Result<void, SettingError>> set_window(store::Tx& tx, Instant now,
                                                                   MerchantId merchant,
                                                                   std::string_view setting,
                                                                   std::string_view value,
                                                                   std::string_view who);
// Into merchants that were read from their own rows, in the order of their ids.
void read_window_settings(store::Reader& reader, std::vector<Merchant>& merchants);

}  // namespace lango::merchants
