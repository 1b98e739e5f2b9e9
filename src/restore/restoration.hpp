// That an older backup stands in place of what the gateway had done since. From then on what goes
// out of rows that stood in it is halted, until everything that can be asked has been asked and a
// person has looked at the rest (docs/decisions/0030).
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "store/tx.hpp"

namespace lango::restore {

struct Restoration {
    std::int64_t number = 0;
    Instant found_at{};
    std::string why;
    Instant data_to{};  // what was done since is gone: until found_at
    std::optional<Instant> pulled_from;
    std::optional<Instant> pulled_to;
};
// Not lifted yet.
[[nodiscard]] std::optional<Restoration> open_restoration(store::Reader& reader);
// The last one that was found, lifted or not: rows that are older stood in its backup.
struct LastRestored {
    Instant found_at{};
    bool open = false;
};
[[nodiscard]] std::optional<LastRestored> last_restored(store::Reader& reader);
// Whether the database may lack what was made then: an older backup stood in place of that time,
// or stands still.
[[nodiscard]] bool may_lack(store::Reader& reader, Instant made_at);
// Postbacks about payments whose id is smaller are held back; 0: none are.
[[nodiscard]] std::int64_t held_below(store::Reader& reader);

// False when one is open already.
[[nodiscard]] bool begin(store::Tx& tx, std::string_view why, Instant now);
// The rail's list was read, from here to there.
void note_pulled(store::Tx& tx, Instant from, Instant to);
void lift(store::Tx& tx, const Restoration& open, std::string_view who, Instant now);

}  // namespace lango::restore
