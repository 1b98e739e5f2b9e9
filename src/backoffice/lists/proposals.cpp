#include "approvals/proposal.hpp"
#include "backoffice/lists/columns.hpp"
#include "backoffice/lists/filters.hpp"
#include "backoffice/lists/nouns.hpp"
#include "backoffice/proposed_call.hpp"

namespace lango::backoffice::lists {

namespace {

using approvals::State;

// Binds 3: an open one that was proposed before the first or after the second is expired.
bool bind_life(Asked& asked, const std::string& /*text*/) {
    asked.bind(to_micros(asked.now - approvals::lives));
    asked.bind(to_micros(asked.now + approvals::lives));
    asked.bind(static_cast<std::int64_t>(State::expired));
    return true;
}

// It cannot be carried out as it stands (backoffice/proposed_call.hpp).
void write_damaged(const Cell& cell) {
    approvals::Proposal stored;
    stored.use_case = cell.row.string(1);
    stored.path = cell.row.string(2);
    stored.body = cell.row.string(3);
    cell.writer.boolean(!backoffice::read(stored));
}

constexpr std::array filters{
    Filter{"", "", "", bind_life, 3, true},
    by_merchant,
    Filter{"since", "time", time_form, bind_time, 1},
    Filter{"until", "time", time_form, bind_time, 1},
    Filter{"state", "text", "open, agreed, carried_out, refused, rejected, withdrawn or expired",
           bind_name<State::expired>, 1},
    Filter{"kind", "text", "a use case, such as deposit.resolve", bind_text, 1},
    Filter{"by", "text", "who proposed it", bind_text, 1},
    Filter{"code", "text", "the code of what is proposed", bind_text, 1}};

constexpr std::array columns{
    Column{"number", 0, write_number},      Column{"proposed_at", 6, write_time, In::sheet},
    Column{"local", 6, write_local},        Column{"state", 7, write_name<State::expired>},
    Column{"use_case", 1, write_text},      Column{"path", 2, write_text},
    Column{"body", 3, write_raw, In::json}, Column{"damaged", 3, write_damaged, In::json},
    Column{"code", 4, write_text},          Column{"proposed_by", 5, write_text},
    Column{"merchant", 11, write_slug},     Column{"ended_at", 8, write_time, In::sheet},
    Column{"ended_by", 9, write_text},      Column{"outcome", 10, write_text, In::sheet},
};

#define LANGO_STATE                           \
    "(CASE WHEN state = " LANGO_PROPOSAL_OPEN \
    " AND (proposed_at < ?6 OR proposed_at > ?7) THEN ?8 ELSE state END)"

}  // namespace

constinit const Noun proposals{
    .name = "proposal",
    .plural = "proposals",
    .path = "/admin/proposals",
    .filters = filters,
    .columns = columns,
    .key = Key::number,
    .owner = 11,
    .looks = 5'000,
    .page =
        "SELECT number, use_case, path, body, code, proposed_by, proposed_at, stands, ended_at, "
        "ended_by, outcome, merchant_id FROM (SELECT number, use_case, path, body, code, "
        "proposed_by, "
        "proposed_at, " LANGO_STATE
        " AS stands, ended_at, ended_by, outcome, merchant_id FROM proposals WHERE number < ?1 AND "
        "number >= ?2 ORDER BY number DESC LIMIT ?3) s WHERE (?5 IS NULL OR merchant_id = ?5) "
        "AND (?9 IS NULL OR proposed_at >= ?9) "
        "AND (?10 IS NULL OR proposed_at < ?10) AND (?11 IS NULL OR stands = ?11) AND "
        "(?12 IS NULL OR use_case = ?12) AND (?13 IS NULL OR proposed_by = ?13) AND "
        "(?14 IS NULL OR code = ?14) LIMIT ?4",
    .rest =
        "SELECT number + 1 FROM proposals WHERE number < ?1 AND number >= ?2 "
        "ORDER BY number DESC LIMIT 1 OFFSET ?3",
};

#undef LANGO_STATE

}  // namespace lango::backoffice::lists
