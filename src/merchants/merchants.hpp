// The commands on merchants, and the cache of their rows for the hot path, refreshed after each
// change and on demand.
#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/crypto.hpp"
#include "base/result.hpp"
#include "merchants/key_uses.hpp"
#include "merchants/merchant.hpp"
#include "store/tx.hpp"

namespace lango::merchants {

// Commands (run inside Store::write). who: for the audit trail ("command line", "sandbox").
[[nodiscard]] Result<Created, SettingError> create(store::Tx& tx, const crypto::MasterKey& master,
                                                   Random& random, Instant now,
                                                   std::string_view slug, std::string_view name,
                                                   std::string_view who);
[[nodiscard]] Result<void, SettingError> set(store::Tx& tx, Instant now, std::string_view slug,
                                             std::string_view setting, std::string_view value,
                                             std::string_view who);
// How long a key that was changed stays good beside the new one. Zero: not at all, and whatever of
// that kind was changed before ends too.
inline constexpr Duration overlap_usual = std::chrono::hours{24};
inline constexpr Duration overlap_max = std::chrono::hours{720};
[[nodiscard]] Result<std::string, SettingError> rotate_secret(
    store::Tx& tx, const crypto::MasterKey& master, Random& random, Instant now,
    std::string_view slug, std::string_view who, Duration overlap = overlap_usual);
// The secret and every other key: for a merchant whose keys are lost or known to others. What is
// signed already stays signed with the old ones.
[[nodiscard]] Result<Credentials, SettingError> rotate_keys(
    store::Tx& tx, const crypto::MasterKey& master, Random& random, Instant now,
    std::string_view slug, std::string_view who, Duration overlap = overlap_usual);
// Every key that was changed ends now.
[[nodiscard]] Result<void, SettingError> end_former_keys(store::Tx& tx, Instant now,
                                                         std::string_view slug,
                                                         std::string_view who);
// Nothing new of a disabled merchant is taken: no payment, no window link, no withdrawal, no
// refund. What is open goes on to its end. Refused where it is so already.
[[nodiscard]] Result<void, SettingError> disable(store::Tx& tx, Instant now, std::string_view slug,
                                                 std::string_view who);
[[nodiscard]] Result<void, SettingError> enable(store::Tx& tx, Instant now, std::string_view slug,
                                                std::string_view who);
struct StateChange {
    Instant at{};
    std::string who;
};
// Who disabled or enabled him last; nothing while nobody has.
[[nodiscard]] std::optional<StateChange> last_state_change(store::Reader& reader,
                                                           MerchantId merchant);
[[nodiscard]] std::vector<Merchant> list(store::Reader& reader, const crypto::MasterKey& master);

// The cache. Lookups never touch the database, from any thread.
class Directory {
  public:
    explicit Directory(const crypto::MasterKey& master) : master_(master) {}
    void replace(std::vector<Merchant> merchants);
    // By API secret, or a former one that is still good; nothing when unknown. Found by its keyed
    // hash, so that no comparison of the secret itself can be timed.
    [[nodiscard]] std::shared_ptr<const Merchant> by_secret(std::string_view secret,
                                                            Instant now) const;
    [[nodiscard]] std::shared_ptr<const Merchant> by_id(MerchantId id) const;
    [[nodiscard]] std::shared_ptr<const Merchant> by_slug(std::string_view slug) const;
    // By the domain that was set, or "{slug}.localhost"; lowercase.
    [[nodiscard]] std::shared_ptr<const Merchant> by_domain(std::string_view domain) const;
    // A former one leads to him, too.
    [[nodiscard]] std::shared_ptr<const Merchant> by_access_key(std::string_view key) const;
    // The one merchant of an installation that has no other.
    [[nodiscard]] std::shared_ptr<const Merchant> only() const;
    [[nodiscard]] std::vector<std::shared_ptr<const Merchant>> all() const;
    // When keys were last good for something, since the program began: key_uses.hpp.
    [[nodiscard]] KeyUses& uses() const { return uses_; }

  private:
    using Shared = std::shared_ptr<const Merchant>;
    const crypto::MasterKey& master_;
    mutable std::mutex mutex_;
    mutable KeyUses uses_;
    std::vector<Shared> merchants_;  // by id
    using Index = std::unordered_map<std::string, Shared>;
    [[nodiscard]] Shared look_up(const Index& index, std::string_view key) const;
    Index by_secret_hash_;
    Index by_former_hash_;
    Index by_domain_;
    Index by_access_key_;
};

}  // namespace lango::merchants
