#include "backoffice/lists/by_index.hpp"
#include "backoffice/lists/columns.hpp"
#include "backoffice/lists/filters.hpp"
#include "backoffice/lists/nouns.hpp"
#include "base/typed.hpp"
#include "ledger/ledger.hpp"
#include "rails/payer_phone.hpp"
#include "suspense/item.hpp"
#include "suspense/rest.hpp"

namespace lango::backoffice::lists {

namespace {

using lango::suspense::Reason;

// Whether something is left of it.
bool bind_open(Asked& asked, const std::string& text) {
    if (text != "open" && text != "closed") return false;
    asked.bind(std::int64_t{text == "open" ? 1 : 0});
    return true;
}

bool is_receipt(Asked& asked, const std::string& text) {
    asked.only(ids_of(asked, "SELECT id FROM suspense_items WHERE receipt = ?1",
                      ledger::meant_receipt(asked.reader, text)));
    return true;
}

// As the rail gave it: at most what a mask shows.
void write_payer(const Cell& cell) { cell.writer.string(rails::shown(cell.row.text(cell.at))); }

constexpr std::array filters{
    by_merchant,
    by_since,
    by_until,
    Filter{"state", "text", "open (something is left of it) or closed", bind_open, 1},
    Filter{"reason", "text",
           "no_order, underpaid, overpaid, paid_twice, amount_differs, earlier or lost_order",
           bind_name<Reason::lost_order>, 1},
    by_amount,
    Filter{"phone", "phone", "a Kenyan number, which the rail gave whole", bind_phone_text, 1},
    Filter{"reference", "text", "what the payer typed", bind_text, 1},
    Filter{"order", "id", "16 hex digits, of the deposit it is about or was given to", bind_id, 1},
    Filter{"receipt", "text", "M-PESA's receipt", is_receipt}};

constexpr std::array columns{
    Column{"receipt", 2, write_text},
    Column{"booked_at", 12, write_time, In::sheet},
    Column{"local", 12, write_local},
    Column{"merchant", 1, write_slug},
    Column{"reason", 6, write_name<Reason::lost_order>},
    Column{"amount", 3, write_amount},
    Column{"left", 15, write_amount},
    Column{"allocated", 4, write_amount, In::sheet},
    Column{"written_off", 5, write_amount, In::sheet},
    Column{"phone", 8, write_payer},
    Column{"reference", 7, write_text},
    Column{"about_order", 9, write_id},
    Column{"credited_order", 10, write_id},
    Column{"paid_at", 11, write_time, In::sheet},
    Column{"allocated_at", 13, write_time, In::sheet},
    Column{"allocated_by", 14, write_text, In::sheet},
};

// Whose order it is about, or was given to.
#define LANGO_OWNER \
    "(SELECT d.merchant_id FROM deposits d WHERE d.id = COALESCE(i.credited_id, i.about_id))"

}  // namespace

constinit const Noun suspense{
    .name = "suspense",
    .plural = "suspense",
    .path = "/admin/suspense",
    .filters = filters,
    .columns = columns,
    .key = Key::id,
    .owner = 1,
    .looks = 5'000,
    .page = "SELECT i.id, " LANGO_OWNER
            ", i.receipt, i.amount, i.allocated, i.written_off, i.reason, i.reference, i.phone, "
            "i.about_id, i.credited_id, i.paid_at, i.booked_at, i.allocated_at, "
            "i.allocated_by, " LANGO_ITEM_REST
            " FROM (SELECT id FROM (SELECT id, receipt, amount, allocated, written_off, reason, "
            "reference, phone, about_id, credited_id FROM suspense_items WHERE id < ?1 AND "
            "id >= ?2 ORDER BY id DESC LIMIT ?3) i WHERE (?5 IS NULL OR " LANGO_OWNER
            " = ?5) AND (?6 IS NULL OR (CASE WHEN " LANGO_ITEM_REST
            " > 0 THEN 1 ELSE 0 END) = ?6) AND "
            "(?7 IS NULL OR reason = ?7) AND (?8 IS NULL OR amount BETWEEN ?8 AND ?9) AND "
            "(?10 IS NULL OR phone = ?10) AND (?11 IS NULL OR reference = ?11) AND "
            "(?12 IS NULL OR about_id = ?12 OR credited_id = ?12) LIMIT ?4) f "
            "CROSS JOIN suspense_items i WHERE i.id = f.id ORDER BY i.id DESC",
    .rest =
        "SELECT id + 1 FROM suspense_items WHERE id < ?1 AND id >= ?2 ORDER BY id DESC LIMIT 1 "
        "OFFSET ?3",
};

#undef LANGO_OWNER

}  // namespace lango::backoffice::lists
