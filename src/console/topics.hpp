// What a page can hear of: what waits, and whether something that it shows has changed.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "store/tx.hpp"

namespace lango::console {

struct Topic {
    enum class Kind : std::int8_t { counts, deposit, withdrawal, batch, inbox };
    Kind kind = Kind::counts;
    std::int64_t id = 0;
    std::string name;  // as it was asked for: "deposit:0123456789abcdef"
};
inline constexpr std::size_t topics_max = 32;
// "counts,deposit:0123456789abcdef,withdrawal:...,batch:7,inbox"; nothing for what is none of it.
[[nodiscard]] std::optional<std::vector<Topic>> parse_topics(std::string_view text);

// Whether it is theirs: of the operator's own people everything is.
[[nodiscard]] bool is_theirs(store::Reader& reader, const Topic& topic,
                             std::optional<MerchantId> merchant);
// What changes when it does. Of counts the counts themselves, as JSON; of one merchant's people
// those of that merchant, and nothing that is the operator's.
[[nodiscard]] std::string version(store::Reader& reader, const Topic& topic,
                                  std::optional<MerchantId> merchant, Instant now);

}  // namespace lango::console
