#include "backoffice/lists/payout_cells.hpp"

#include "withdrawals/approve.hpp"

namespace lango::backoffice::lists {

namespace {

using lango::withdrawals::Flag;
using lango::withdrawals::State;

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
    const auto currency = Currency::parse(cell.row.text(7));
    LANGO_REQUIRE(currency);
    cell.writer.string(lango::withdrawals::approval_code(
        lango::withdrawals::Covered{.merchant = MerchantId{cell.row.integer(1)},
                                    .id = WithdrawalId{cell.row.integer(0)},
                                    .phone = Msisdn::from_number(cell.row.integer(8)),
                                    .amount = Money{cell.row.integer(5), *currency},
                                    .fee = Money{cell.row.integer(6), *currency}}));
}

}  // namespace lango::backoffice::lists
