// What the rail knows a payout by (OriginatorConversationID): it pays the same id once. The id
// follows from the merchant and what he calls the withdrawal, so that his request asked again is
// the same payout even where its row is gone, as after an older backup was put back. It is fixed
// with the hold and stored (docs/decisions/0029).
#pragma once
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/secret.hpp"

namespace lango::rails {

// "lango-" and 30 hex digits of HMAC-SHA256(key, withdrawal_id): as long as a UUID. key: the
// merchant's, which never changes (merchants/payout_key.hpp).
[[nodiscard]] std::string payout_id(const Secret& key, std::string_view withdrawal_id);
// "lango-" and the row's 16 hex digits: of rows that no merchant has named, as all had it before
// ids were keyed.
[[nodiscard]] std::string payout_id(WithdrawalId withdrawal);
// Of either form; the rail puts ids of its own in the same places (daraja.md 5.1).
[[nodiscard]] bool is_payout_id(std::string_view text);

}  // namespace lango::rails
