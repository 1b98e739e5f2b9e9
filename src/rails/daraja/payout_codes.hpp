// Safaricom's words about payouts as data (daraja.md 5.4). What no row knows says nothing: the
// payout stays open until a status query has settled it.
#pragma once
#include <string_view>

#include "rails/claims.hpp"

namespace lango::rails::daraja {

struct PayoutClass {
    PayoutFate fate = PayoutFate::unknown;
    Halts halts = Halts::nothing;
};
// A ResultCode of a B2C result. May be text.
[[nodiscard]] PayoutClass classify_payout(std::string_view result_code);
// What it says, for operators; "" where no row knows it.
[[nodiscard]] std::string_view words_of_payout(std::string_view result_code);

// A ResultCode of a question's result (transaction status, balance): 0 says that the question was
// answered, anything else is about the question, not about what it asked for.
struct QuestionClass {
    bool answered = false;
    bool not_found = false;
    // The initiator may not ask, or his password is wrong. Payouts tell for themselves whether they
    // may go out: roles are given one by one.
    bool ours_to_mend = false;
    Halts halts = Halts::nothing;  // questions, where asking again would lock the credential
};
[[nodiscard]] QuestionClass classify_question(std::string_view result_code);

// TransactionStatus of a transaction status result (daraja.md 6.1).
[[nodiscard]] PayoutFate classify_status(std::string_view transaction_status);

}  // namespace lango::rails::daraja
