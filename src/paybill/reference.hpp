// What a payer types as account number when he pays an order by paybill: seven digits and a check
// letter, "4821093K" (docs/formats/ids.md). Digits, because feature phones type them with one key;
// short, because people copy them by hand; a letter at the end, because one wrong, missing, doubled
// or swapped character must never pay another order. Orders get one when somebody is to be told it;
// it is theirs for ever. A reference is no secret and authorises nothing.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "store/tx.hpp"

namespace lango::paybill {

// Seven digits for the first nine million numbers (from 1), then eight, and so on; neighbours look
// nothing like each other.
[[nodiscard]] std::string reference_text(std::int64_t number);
// As people type it (base/typed.hpp), with O for 0 and I or L for 1. Nothing for a text whose
// letter does not fit its digits, and for every other text.
[[nodiscard]] std::optional<std::int64_t> read_reference(std::string_view text);

// The order's reference; given now if it has none. What a payer is told, in the payment window as
// by `lango paybill reference`: the number to pay to, Rail::shortcode(), this, and the order's
// amount. To be called in a write of its own when the screen is first shown: asked for again, it is
// the same and writes nothing. Only of a paybill: at a till's menu no reference is typed.
[[nodiscard]] std::string give_reference(store::Tx& tx, DepositId deposit);
// Nothing when nobody was ever told it.
[[nodiscard]] std::optional<std::string> find_reference(store::Reader& reader, DepositId deposit);
// Whose reference was typed.
[[nodiscard]] std::optional<DepositId> find_by_reference(store::Reader& reader,
                                                         std::string_view typed);

}  // namespace lango::paybill
