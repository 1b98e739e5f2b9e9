#include "rails/daraja/payout_codes.hpp"

#include <algorithm>
#include <array>

namespace lango::rails::daraja {

namespace {

struct Row {
    std::string_view code;
    PayoutClass is;
    std::string_view words;  // for operators
};
constexpr PayoutClass failed{.fate = PayoutFate::failed};
constexpr PayoutClass stops{.fate = PayoutFate::failed, .halts = Halts::payouts};
constexpr PayoutClass locks{.fate = PayoutFate::failed, .halts = Halts::everything};
// Inside the core, and perhaps still on its way: only a status query knows.
constexpr PayoutClass ambiguous{.fate = PayoutFate::pending};

constexpr std::string_view on_its_way = "The rail's core may still be at it: it is asked about.";

constexpr auto rows = std::to_array<Row>({
    {"0", {.fate = PayoutFate::paid}, "Paid."},
    {"1", stops, "The Utility account is short."},
    {"2", failed, "Below the least that M-PESA pays out."},
    {"3", failed, "Above the most that M-PESA pays out at once."},
    {"4", failed, "The recipient's limit for the day is reached."},
    {"8", failed, "The recipient's account can take no more."},
    {"11", stops, "Our account is not active."},
    {"2006", stops, "Our account is not active."},
    {"21", locks, "The initiator's role does not permit it."},
    {"2001", locks, "The initiator's password is wrong: a third wrong one locks it."},
    {"2028", stops, "The shortcode may not pay out."},
    {"2040", failed, "The recipient is not registered."},
    {"8006", locks, "The initiator's credential is locked."},
    {"SFC_IC0003", failed, "There is no such number."},
    {"TP40153", locks, "The operator lacks the permission."},
    {"15", ambiguous, "A duplicate, says the rail: what of the first?"},
    {"17", ambiguous, on_its_way},
    {"26", ambiguous, on_its_way},
    {"100000000", ambiguous, "Cached by the rail: it will be sent again."},
    {"100000001", ambiguous, on_its_way},
    {"100000002", ambiguous, on_its_way},
    {"100000004", ambiguous, on_its_way},
    {"100000007", ambiguous, on_its_way},
    {"100000009", ambiguous, on_its_way},
    {"100000011", ambiguous, on_its_way},
});

const Row* row_of(std::string_view code) {
    const auto* const row = std::ranges::find(rows, code, &Row::code);
    return row == rows.end() ? nullptr : row;
}

}  // namespace

PayoutClass classify_payout(std::string_view result_code) {
    const auto* const row = row_of(result_code);
    return row == nullptr ? PayoutClass{} : row->is;
}

std::string_view words_of_payout(std::string_view result_code) {
    const auto* const row = row_of(result_code);
    return row == nullptr ? std::string_view{} : row->words;
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
