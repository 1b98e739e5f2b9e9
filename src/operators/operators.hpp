// The people who decide what no program may: approve withdrawals, settle what stays unknown. Each
// has a name and a key of his own, of which only a keyed hash is kept; whatever one of them does
// stands in a trail that is never changed. The back office's users will take their place.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace lango::operators {

struct Operator {
    std::string name;
    Instant added_at{};
    std::optional<Instant> removed_at;
};

struct Refused {
    std::string message;
};

// name: 1 to 40 of a-z, 0-9, dot and dash. The key is shown this once. Whoever was removed may be
// added again, with a new key.
[[nodiscard]] Result<std::string, Refused> add(store::Tx& tx, const crypto::MasterKey& master,
                                               Random& random, Instant now, std::string_view name,
                                               std::string_view who);
// What he has approved stays approved.
[[nodiscard]] Result<void, Refused> remove(store::Tx& tx, Instant now, std::string_view name,
                                           std::string_view who);
[[nodiscard]] std::vector<Operator> list(store::Reader& reader);
// Whether the key is his. False for whoever is unknown or removed.
[[nodiscard]] bool is_his(store::Reader& reader, const crypto::MasterKey& master,
                          std::string_view name, std::string_view key);

// Appends to the trail.
void record(store::Tx& tx, Instant now, std::string_view who, std::string_view act,
            std::string_view subject, std::string_view detail);
struct Act {
    std::int64_t number = 0;
    Instant at{};
    std::string who;
    std::string act;
    std::string subject;
    std::string detail;
};
// The latest first.
[[nodiscard]] std::vector<Act> trail(store::Reader& reader, std::size_t limit);

}  // namespace lango::operators
