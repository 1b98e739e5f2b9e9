#include "rails/daraja/payout_codes.hpp"

#include <algorithm>
#include <array>

namespace lango::rails::daraja {

namespace {

struct Row {
    std::string_view code;
    PayoutClass is;
};
constexpr PayoutClass failed{.fate = PayoutFate::failed};
constexpr PayoutClass stops{.fate = PayoutFate::failed, .halts = Halts::payouts};
constexpr PayoutClass locks{.fate = PayoutFate::failed, .halts = Halts::everything};
// Inside the core, and perhaps still on its way: only a status query knows.
constexpr PayoutClass ambiguous{.fate = PayoutFate::pending};

constexpr auto rows = std::to_array<Row>({
    {"0", {.fate = PayoutFate::paid}},
    {"1", stops},   // the Utility account is short
    {"2", failed},  // below the minimum
    {"3", failed},  // above the maximum
    {"4", failed},  // the recipient's daily limit
    {"8", failed},  // the recipient's balance
    {"11", stops},  // our account is not active
    {"2006", stops},
    {"21", locks},           // the initiator's role
    {"2001", locks},         // the initiator's password: a third wrong one locks it
    {"2028", stops},         // the shortcode may not pay out
    {"2040", failed},        // the recipient is not registered
    {"8006", locks},         // the credential is locked
    {"SFC_IC0003", failed},  // no such number
    {"TP40153", locks},      // the operator's permission
    {"15", ambiguous},       // a duplicate: what of the first?
    {"17", ambiguous},
    {"26", ambiguous},
    {"100000000", ambiguous},  // cached: will be sent again
    {"100000001", ambiguous},
    {"100000002", ambiguous},
    {"100000004", ambiguous},
    {"100000007", ambiguous},
    {"100000009", ambiguous},
    {"100000011", ambiguous},
});

}  // namespace

PayoutClass classify_payout(std::string_view result_code) {
    const auto* const row = std::ranges::find(rows, result_code, &Row::code);
    return row == rows.end() ? PayoutClass{} : row->is;
}

QuestionClass classify_question(std::string_view result_code) {
    if (result_code == "0") return {.answered = true};
    // Bad parameters: with a right id that is the core's way to say that it knows no such payment.
    if (result_code == "25") return {.not_found = true};
    if (result_code == "2001" || result_code == "8006") {
        return {.ours_to_mend = true, .halts = Halts::questions};
    }
    if (result_code == "21" || result_code == "2028" || result_code == "TP40153") {
        return {.ours_to_mend = true};
    }
    return {};
}

PayoutFate classify_status(std::string_view transaction_status) {
    if (transaction_status == "Completed") return PayoutFate::paid;
    if (transaction_status == "Cancelled" || transaction_status == "Declined" ||
        transaction_status == "Expired") {
        return PayoutFate::failed;
    }
    if (transaction_status == "Initiated" || transaction_status == "Authorized" ||
        transaction_status == "Pending") {
        return PayoutFate::pending;
    }
    return PayoutFate::unknown;
}

}  // namespace lango::rails::daraja
