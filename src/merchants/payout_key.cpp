#include "merchants/payout_key.hpp"

#include "merchants/seal.hpp"
#include "store/errors.hpp"

namespace lango::merchants {

namespace {

constexpr std::string_view name = "payout ids";
constexpr std::string_view use = "installation_secrets/payout ids";

}  // namespace

Secret payout_secret(store::Reader& reader, const crypto::MasterKey& master) {
    const auto sealed = reader.first(
        "SELECT sealed FROM installation_secrets WHERE name = ?1",
        [](const store::Row& row) { return row.string(0); }, name);
    if (!sealed) return {};
    auto opened = master.open(use, *sealed);
    if (!opened) {
        throw store::Broken{
            "the secret of payouts' ids does not open: is this the right "
            "master.key?"};
    }
    return *std::move(opened);
}

Secret ensure_payout_secret(store::Tx& tx, const crypto::MasterKey& master, Random& random) {
    if (auto known = payout_secret(tx, master); !known.empty()) return known;
    // A database of before has no secret yet, and seals without a use.
    seal_all_anew(tx, master, random);
    std::string bytes(32, '\0');
    random.fill({reinterpret_cast<unsigned char*>(bytes.data()), bytes.size()});
    tx.run("INSERT INTO installation_secrets (name, sealed) VALUES (?1, ?2)", name,
           store::Blob{master.seal(use, bytes, random)});
    return Secret{std::move(bytes)};
}

void seal_payout_secret_anew(store::Tx& tx, const crypto::MasterKey& master, Random& random) {
    const auto secret = payout_secret(tx, master);
    if (secret.empty()) return;
    tx.run("UPDATE installation_secrets SET sealed = ?2 WHERE name = ?1", name,
           store::Blob{master.seal(use, secret.reveal(), random)});
}

Secret payout_key(const Secret& secret, std::string_view slug) {
    if (secret.empty()) return {};
    return Secret{std::string{crypto::view(crypto::hmac_sha256(secret.reveal(), slug))}};
}

}  // namespace lango::merchants
