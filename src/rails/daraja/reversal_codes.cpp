#include "rails/daraja/reversal_codes.hpp"

#include <algorithm>
#include <array>

namespace lango::rails::daraja {

namespace {

struct Row {
    std::string_view code;
    ReversalClass is;
    std::string_view words;  // for operators
};
constexpr ReversalClass failed{.fate = PayoutFate::failed};
constexpr ReversalClass locks{.fate = PayoutFate::failed, .halts = Halts::everything};
// Inside the core, and perhaps still on its way.
constexpr ReversalClass ambiguous{.fate = PayoutFate::pending};

constexpr std::string_view on_its_way = "The rail's core may still be at it: it is asked about.";

constexpr auto rows = std::to_array<Row>({
    {"0", {.fate = PayoutFate::paid}, "Reversed."},
    // By an earlier request of ours, or by somebody else.
    {"R000001",
     {.fate = PayoutFate::paid, .done_before = true},
     "It had been reversed before: the payer has the money."},
    {"R000002", failed, "The rail has no payment of that receipt."},
    {"1", failed, "Our account is short."},
    {"11", failed, "An account is not active."},
    {"2006", failed, "An account is not active."},
    {"21", failed, "The initiator may not reverse."},
    {"2028", failed, "The shortcode may not reverse."},
    {"2001", locks, "The initiator's password is wrong: a third wrong one locks it."},
    {"8006", locks, "The initiator's credential is locked."},
    {"15", ambiguous, on_its_way},
    {"17", ambiguous, on_its_way},
    {"26", ambiguous, on_its_way},
    {"100000000", ambiguous, on_its_way},
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

ReversalClass classify_reversal(std::string_view result_code) {
    const auto* const row = row_of(result_code);
    return row == nullptr ? ReversalClass{} : row->is;
}

std::string_view words_of_reversal(std::string_view result_code) {
    const auto* const row = row_of(result_code);
    return row == nullptr ? std::string_view{} : row->words;
}

}  // namespace lango::rails::daraja
