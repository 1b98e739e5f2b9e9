#include <algorithm>

#include "merchants/merchants.hpp"

namespace lango::merchants {

void Directory::replace(std::vector<Merchant> merchants) {
    std::vector<Shared> all;
    Index by_secret_hash;
    Index by_former_hash;
    Index by_domain;
    Index by_access_key;
    for (auto& merchant : merchants) {
        all.push_back(std::make_shared<const Merchant>(std::move(merchant)));
        const auto& shared = all.back();
        by_secret_hash.emplace(shared->secret_hash, shared);
        by_access_key.emplace(shared->access_key, shared);
        for (const auto& former : shared->former_keys) {
            if (!former.secret_hash.empty()) by_former_hash.emplace(former.secret_hash, shared);
            if (!former.access_key.empty()) by_access_key.emplace(former.access_key, shared);
        }
        by_domain.emplace(shared->slug + ".localhost", shared);
        if (!shared->domain.empty()) by_domain.emplace(shared->domain, shared);
    }
    std::ranges::sort(all, {}, [](const Shared& merchant) { return merchant->id; });
    const std::lock_guard lock{mutex_};
    merchants_ = std::move(all);
    by_secret_hash_ = std::move(by_secret_hash);
    by_former_hash_ = std::move(by_former_hash);
    by_domain_ = std::move(by_domain);
    by_access_key_ = std::move(by_access_key);
}

std::shared_ptr<const Merchant> Directory::by_secret(std::string_view secret, Instant now) const {
    for (const auto& hash : master_.lookup_hashes(secret)) {
        auto found = look_up(by_secret_hash_, hash);
        if (found == nullptr) {
            found = look_up(by_former_hash_, hash);
            const auto is_good = [&](const FormerKeys& former) {
                return former.secret_hash == hash && now < former.until;
            };
            if (found == nullptr || std::ranges::none_of(found->former_keys, is_good)) continue;
        }
        uses_.note(hash, now);
        return found;
    }
    return nullptr;
}

std::shared_ptr<const Merchant> Directory::by_domain(std::string_view domain) const {
    return look_up(by_domain_, domain);
}

std::shared_ptr<const Merchant> Directory::by_access_key(std::string_view key) const {
    return look_up(by_access_key_, key);
}

std::shared_ptr<const Merchant> Directory::only() const {
    const std::lock_guard lock{mutex_};
    return merchants_.size() == 1 ? merchants_.front() : nullptr;
}

std::shared_ptr<const Merchant> Directory::by_id(MerchantId id) const {
    const std::lock_guard lock{mutex_};
    const auto found = std::ranges::lower_bound(
        merchants_, id, {}, [](const Shared& merchant) { return merchant->id; });
    return found == merchants_.end() || (*found)->id != id ? nullptr : *found;
}

std::shared_ptr<const Merchant> Directory::by_slug(std::string_view slug) const {
    const std::lock_guard lock{mutex_};
    const auto found = std::ranges::find(
        merchants_, slug,
        [](const Shared& merchant) -> std::string_view { return merchant->slug; });
    return found == merchants_.end() ? nullptr : *found;
}

std::shared_ptr<const Merchant> Directory::look_up(const Index& index, std::string_view key) const {
    const std::lock_guard lock{mutex_};
    const auto found = index.find(std::string{key});
    return found == index.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<const Merchant>> Directory::all() const {
    const std::lock_guard lock{mutex_};
    return merchants_;
}

}  // namespace lango::merchants
