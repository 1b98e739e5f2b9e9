// Payouts that the rail tells of at an address with our token, and whose rows are gone: an older
// backup was put back. That they left is a claim until their row is there again, as the same
// request makes it (rails/payout_id.hpp), or until a person says whose they were.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rails/claims.hpp"
#include "store/tx.hpp"

namespace lango::withdrawals {

struct LostPayout {
    WithdrawalId id{0};     // of the row that is gone
    std::string receipt{};  // or the id, 16 hex digits: the rail named none that can be read
    std::optional<Money> amount{};
    std::string payout_id{};  // "": the rail named none of ours
    std::string phone{};      // "": not told
    Instant told_at{};
    std::int64_t shortcode = 0;  // that it left from; 0: nobody knows
    std::string settled_as{};    // "" while it is open; written, never read
};
// Kept once per receipt, or once while none is told. Only what is paid. shortcode: that payouts
// left from when it was told, for what does not say.
void keep_lost(store::Tx& tx, WithdrawalId id, const rails::PayoutSeen& seen,
               std::int64_t shortcode, Instant now);
// Booked by its own row meanwhile: no claim any more. payout_id: what that row is known by.
void settle_lost(store::Tx& tx, std::string_view receipt, std::string_view payout_id, Instant now,
                 std::string_view as);
// The oldest first.
[[nodiscard]] std::vector<LostPayout> open_lost(store::Reader& reader, std::int64_t limit);

enum class Claimed : std::int8_t {
    booked,
    no_such,       // none that is open
    no_amount,     // the rail did not say how much: the person must
    receipt_used,  // it stands with another payment
};
// It was this merchant's: what left stands against him until he makes it good or a person writes it
// down. receipt: as LostPayout has it; one without is booked under its id. shortcode:
// for one of which nobody knows where it left from.
[[nodiscard]] Claimed book_lost(store::Tx& tx, std::string_view receipt, MerchantId merchant,
                                std::int64_t shortcode, std::optional<Money> amount, Instant now);

}  // namespace lango::withdrawals
