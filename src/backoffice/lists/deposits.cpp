#include "deposits/deposit.hpp"

#include "backoffice/lists/by_index.hpp"
#include "backoffice/lists/columns.hpp"
#include "backoffice/lists/filters.hpp"
#include "backoffice/lists/nouns.hpp"
#include "backoffice/lists/words_of_codes.hpp"

namespace lango::backoffice::lists {

namespace {

using State = lango::deposits::State;

// Those that need review, by their index.
bool needs_review(Asked& asked, const std::string& text) {
    if (text != "yes") return false;
    auto ids = ids_of(asked,
                      "SELECT id FROM deposits WHERE (flags & " LANGO_DEPOSIT_FLAG_ATTENTION
                      ") <> 0 AND id < ?1 AND id >= ?2 ORDER BY id DESC LIMIT ?3",
                      asked.question.before, asked.question.from,
                      static_cast<std::int64_t>(candidates_max));
    const bool is_cut = ids.size() == candidates_max;
    asked.only(std::move(ids), is_cut);
    return true;
}

bool is_theirs(Asked& asked, const std::string& text) {
    only_theirs(asked,
                "SELECT deposit_id FROM deposit_keys WHERE merchant_id = ?1 "
                "AND custom_transaction_id = ?2",
                text);
    return true;
}

constexpr std::array filters{
    by_merchant,
    by_since,
    by_until,
    Filter{"state", "text",
           "created, pushing, prompted, unknown, verifying, paid, failed or expired",
           bind_name<State::expired>, 1},
    by_amount,
    by_phone,
    by_label,
    by_code,
    by_id,
    Filter{"their_id", "text", "the merchant's custom_transaction_id", is_theirs},
    Filter{"receipt", "text", "M-PESA's receipt", has_receipt},
    Filter{"review", "text", "yes: those that wait for a person", needs_review}};

constexpr std::array columns{
    Column{"order_id", 0, write_id},
    Column{"created_at", 11, write_time, In::sheet},
    Column{"local", 11, write_local},
    Column{"merchant", 2, write_slug},
    Column{"custom_transaction_id", 1, write_text},
    Column{"label", 3, write_text, In::sheet},
    Column{"state", 4, write_name<State::expired>},
    Column{"amount", 5, write_amount},
    Column{"currency", 6, write_text, In::sheet},
    Column{"phone", 7, write_phone},
    Column{"receipt", 8, write_text},
    Column{"result_code", 9, write_text},
    Column{"result_text", 9, write_words_of_payment},
    Column{"needs_review", 10, write_flag<lango::deposits::Flag::attention>, In::sheet},
    Column{"closed_at", 12, write_time, In::sheet},
};

#define LANGO_LISTED                                                                    \
    "SELECT d.id, d.custom_transaction_id, d.merchant_id, d.label, d.state, d.amount, " \
    "d.currency, d.phone, d.receipt, d.result_code, d.flags, d.created_at, d.closed_at FROM ("
#define LANGO_LOOKED_AT                                                                 \
    "SELECT id FROM (SELECT id, merchant_id, state, amount, phone, label, result_code " \
    "FROM deposits WHERE "
#define LANGO_WITHIN "id < ?1 AND id >= ?2 ORDER BY id DESC LIMIT "
#define LANGO_ASKED                                                                           \
    "(?6 IS NULL OR state = ?6) AND (?7 IS NULL OR amount BETWEEN ?7 AND ?8) AND "            \
    "(?9 IS NULL OR phone = ?9) AND (?10 IS NULL OR label = ?10) AND "                        \
    "(?11 IS NULL OR result_code = ?11) LIMIT ?4) f CROSS JOIN deposits d WHERE d.id = f.id " \
    "ORDER BY d.id DESC"

}  // namespace

constinit const Noun deposits{
    .name = "deposit",
    .plural = "deposits",
    .path = "/admin/deposits",
    .filters = filters,
    .columns = columns,
    .key = Key::id,
    .owner = 2,
    .looks = 20'000,
    .page = LANGO_LISTED LANGO_LOOKED_AT LANGO_WITHIN
    "?3) s WHERE (?5 IS NULL OR merchant_id = ?5) AND " LANGO_ASKED,
    .rest = "SELECT id + 1 FROM deposits WHERE " LANGO_WITHIN "1 OFFSET ?3",
};

#undef LANGO_LISTED
#undef LANGO_LOOKED_AT
#undef LANGO_WITHIN
#undef LANGO_ASKED

}  // namespace lango::backoffice::lists
