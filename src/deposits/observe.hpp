// The one intake for what is claimed about a deposit's fate, whatever brought it: callback, query,
// the rail's list, a person. Idempotent; any order, any number of times.
#pragma once
#include <memory>
#include <optional>

#include "deposits/deposit.hpp"
#include "deposits/schedule.hpp"
#include "merchants/merchants.hpp"
#include "postbacks/postback.hpp"
#include "rails/claims.hpp"
#include "rates/rates.hpp"
#include "store/tx.hpp"

namespace lango::deposits {

struct ObserveContext {
    const merchants::Directory* merchants = nullptr;  // asked on the writer's thread
    std::shared_ptr<const rates::Table> rates;
    std::int64_t fresh_id =
        0;  // unused so far: for the postback or suspense entry that may be born
    std::int64_t shortcode = 0;
    Timing timing;
    Duration postback_lease{};
    // A callback's success above this is confirmed by a query before money is credited; nothing:
    // callbacks are believed.
    std::optional<Money> confirm_above;
};

enum class Observed : std::int8_t {
    unknown_deposit,
    other_push,       // the rail's id is not this deposit's: kept, not believed
    other_push_paid,  // such a one that claims success: the rail's list decides, and a person looks
    paid,
    paid_late,
    failed,
    must_verify,  // a success that still lacks receipt or confirmation
    duplicate,    // told us nothing new
    ignored,      // would overwrite what is known better
    amount_differs,
    second_receipt,
    claimed_again,  // another payment, of which nothing is proved: the rail's list decides
    receipt_used,
    unknown_code,
    pending,
};
[[nodiscard]] std::string_view name(Observed observed);

struct ObserveOutcome {
    Observed what = Observed::ignored;
    std::optional<postbacks::Message> postback;
};

[[nodiscard]] ObserveOutcome observe(store::Tx& tx, DepositId id,
                                     const rails::Observation& observation,
                                     const ObserveContext& context, Instant now);
// When that threw: the rail's words are kept and the deposit calls a person, once in a row.
void keep_unapplied(store::Tx& tx, DepositId id, rails::Source source, std::string_view raw,
                    std::string_view why, Instant now);

}  // namespace lango::deposits
