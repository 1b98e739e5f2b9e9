#include "merchants/key_uses.hpp"

#include <utility>

namespace lango::merchants {

void KeyUses::note(std::string_view key, Instant now) {
    const std::lock_guard lock{mutex_};
    const auto found = noted_.find(key);
    if (found == noted_.end()) {
        noted_.emplace(key, now);
    } else if (found->second < now) {
        found->second = now;
    }
}

std::map<std::string, Instant> KeyUses::take() {
    const std::lock_guard lock{mutex_};
    const auto noted = std::exchange(noted_, {});
    return {noted.begin(), noted.end()};
}

void save_key_uses(store::Tx& tx, const std::map<std::string, Instant>& uses) {
    for (const auto& [key, at] : uses) {
        tx.run(
            "INSERT INTO merchant_key_uses (key, used_at) VALUES (?1, ?2) "
            "ON CONFLICT (key) DO UPDATE SET used_at = MAX(used_at, ?2)",
            store::Blob{key}, at);
    }
}

std::optional<Instant> last_use(store::Reader& reader, std::string_view key) {
    return reader.first(
        "SELECT used_at FROM merchant_key_uses WHERE key = ?1",
        [](const store::Row& row) { return row.instant(0); }, store::Blob{key});
}

}  // namespace lango::merchants
