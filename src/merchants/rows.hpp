// Merchants as rows.
#pragma once
#include "base/crypto.hpp"
#include "base/result.hpp"
#include "merchants/merchant.hpp"
#include "store/tx.hpp"

namespace lango::merchants {

[[nodiscard]] std::optional<Merchant> find(store::Reader& reader, const crypto::MasterKey* master,
                                           std::string_view slug);
// Writes the row, its keys sealed.
void insert(store::Tx& tx, const crypto::MasterKey& master, Random& random,
            const Merchant& merchant);
// Writes what settings change of the row.
void save_settings(store::Tx& tx, const Merchant& merchant);
// As the setting is written, and stored.
[[nodiscard]] std::string_view text(PaybillAmount amount);
// New keys of the lengths that Credentials tells.
[[nodiscard]] Credentials fresh_credentials(Random& random, std::string_view slug);
// What stands behind "whsec_".
[[nodiscard]] std::string webhook_bytes(const Credentials& credentials);
[[nodiscard]] inline Unexpected<SettingError> refuse(std::string message) {
    return Unexpected<SettingError>{SettingError{std::move(message)}};
}
// What is wrong with a name; empty when nothing is.
[[nodiscard]] std::string name_problem(std::string_view name);
// Appends to the audit trail.
void audit(store::Tx& tx, MerchantId merchant, Instant now, std::string_view who,
           std::string_view setting, std::string_view before, std::string_view after);
[[nodiscard]] std::string joined(const std::vector<std::string>& list);
[[nodiscard]] std::vector<std::string> split(std::string_view list);

}  // namespace lango::merchants
