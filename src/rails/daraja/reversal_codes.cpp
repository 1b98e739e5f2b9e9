#include "rails/daraja/reversal_codes.hpp"

#include <algorithm>
#include <array>

namespace lango::rails::daraja {

namespace {

struct Row {
    std::string_view code;
    ReversalClass is;
};
constexpr ReversalClass failed{.fate = PayoutFate::failed};
constexpr ReversalClass locks{.fate = PayoutFate::failed, .halts = Halts::everything};
// Inside the core, and perhaps still on its way.
constexpr ReversalClass ambiguous{.fate = PayoutFate::pending};

constexpr auto rows = std::to_array<Row>({
    {"0", {.fate = PayoutFate::paid}},
    // The payer has his money: by an earlier request of ours, or by somebody else.
    {"R000001", {.fate = PayoutFate::paid, .done_before = true}},
    {"R000002", failed},  // no payment of that receipt
    {"1", failed},        // our account is short
    {"11", failed},       // an account is not active
    {"2006", failed},
    {"21", failed},    // the initiator may not reverse
    {"2028", failed},  // the shortcode may not
    {"2001", locks},   // the initiator's password: a third wrong one locks it
    {"8006", locks},   // the credential is locked
    {"15", ambiguous},
    {"17", ambiguous},
    {"26", ambiguous},
    {"100000000", ambiguous},
    {"100000001", ambiguous},
    {"100000002", ambiguous},
    {"100000004", ambiguous},
    {"100000007", ambiguous},
    {"100000009", ambiguous},
    {"100000011", ambiguous},
});

}  // namespace

ReversalClass classify_reversal(std::string_view result_code) {
    const auto* const row = std::ranges::find(rows, result_code, &Row::code);
    return row == rows.end() ? ReversalClass{} : row->is;
}

}  // namespace lango::rails::daraja
