#include <algorithm>

#include "merchants/rows.hpp"

namespace lango::merchants {

namespace {

constexpr std::size_t secret_length = 32;

bool is_slug(std::string_view text) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !text.empty() && text.size() <= 31 && letter(text.front()) &&
           std::ranges::all_of(text, [&](char c) { return letter(c) || c == '-'; });
}

Unexpected<SettingError> refuse(std::string message) {
    return Unexpected<SettingError>{SettingError{std::move(message)}};
}

}  // namespace

Result<Created, SettingError> create(store::Tx& tx, const crypto::MasterKey& master, Random& random,
                                     Instant now, std::string_view slug, std::string_view name,
                                     std::string_view who) {
    if (!is_slug(slug)) {
        return refuse("a merchant's slug has 1 to 31 of a-z, 0-9 and -, and begins with no dash");
    }
    if (find(tx, nullptr, slug))
        return refuse("there is a merchant " + std::string{slug} + " already");
    std::string raw_webhook(24, '\0');
    random.fill({reinterpret_cast<unsigned char*>(raw_webhook.data()), raw_webhook.size()});
    Created created{.merchant = {},
                    .credentials = {.slug = std::string{slug},
                                    .secret = random.alphanumeric(secret_length),
                                    .access_key = random.alphanumeric(16),
                                    .private_access_key = random.alphanumeric(secret_length),
                                    .private_key = random.alphanumeric(secret_length),
                                    .webhook_secret = "whsec_" + crypto::base64(raw_webhook)}};
    auto& merchant = created.merchant;
    const auto& keys = created.credentials;
    merchant.id = MerchantId{
        tx.first("SELECT COALESCE(MAX(id), 0) + 1 FROM merchants", [](const store::Row& row) {
              return row.integer(0);
          }).value_or(1)};
    merchant.slug = slug;
    merchant.name = name.empty() ? slug : name;
    merchant.secret_hash = master.lookup_hash(keys.secret);
    merchant.access_key = keys.access_key;
    merchant.private_access_key = Secret{keys.private_access_key};
    merchant.private_key = Secret{keys.private_key};
    merchant.webhook_secret = Secret{raw_webhook};
    merchant.created_at = now;
    tx.run(
        "INSERT INTO merchants (id, slug, name, secret_hash, access_key, private_access_key, "
        "private_key, webhook_secret, postback_url, time_zone, deposit_min, deposit_max, "
        "fee_percent, fee_fixed, ip_allow_list, created_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        merchant.id, merchant.slug, merchant.name, store::Blob{merchant.secret_hash},
        merchant.access_key, store::Blob{master.seal(keys.private_access_key, random)},
        store::Blob{master.seal(keys.private_key, random)},
        store::Blob{master.seal(raw_webhook, random)}, merchant.postback_url, merchant.time_zone,
        merchant.deposit_min.minor(), merchant.deposit_max.minor(), merchant.fee_percent.text(),
        merchant.fee_fixed.minor(), joined(merchant.ip_allow_list), now);
    audit(tx, merchant.id, now, who, "created", "", slug);
    return created;
}

Result<std::string, SettingError> rotate_secret(store::Tx& tx, const crypto::MasterKey& master,
                                                Random& random, Instant now, std::string_view slug,
                                                std::string_view who) {
    const auto merchant = find(tx, nullptr, slug);
    if (!merchant) return refuse("there is no merchant " + std::string{slug});
    auto secret = random.alphanumeric(secret_length);
    tx.run("UPDATE merchants SET secret_hash = ?2 WHERE id = ?1", merchant->id,
           store::Blob{master.lookup_hash(secret)});
    audit(tx, merchant->id, now, who, "secret", "", "rotated");
    return secret;
}

}  // namespace lango::merchants
