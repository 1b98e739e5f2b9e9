// What stays unknown is settled by two people who say the same, each for himself: paid with this
// receipt, or failed. One alone changes nothing; whoever says something else takes back what he
// said.
#pragma once
#include <string>

#include "withdrawals/settle.hpp"

namespace lango::withdrawals {

struct Verdict {
    std::string who;
    bool paid = false;
    std::string receipt;  // with paid; "" otherwise
    std::string reason;   // what the person has seen, kept
};

enum class Judged : std::int8_t {
    unknown_withdrawal,
    not_open,      // neither sent nor unknown: there is nothing to settle
    no_receipt,    // paid needs one
    bad_receipt,   // what was typed is no receipt of M-PESA's
    receipt_used,  // it stands with another payment
    first,         // kept; another person must say the same
    settled,
};
[[nodiscard]] std::string_view name(Judged judged);

struct Judgement {
    Judged what = Judged::not_open;
    SettleOutcome outcome;
};
[[nodiscard]] Judgement judge(store::Tx& tx, WithdrawalId id, const Verdict& verdict,
                              const SettleContext& context, Instant now);

}  // namespace lango::withdrawals
