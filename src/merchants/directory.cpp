#include <algorithm>

#include "merchants/merchants.hpp"

namespace lango::merchants {

void Directory::replace(std::vector<Merchant> merchants) {
    std::vector<Shared> all;
    std::unordered_map<std::string, Shared> by_secret_hash;
    for (auto& merchant : merchants) {
        all.push_back(std::make_shared<const Merchant>(std::move(merchant)));
        by_secret_hash.emplace(all.back()->secret_hash, all.back());
    }
    std::ranges::sort(all, {}, [](const Shared& merchant) { return merchant->id; });
    const std::lock_guard lock{mutex_};
    merchants_ = std::move(all);
    by_secret_hash_ = std::move(by_secret_hash);
}

std::shared_ptr<const Merchant> Directory::by_secret(std::string_view secret) const {
    const auto hash = master_.lookup_hash(secret);
    const std::lock_guard lock{mutex_};
    const auto found = by_secret_hash_.find(hash);
    return found == by_secret_hash_.end() ? nullptr : found->second;
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

std::vector<std::shared_ptr<const Merchant>> Directory::all() const {
    const std::lock_guard lock{mutex_};
    return merchants_;
}

}  // namespace lango::merchants
