#include <algorithm>

#include "merchants/merchants.hpp"
#include "merchants/payout_key.hpp"
#include "merchants/rows.hpp"
#include "merchants/seal.hpp"

namespace lango::merchants {

namespace {

bool is_slug(std::string_view text) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !text.empty() && text.size() <= 31 && letter(text.front()) &&
           std::ranges::all_of(text, [&](char c) { return letter(c) || c == '-'; });
}

}  // namespace

std::string name_problem(std::string_view name) {
    const auto characters = std::ranges::count_if(
        name, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    return characters >= 1 && characters <= 100 ? "" : "a name has 1 to 100 characters";
}

Result<Created, SettingError> create(store::Tx& tx, const crypto::MasterKey& master, Random& random,
                                     Instant now, std::string_view slug, std::string_view name,
                                     std::string_view who) {
    if (!is_slug(slug)) {
        return refuse("a merchant's slug has 1 to 31 of a-z, 0-9 and -, and begins with no dash");
    }
    if (name.empty()) name = slug;
    if (auto problem = name_problem(name); !problem.empty()) return refuse(std::move(problem));
    if (find(tx, nullptr, slug))
        return refuse("there is a merchant " + std::string{slug} + " already");
    Created created{.merchant = {}, .credentials = fresh_credentials(random, slug)};
    auto& merchant = created.merchant;
    const auto& keys = created.credentials;
    merchant.id = MerchantId{
        tx.first("SELECT COALESCE(MAX(id), 0) + 1 FROM merchants", [](const store::Row& row) {
              return row.integer(0);
          }).value_or(1)};
    merchant.slug = slug;
    merchant.name = name;
    merchant.secret_hash = master.lookup_hash(keys.secret);
    merchant.access_key = keys.access_key;
    merchant.private_access_key = Secret{keys.private_access_key};
    merchant.private_key = Secret{keys.private_key};
    merchant.webhook_secret = Secret{webhook_bytes(keys)};
    merchant.payout_key = payout_key(ensure_payout_secret(tx, master, random), slug);
    merchant.created_at = now;
    insert(tx, master, random, merchant);
    audit(tx, merchant.id, now, who, "created", "", slug);
    return created;
}

}  // namespace lango::merchants
