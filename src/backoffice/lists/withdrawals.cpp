#include "withdrawals/withdrawal.hpp"

#include "backoffice/lists/by_index.hpp"
#include "backoffice/lists/columns.hpp"
#include "backoffice/lists/filters.hpp"
#include "backoffice/lists/nouns.hpp"
#include "backoffice/lists/payout_cells.hpp"
#include "backoffice/lists/words_of_codes.hpp"

namespace lango::backoffice::lists {

namespace {

using State = lango::withdrawals::State;
using Flag = lango::withdrawals::Flag;
using Kind = lango::withdrawals::Kind;

bool is_theirs(Asked& asked, const std::string& text) {
    only_theirs(asked,
                "SELECT id FROM withdrawal_keys WHERE merchant_id = ?1 AND withdrawal_id = ?2",
                text);
    return true;
}

constexpr std::array filters{
    by_merchant,
    by_since,
    by_until,
    Filter{"state", "text", payout_states, bind_payout_state, 3},
    Filter{"kind", "text", "api, manual, test or refund", bind_name<Kind::refund>, 1},
    by_amount,
    by_phone,
    by_label,
    by_code,
    Filter{"by", "text", "the person who made it", bind_text, 1},
    by_id,
    Filter{"their_id", "text", "the merchant's withdrawal_id", is_theirs},
    Filter{"receipt", "text", "M-PESA's receipt", has_receipt}};

constexpr std::array columns{
    Column{"id", 0, write_id},
    Column{"created_at", 13, write_time, In::sheet},
    Column{"local", 13, write_local},
    Column{"merchant", 1, write_slug},
    Column{"withdrawal_id", 2, write_text},
    Column{"kind", 3, write_name<Kind::refund>},
    Column{"state", 4, write_name<State::failed>},
    Column{"amount", 5, write_amount},
    Column{"fee", 6, write_amount, In::sheet},
    Column{"currency_code", 7, write_text, In::sheet},
    Column{"account_number", 8, write_recipient},
    Column{"label", 9, write_text, In::sheet},
    Column{"comment", 10, write_text, In::sheet},
    Column{"created_by", 12, write_text, In::sheet},
    Column{"receipt", 14, write_text},
    Column{"result_code", 15, write_text},
    Column{"result_text", 15, write_words_of_payout},
    Column{"attention", 11, write_flag<Flag::attention>},
    Column{"uncovered", 11, write_flag<Flag::uncovered>},
    Column{"needs_approval", 11, write_flag<Flag::approval>},
    Column{"approval_code", 0, write_approval_code, In::json},
    Column{"closed_at", 16, write_time, In::sheet},
};

#define LANGO_ASKED                                                                         \
    "(?6 IS NULL OR (state BETWEEN ?6 AND ?7 AND (flags & ?8) = ?8)) AND "                  \
    "(?9 IS NULL OR kind = ?9) AND (?10 IS NULL OR amount BETWEEN ?10 AND ?11) AND "        \
    "(?12 IS NULL OR phone = ?12) AND (?13 IS NULL OR label = ?13) AND "                    \
    "(?14 IS NULL OR result_code = ?14) AND (?15 IS NULL OR created_by = ?15) LIMIT ?4) f " \
    "CROSS JOIN withdrawals w WHERE w.id = f.id ORDER BY w.id DESC"

}  // namespace

constinit const Noun withdrawals{
    .name = "withdrawal",
    .plural = "withdrawals",
    .path = "/admin/withdrawals",
    .filters = filters,
    .columns = columns,
    .key = Key::id,
    .owner = 1,
    .looks = 20'000,
    .page =
        "SELECT w.id, w.merchant_id, w.withdrawal_id, w.kind, w.state, w.amount, w.fee, "
        "w.currency, w.phone, w.label, w.comment, w.flags, w.created_by, w.created_at, "
        "w.receipt, w.result_code, w.closed_at FROM (SELECT id FROM (SELECT id, merchant_id, "
        "state, flags, kind, amount, phone, label, result_code, created_by FROM withdrawals "
        "WHERE id < ?1 AND id >= ?2 ORDER BY id DESC LIMIT ?3) s WHERE "
        "(?5 IS NULL OR merchant_id = ?5) AND " LANGO_ASKED,
    .rest =
        "SELECT id + 1 FROM withdrawals WHERE id < ?1 AND id >= ?2 ORDER BY id DESC LIMIT 1 "
        "OFFSET ?3",
};

#undef LANGO_ASKED

}  // namespace lango::backoffice::lists
