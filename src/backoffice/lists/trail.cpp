// What people did: their acts, and what they changed of merchants' settings, from what to what.
#include "backoffice/lists/columns.hpp"
#include "backoffice/lists/filters.hpp"
#include "backoffice/lists/nouns.hpp"

namespace lango::backoffice::lists {

namespace {

constexpr std::array filters{
    by_since,
    by_until,
    Filter{"", "", "", bind_tie, 1, true},
    Filter{"who", "text", "a person's name", bind_text, 1},
    Filter{"act", "text", "a part of what was done, such as refund", bind_text, 1},
    Filter{"subject", "text", "what it was done to: an id, a name, a merchant's slug", bind_text,
           1}};

constexpr std::array columns{
    Column{"at", 0, write_time, In::sheet}, Column{"local", 0, write_local},
    Column{"who", 2, write_text},           Column{"act", 3, write_text},
    Column{"subject", 4, write_text},       Column{"detail", 5, write_text},
    Column{"before", 6, write_text},        Column{"after", 7, write_text},
};

// Acts have even ties and changes odd ones, each its own: several may stand at one time.
#define LANGO_BOTH                                                                                \
    "(SELECT * FROM (SELECT at, number * 2 AS tie, who, act, subject, detail, '' AS before, "     \
    "'' AS after FROM operator_acts WHERE at <= ?1 AND at >= ?2 AND "                             \
    "(at < ?1 OR number * 2 < ?5) ORDER BY at DESC, number DESC LIMIT ?3) UNION ALL "             \
    "SELECT * FROM (SELECT c.at, (c.merchant_id * 4294967296 + c.number) * 2 + 1 AS tie, c.who, " \
    "'setting changed' AS act, COALESCE(m.slug, '') AS subject, c.setting AS detail, c.before, "  \
    "c.after FROM merchant_changes c LEFT JOIN merchants m ON m.id = c.merchant_id "              \
    "WHERE c.at <= ?1 AND c.at >= ?2 AND "                                                        \
    "(c.at < ?1 OR (c.merchant_id * 4294967296 + c.number) * 2 + 1 < ?5) "                        \
    "ORDER BY c.at DESC, c.merchant_id DESC, c.number DESC LIMIT ?3) "                            \
    "ORDER BY at DESC, tie DESC LIMIT ?3) s "

}  // namespace

constinit const Noun trail{
    .name = "trail",
    .plural = "acts",
    .path = "/admin/trail",
    .filters = filters,
    .columns = columns,
    .key = Key::time,
    .looks = 5'000,
    .page = "SELECT at, tie, who, act, subject, detail, before, after FROM " LANGO_BOTH
            "WHERE (?6 IS NULL OR who = ?6) AND (?7 IS NULL OR act LIKE '%' || ?7 || '%') AND "
            "(?8 IS NULL OR subject = ?8) LIMIT ?4",
    .rest = "SELECT at, tie + 1 FROM " LANGO_BOTH "LIMIT 1 OFFSET ?4",
};

#undef LANGO_BOTH

}  // namespace lango::backoffice::lists
