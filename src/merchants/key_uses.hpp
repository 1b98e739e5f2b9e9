// When each key was last good for something. Noted in memory, for a request costs no commit; kept
// in the store now and then, and whenever somebody asks.
#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "store/tx.hpp"

namespace lango::merchants {

// A key is named by what may be known of it: an API secret by its keyed hash, the keys of a pair by
// its public half, the access key.
class KeyUses {
  public:
    void note(std::string_view key, Instant now);
    // What was noted since this was called last.
    [[nodiscard]] std::map<std::string, Instant> take();

  private:
    std::mutex mutex_;
    std::map<std::string, Instant, std::less<>> noted_;
};

void save_key_uses(store::Tx& tx, const std::map<std::string, Instant>& uses);
[[nodiscard]] std::optional<Instant> last_use(store::Reader& reader, std::string_view key);

}  // namespace lango::merchants
