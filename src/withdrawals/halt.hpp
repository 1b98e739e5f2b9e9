// Payouts stop as a whole when the rail says what trying again would make worse: wrong initiator
// credentials (a third try locks them), a missing permission, an empty Utility account. The halt is
// a row, so that a restart does not try again either; a person ends it.
#pragma once
#include <optional>
#include <string>

#include "base/ids.hpp"
#include "rails/payout.hpp"
#include "store/tx.hpp"

namespace lango::withdrawals {

struct Halt {
    std::int64_t number = 0;
    rails::Halts what = rails::Halts::payouts;
    Instant began_at{};
    WithdrawalId withdrawal{0};
    std::string code;
    std::string description;
};
[[nodiscard]] std::optional<Halt> open_halt(store::Reader& reader);
// Nothing new when one is open already; that one may grow from payouts to everything.
void halt(store::Tx& tx, WithdrawalId withdrawal, rails::Halts what, std::string_view code,
          std::string_view description, Instant now);
// False when none was open. What waits goes out again.
[[nodiscard]] bool end_halt(store::Tx& tx, std::string_view who, Instant now);

}  // namespace lango::withdrawals
