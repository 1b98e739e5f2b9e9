// The id that a payout goes out under, and the addresses at which the rail tells of it.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.hpp"
#include "base/ids.hpp"

namespace lango::rails::daraja {

// OriginatorConversationID: "lango-" and the withdrawal's id, so that it is fixed with the hold and
// a result can be told from one of another payout.
[[nodiscard]] std::string originator_id(WithdrawalId withdrawal);
// Nothing for an id that is not of this form: Daraja puts its own there at times (daraja.md 5.1).
[[nodiscard]] std::optional<WithdrawalId> withdrawal_of(std::string_view originator_id);

// Where an asynchronous answer is delivered: /rail/{about}/{subject}/{token}/result, and
// .../timeout when the rail's queue gives up. The token is derived from the master key for that
// subject.
struct ResultAddress {
    std::string_view about;  // one of those below
    std::string subject;     // 16 hex digits of the withdrawal, or the shortcode

    [[nodiscard]] std::string path(const crypto::MasterKey& master) const;  // ends before "/result"
};
inline constexpr std::string_view about_payout = "b2c";
inline constexpr std::string_view about_status = "b2c-status";
inline constexpr std::string_view about_reversal = "reversal";
// The payment that is to be reversed, where the rail's id of the reversal is not known.
inline constexpr std::string_view about_reversed = "reversed";
inline constexpr std::string_view about_float = "balance";

}  // namespace lango::rails::daraja
