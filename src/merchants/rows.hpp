// Merchants as rows.
#pragma once
#include "merchants/merchants.hpp"

namespace lango::merchants {

[[nodiscard]] std::optional<Merchant> find(store::Reader& reader, const crypto::MasterKey* master,
                                           std::string_view slug);
// Appends to the audit trail.
void audit(store::Tx& tx, MerchantId merchant, Instant now, std::string_view who,
           std::string_view setting, std::string_view before, std::string_view after);
[[nodiscard]] std::string joined(const std::vector<std::string>& list);
[[nodiscard]] std::vector<std::string> split(std::string_view list);

}  // namespace lango::merchants
