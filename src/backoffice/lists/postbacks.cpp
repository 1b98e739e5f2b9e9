// Postbacks, and events of failed deposits, which stand in tables of their own and look alike.
#include "postbacks/postback.hpp"

#include "backoffice/lists/by_index.hpp"
#include "backoffice/lists/columns.hpp"
#include "backoffice/lists/filters.hpp"
#include "backoffice/lists/nouns.hpp"
#include "base/typed.hpp"
#include "postbacks/attempts.hpp"

namespace lango::backoffice::lists {

namespace {

using lango::postbacks::AttemptOutcome;
using lango::postbacks::State;

bool is_of_payment(Asked& asked, const std::string& text) {
    const auto payment = typed::id(text);
    if (!payment) return false;
    asked.only(ids_of(asked, "SELECT id FROM postbacks WHERE subject_id = ?1", *payment));
    return true;
}

// "msg_" and 16 hex digits, as the merchant's server was told.
bool is_message(Asked& asked, const std::string& text) {
    return is_id(asked, text.starts_with("msg_") ? text.substr(4) : text);
}

constexpr Filter by_state{"state", "text", "waiting, delivered or exhausted",
                          bind_name<State::exhausted>, 1};
constexpr Filter by_attempts{"attempts", "number", "how many, or more", bind_number, 1};
constexpr Filter by_status{"status", "number", "the last answer's HTTP status; 0: no answer",
                           bind_number, 1};

constexpr std::array filters{
    by_merchant,
    by_since,
    by_until,
    by_state,
    by_attempts,
    by_status,
    Filter{"id", "id", "msg_ and 16 hex digits", is_message},
    Filter{"payment", "id", "16 hex digits, of what it tells", is_of_payment}};
constexpr std::array event_filters{by_merchant,
                                   by_since,
                                   by_until,
                                   by_state,
                                   by_attempts,
                                   by_status,
                                   Filter{"payment", "id", "16 hex digits", is_id}};

constexpr std::array columns{
    Column{"id", 0, write_message_id},
    Column{"created_at", 5, write_time, In::sheet},
    Column{"local", 5, write_local},
    Column{"merchant", 1, write_slug},
    Column{"payment", 2, write_id},
    Column{"state", 3, write_name<State::exhausted>},
    Column{"attempts", 4, write_number},
    Column{"last_outcome", 7, write_name<AttemptOutcome::gateway_died>},
    Column{"last_status", 8, write_number},
    Column{"last_at", 9, write_time, In::sheet},
    Column{"next_try", 6, write_time},
};

#define LANGO_ASKED                                                        \
    "(?5 IS NULL OR merchant_id = ?5) AND (?6 IS NULL OR state = ?6) AND " \
    "(?7 IS NULL OR attempts >= ?7) AND (?8 IS NULL OR (SELECT a.status FROM "

}  // namespace

constinit const Noun postbacks{
    .name = "postback",
    .plural = "postbacks",
    .path = "/admin/postbacks",
    .filters = filters,
    .columns = columns,
    .key = Key::id,
    .owner = 1,
    .looks = 5'000,
    .page =
        "SELECT p.id, p.merchant_id, p.subject_id, p.state, p.attempts, p.created_at, p.due_at, "
        "COALESCE((SELECT a.outcome FROM postback_attempts a WHERE a.postback_id = p.id "
        "ORDER BY a.number DESC LIMIT 1), 0), "
        "(SELECT a.status FROM postback_attempts a WHERE a.postback_id = p.id "
        "ORDER BY a.number DESC LIMIT 1), "
        "(SELECT a.at FROM postback_attempts a WHERE a.postback_id = p.id "
        "ORDER BY a.number DESC LIMIT 1) "
        "FROM (SELECT id FROM (SELECT id, merchant_id, state, attempts FROM postbacks "
        "WHERE id < ?1 AND id >= ?2 ORDER BY id DESC LIMIT ?3) s WHERE " LANGO_ASKED
        "postback_attempts a WHERE a.postback_id = s.id ORDER BY a.number DESC LIMIT 1) = ?8) "
        "LIMIT ?4) f CROSS JOIN postbacks p WHERE p.id = f.id ORDER BY p.id DESC",
    .rest =
        "SELECT id + 1 FROM postbacks WHERE id < ?1 AND id >= ?2 ORDER BY id DESC LIMIT 1 "
        "OFFSET ?3",
};

constinit const Noun events{
    .name = "event",
    .plural = "events",
    .path = "/admin/postbacks/events",
    .filters = event_filters,
    .columns = columns,
    .key = Key::id,
    .owner = 1,
    .looks = 5'000,
    .page =
        "SELECT p.id, p.merchant_id, p.id, p.state, p.attempts, p.created_at, p.due_at, "
        "COALESCE((SELECT a.outcome FROM webhook_event_attempts a WHERE a.event_id = p.id "
        "ORDER BY a.number DESC LIMIT 1), 0), "
        "(SELECT a.status FROM webhook_event_attempts a WHERE a.event_id = p.id "
        "ORDER BY a.number DESC LIMIT 1), "
        "(SELECT a.at FROM webhook_event_attempts a WHERE a.event_id = p.id "
        "ORDER BY a.number DESC LIMIT 1) "
        "FROM (SELECT id FROM (SELECT id, merchant_id, state, attempts FROM webhook_events "
        "WHERE id < ?1 AND id >= ?2 ORDER BY id DESC LIMIT ?3) s WHERE " LANGO_ASKED
        "webhook_event_attempts a WHERE a.event_id = s.id ORDER BY a.number DESC LIMIT 1) = ?8) "
        "LIMIT ?4) f CROSS JOIN webhook_events p WHERE p.id = f.id ORDER BY p.id DESC",
    .rest =
        "SELECT id + 1 FROM webhook_events WHERE id < ?1 AND id >= ?2 ORDER BY id DESC "
        "LIMIT 1 OFFSET ?3",
};

#undef LANGO_ASKED

}  // namespace lango::backoffice::lists
