#include "merchants/merchants.hpp"
#include "merchants/rows.hpp"
#include "merchants/seal.hpp"

namespace lango::merchants {

namespace {

constexpr std::size_t secret_length = 32;
constexpr std::string_view webhook_prefix = "whsec_";

}  // namespace

Credentials fresh_credentials(Random& random, std::string_view slug) {
    std::string webhook(24, '\0');
    random.fill({reinterpret_cast<unsigned char*>(webhook.data()), webhook.size()});
    return {.slug = std::string{slug},
            .secret = random.alphanumeric(secret_length),
            .access_key = random.alphanumeric(16),
            .private_access_key = random.alphanumeric(secret_length),
            .private_key = random.alphanumeric(secret_length),
            .webhook_secret = std::string{webhook_prefix} + crypto::base64(webhook)};
}

std::string webhook_bytes(const Credentials& credentials) {
    const auto bytes = crypto::unbase64(
        std::string_view{credentials.webhook_secret}.substr(webhook_prefix.size()));
    LANGO_ASSERT(bytes);
    return *bytes;
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

Result<Credentials, SettingError> rotate_keys(store::Tx& tx, const crypto::MasterKey& master,
                                              Random& random, Instant now, std::string_view slug,
                                              std::string_view who) {
    const auto merchant = find(tx, nullptr, slug);
    if (!merchant) return refuse("there is no merchant " + std::string{slug});
    auto keys = fresh_credentials(random, slug);
    tx.run(
        "UPDATE merchants SET secret_hash = ?2, access_key = ?3, private_access_key = ?4, "
        "private_key = ?5, webhook_secret = ?6 WHERE id = ?1",
        merchant->id, store::Blob{master.lookup_hash(keys.secret)}, keys.access_key,
        store::Blob{master.seal(seal_use(merchant->id, "private_access_key"),
                                keys.private_access_key, random)},
        store::Blob{master.seal(seal_use(merchant->id, "private_key"), keys.private_key, random)},
        store::Blob{
            master.seal(seal_use(merchant->id, "webhook_secret"), webhook_bytes(keys), random)});
    audit(tx, merchant->id, now, who, "keys", "", "rotated");
    return keys;
}

}  // namespace lango::merchants
