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

// Those that an overlap keeps stand under the same uses; NULL where one was not changed.
void seal_former_anew(store::Tx& tx, const crypto::MasterKey& master, Random& random) {
    struct Former {
        MerchantId merchant{0};
        std::int64_t number = 0;
        Keys keys;
    };
    std::vector<Former> all;
    tx.each(
        "SELECT merchant_id, number, private_access_key, private_key, webhook_secret "
        "FROM merchant_former_keys WHERE private_key IS NOT NULL",
        [&](const store::Row& row) {
            all.push_back({.merchant = MerchantId{row.integer(0)},
                           .number = row.integer(1),
                           .keys = {.id = MerchantId{row.integer(0)},
                                    .private_access_key = row.string(2),
                                    .private_key = row.string(3),
                                    .webhook_secret = row.string(4)}});
        });
    for (const auto& former : all) {
        const auto sealed = [&](std::string_view column, const std::string& before) {
            return anew(master, random, seal_use(former.merchant, column), before);
        };
        const auto access = sealed("private_access_key", former.keys.private_access_key);
        const auto key = sealed("private_key", former.keys.private_key);
        const auto webhook = sealed("webhook_secret", former.keys.webhook_secret);
        tx.run(
            "UPDATE merchant_former_keys SET private_access_key = ?3, private_key = ?4, "
            "webhook_secret = ?5 WHERE merchant_id = ?1 AND number = ?2",
            former.merchant, former.number, store::Blob{access}, store::Blob{key},
            store::Blob{webhook});
    }
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
    seal_former_anew(tx, master, random);
    seal_payout_secret_anew(tx, master, random);
}

}  // namespace lango::merchants
