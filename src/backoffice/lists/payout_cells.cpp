#include "backoffice/lists/payout_cells.hpp"

#include "withdrawals/approve.hpp"

namespace lango::backoffice::lists {

namespace {

using lango::withdrawals::Flag;
using lango::withdrawals::State;
using lango::withdrawals::Withdrawal;

Currency currency_of(std::string_view code) {
    const auto currency = Currency::parse(code);
    LANGO_REQUIRE(currency);
    return *currency;
}

// As much of it as an approval covers.
Withdrawal covered(const store::Row& row) {
    const auto currency = currency_of(row.text(7));
    const auto minor = [&](int column) { return Money{row.integer(column), currency}; };
    return {.id = WithdrawalId{row.integer(0)},
            .merchant = MerchantId{row.integer(1)},
            .withdrawal_id = {},
            .payout_id = {},
            .label = {},
            .phone = Msisdn::from_number(row.integer(8)),
            .amount = minor(5),
            .fee = minor(6),
            .comment = {},
            .due_at = {},
            .sent_at = {},
            .conversation_id = {},
            .originator_conversation_id = {},
            .receipt = {},
            .result_code = {},
            .closed_at = {},
            .created_by = {},
            .route = {},
            .not_found_by = {}};
}

}  // namespace

bool bind_payout_state(Asked& asked, const std::string& text) {
    const auto bind = [&](State from, State to, std::int64_t flags) {
        asked.bind(static_cast<std::int64_t>(from));
        asked.bind(static_cast<std::int64_t>(to));
        asked.bind(flags);
        return true;
    };
    if (text == "open") return bind(State::waiting, State::unknown, 0);
    if (text == "attention") return bind(State::waiting, State::failed, Flag::attention);
    for (auto number = 1; number <= static_cast<int>(State::failed); ++number) {
        const auto state = static_cast<State>(number);
        if (name(state) == text) return bind(state, state, 0);
    }
    return false;
}

void write_recipient(const Cell& cell) {
    const auto phone = Msisdn::from_number(cell.row.integer(8));
    const bool is_to_be_approved = (cell.row.integer(11) & Flag::approval) != 0;
    cell.writer.string(is_to_be_approved ? phone.raw() : phone.masked());
}

void write_approval_code(const Cell& cell) {
    cell.writer.string(lango::withdrawals::approval_code(covered(cell.row)));
}

}  // namespace lango::backoffice::lists
