#include "backoffice/lists/by_index.hpp"
#include "backoffice/lists/columns.hpp"
#include "backoffice/lists/filters.hpp"
#include "backoffice/lists/nouns.hpp"
#include "backoffice/lists/payout_cells.hpp"
#include "backoffice/lists/words_of_codes.hpp"
#include "base/typed.hpp"
#include "ledger/ledger.hpp"
#include "withdrawals/reversal.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::backoffice::lists {

namespace {

using State = lango::withdrawals::State;
using Flag = lango::withdrawals::Flag;
using Method = lango::withdrawals::RefundMethod;

bool is_of_receipt(Asked& asked, const std::string& text) {
    asked.only(ids_of(asked, "SELECT withdrawal_id FROM refunds WHERE receipt = ?1",
                      ledger::meant_receipt(asked.reader, text)));
    return true;
}

bool is_of_order(Asked& asked, const std::string& text) {
    const auto order = typed::id(text);
    if (!order) return false;
    asked.only(ids_of(asked, "SELECT withdrawal_id FROM refunds WHERE deposit_id = ?1", *order));
    return true;
}

// Each way back has codes of its own.
void write_words(const Cell& cell) {
    const bool is_reversal = cell.row.integer(9) == static_cast<std::int64_t>(Method::reversal);
    return is_reversal ? write_words_of_reversal(cell) : write_words_of_payout(cell);
}

constexpr std::array filters{
    by_merchant,
    by_since,
    by_until,
    Filter{"state", "text", payout_states, bind_payout_state, 3},
    Filter{"method", "text", "reversal or payout", bind_name<Method::payout>, 1},
    by_amount,
    by_phone,
    by_code,
    Filter{"by", "text", "the person who made it", bind_text, 1},
    by_id,
    Filter{"order", "id", "16 hex digits, of the deposit", is_of_order},
    Filter{"receipt", "text", "M-PESA's receipt of the money that goes back", is_of_receipt}};

constexpr std::array columns{
    Column{"refund_id", 0, write_id},
    Column{"created_at", 13, write_time, In::sheet},
    Column{"local", 13, write_local},
    Column{"merchant", 1, write_slug},
    Column{"order_id", 2, write_id},
    Column{"receipt", 3, write_text},
    Column{"amount", 5, write_amount},
    Column{"gone", 17, write_amount, In::sheet},
    Column{"method", 9, write_name<Method::payout>},
    Column{"state", 4, write_name<State::failed>},
    Column{"phone", 8, write_recipient},
    Column{"reason", 10, write_text, In::sheet},
    Column{"who", 12, write_text},
    Column{"paid_with", 14, write_text, In::sheet},
    Column{"result_code", 15, write_text},
    Column{"result_text", 15, write_words},
    Column{"attention", 11, write_flag<Flag::attention>},
    Column{"needs_approval", 11, write_flag<Flag::approval>},
    Column{"approval_code", 0, write_approval_code, In::json},
    Column{"closed_at", 16, write_time, In::sheet},
};

// What has left by it, also after it was called failed, or twice (refunds/refund.hpp).
#define LANGO_GONE                                                                              \
    "(CASE WHEN w.state = " LANGO_WITHDRAWAL_PAID                                               \
    " THEN w.amount ELSE 0 END + COALESCE((SELECT SUM(r.amount) FROM withdrawal_events e JOIN " \
    "receipts r ON r.receipt = e.detail AND r.outcome = " LANGO_BOOKED_UNCOVERED                \
    " WHERE e.withdrawal_id = w.id AND e.kind = " LANGO_WITHDRAWAL_EVENT_CONTRADICTED "), 0))"

}  // namespace

constinit const Noun refunds{
    .name = "refund",
    .plural = "refunds",
    .path = "/admin/refunds",
    .filters = filters,
    .columns = columns,
    .key = Key::id,
    .owner = 1,
    .looks = 10'000,
    .page =
        "SELECT w.id, w.merchant_id, b.deposit_id, b.receipt, w.state, w.amount, w.fee, "
        "w.currency, w.phone, b.method, b.reason, w.flags, b.who, w.created_at, w.receipt, "
        "w.result_code, w.closed_at, " LANGO_GONE
        " FROM (SELECT id FROM (SELECT v.id, v.merchant_id, v.state, v.flags, v.amount, v.phone, "
        "v.result_code, f.method, f.who FROM refunds f CROSS JOIN withdrawals v "
        "WHERE v.id = f.withdrawal_id AND f.withdrawal_id < ?1 AND f.withdrawal_id >= ?2 "
        "ORDER BY f.withdrawal_id DESC LIMIT ?3) s WHERE (?5 IS NULL OR merchant_id = ?5) "
        "AND (?6 IS NULL OR (state BETWEEN ?6 AND ?7 AND (flags & ?8) = ?8)) "
        "AND (?9 IS NULL OR method = ?9) AND (?10 IS NULL OR amount BETWEEN ?10 AND ?11) "
        "AND (?12 IS NULL OR phone = ?12) AND (?13 IS NULL OR result_code = ?13) "
        "AND (?14 IS NULL OR who = ?14) LIMIT ?4) l CROSS JOIN withdrawals w "
        "CROSS JOIN refunds b WHERE w.id = l.id AND b.withdrawal_id = l.id ORDER BY w.id DESC",
    .rest =
        "SELECT withdrawal_id + 1 FROM refunds WHERE withdrawal_id < ?1 AND "
        "withdrawal_id >= ?2 ORDER BY withdrawal_id DESC LIMIT 1 OFFSET ?3",
};

#undef LANGO_GONE

}  // namespace lango::backoffice::lists
