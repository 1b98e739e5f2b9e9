#include "merchants/merchants.hpp"
#include "merchants/rows.hpp"
#include "merchants/seal.hpp"

namespace lango::merchants {

namespace {

constexpr std::size_t secret_length = 32;
constexpr std::string_view webhook_prefix = "whsec_";

enum class Kept : std::int8_t { secret, all };

// What the merchant's row holds now, before new ones take its place. An overlap of zero keeps
// nothing, and ends what was kept of the kind.
void keep(store::Tx& tx, MerchantId merchant, Kept kept, Instant now, Duration overlap) {
    tx.run("DELETE FROM merchant_former_keys WHERE merchant_id = ?1 AND (until <= ?2 OR ?3)",
           merchant, now, overlap == Duration::zero() && kept == Kept::all ? 1 : 0);
    if (overlap == Duration::zero()) {
        tx.run("UPDATE merchant_former_keys SET secret_hash = NULL WHERE merchant_id = ?1",
               merchant);
        return;
    }
    tx.run(
        "INSERT INTO merchant_former_keys (merchant_id, number, until, secret_hash, access_key, "
        "private_access_key, private_key, webhook_secret) "
        "SELECT id, (SELECT COALESCE(MAX(number), 0) + 1 FROM merchant_former_keys "
        "WHERE merchant_id = ?1), ?2, secret_hash, IIF(?3, access_key, ''), "
        "IIF(?3, private_access_key, NULL), IIF(?3, private_key, NULL), "
        "IIF(?3, webhook_secret, NULL) FROM merchants WHERE id = ?1",
        merchant, now + overlap, kept == Kept::all ? 1 : 0);
}

// For the trail.
std::string rotated(Instant now, Duration overlap) {
    if (overlap == Duration::zero()) return "rotated";
    return "rotated; the old one is good until " + format_rfc3339(now + overlap);
}

// What is wrong with an overlap; empty when nothing is.
std::string overlap_problem(Duration overlap) {
    if (overlap >= Duration::zero() && overlap <= overlap_max) return {};
    return "an overlap is a time of at most 720h, such as 24h";
}

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
                                                std::string_view who, Duration overlap) {
    const auto merchant = find(tx, nullptr, slug);
    if (!merchant) return refuse("there is no merchant " + std::string{slug});
    if (auto problem = overlap_problem(overlap); !problem.empty()) return refuse(problem);
    keep(tx, merchant->id, Kept::secret, now, overlap);
    auto secret = random.alphanumeric(secret_length);
    tx.run("UPDATE merchants SET secret_hash = ?2 WHERE id = ?1", merchant->id,
           store::Blob{master.lookup_hash(secret)});
    audit(tx, merchant->id, now, who, "secret", "", rotated(now, overlap));
    return secret;
}

Result<Credentials, SettingError> rotate_keys(store::Tx& tx, const crypto::MasterKey& master,
                                              Random& random, Instant now, std::string_view slug,
                                              std::string_view who, Duration overlap) {
    const auto merchant = find(tx, nullptr, slug);
    if (!merchant) return refuse("there is no merchant " + std::string{slug});
    if (auto problem = overlap_problem(overlap); !problem.empty()) return refuse(problem);
    keep(tx, merchant->id, Kept::all, now, overlap);
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
    audit(tx, merchant->id, now, who, "keys", "", rotated(now, overlap));
    return keys;
}

Result<void, SettingError> end_former_keys(store::Tx& tx, Instant now, std::string_view slug,
                                           std::string_view who) {
    const auto merchant = find(tx, nullptr, slug);
    if (!merchant) return refuse("there is no merchant " + std::string{slug});
    if (tx.run("DELETE FROM merchant_former_keys WHERE merchant_id = ?1", merchant->id) == 0) {
        return refuse(std::string{slug} + " has no old keys that are still good");
    }
    audit(tx, merchant->id, now, who, "keys", "", "the old ones ended");
    return {};
}

}  // namespace lango::merchants
