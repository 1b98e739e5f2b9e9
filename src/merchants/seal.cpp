#include "merchants/seal.hpp"

#include <vector>

#include "merchants/payout_key.hpp"
#include "store/errors.hpp"

namespace lango::merchants {

namespace {

struct Keys {
    MerchantId id{0};
    std::string private_access_key;
    std::string private_key;
    std::string webhook_secret;
};

std::string anew(const crypto::MasterKey& master, Random& random, const std::string& use,
                 const std::string& sealed) {
    auto plain = master.open(use, sealed);
    if (!plain) plain = master.open_unnamed(sealed);
    if (!plain) throw store::Broken{use + " does not open: is this the right master.key?"};
    return master.seal(use, plain->reveal(), random);
}

}  // namespace

std::string seal_use(MerchantId merchant, std::string_view column) {
    return "merchants/" + std::to_string(merchant.value()) + "/" + std::string{column};
}

void seal_all_anew(store::Tx& tx, const crypto::MasterKey& master, Random& random) {
    std::vector<Keys> all;
    tx.each("SELECT id, private_access_key, private_key, webhook_secret FROM merchants ORDER BY id",
            [&](const store::Row& row) {
                all.push_back({.id = MerchantId{row.integer(0)},
                               .private_access_key = row.string(1),
                               .private_key = row.string(2),
                               .webhook_secret = row.string(3)});
            });
    for (const auto& keys : all) {
        const auto sealed = [&](std::string_view column, const std::string& before) {
            return anew(master, random, seal_use(keys.id, column), before);
        };
        const auto access = sealed("private_access_key", keys.private_access_key);
        const auto key = sealed("private_key", keys.private_key);
        const auto webhook = sealed("webhook_secret", keys.webhook_secret);
        tx.run(
            "UPDATE merchants SET private_access_key = ?2, private_key = ?3, webhook_secret = ?4 "
            "WHERE id = ?1",
            keys.id, store::Blob{access}, store::Blob{key}, store::Blob{webhook});
    }
    seal_payout_secret_anew(tx, master, random);
}

}  // namespace lango::merchants
