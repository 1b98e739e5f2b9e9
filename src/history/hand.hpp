// The gateway's own commands one after the other, with the rail's and the merchant's words played:
// what a payment's life writes when nobody waits for anybody. For pasts that are made, in the
// sandbox and for measurements.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/random.hpp"
#include "deposits/create.hpp"
#include "deposits/observe.hpp"
#include "merchants/merchants.hpp"
#include "postbacks/attempts.hpp"
#include "rates/rates.hpp"
#include "withdrawals/settle.hpp"

namespace lango::history {

inline constexpr std::int64_t shortcode = 174'379;         // that payers pay to
inline constexpr std::int64_t payout_shortcode = 600'996;  // that payouts leave from
inline const rails::PayoutRoute payout_route{.shortcode = payout_shortcode, .knows_repeats = true};

class Hand {
  public:
    struct Parts {
        const merchants::Directory& merchants;
        std::shared_ptr<const rates::Table> rates;
        Random& random;
    };
    explicit Hand(Parts parts);

    [[nodiscard]] std::int64_t fresh(Instant at) { return ids_.next(at); }
    [[nodiscard]] deposits::ObserveContext context(Instant at);
    [[nodiscard]] withdrawals::SettleContext settle_context(Instant at);

    // Asked for and prompted, as far as `answer` says. Nothing where the gateway refuses it. No
    // other push may be due.
    [[nodiscard]] std::optional<DepositId> prompt(store::Tx& tx, deposits::NewDeposit wanted,
                                                  rails::Submitted answer, std::string_view code,
                                                  Instant at);
    [[nodiscard]] deposits::ObserveOutcome paid(store::Tx& tx, DepositId id, rails::Source source,
                                                const std::string& receipt, Instant at);
    [[nodiscard]] deposits::ObserveOutcome failed(store::Tx& tx, DepositId id, rails::Source source,
                                                  const std::string& code, Instant at);
    // Of the message that tells of a payment.
    [[nodiscard]] postbacks::Next attempt(store::Tx& tx, PostbackId id,
                                          postbacks::AttemptOutcome outcome, int status,
                                          Instant at);

  private:
    Parts parts_;
    IdSource ids_;
};

// What Safaricom writes of a code.
[[nodiscard]] std::string_view words_of(std::string_view code);

}  // namespace lango::history
