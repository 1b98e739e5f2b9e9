#include "withdrawals/unapplied.hpp"

#include <limits>

#include "unreadable/unreadable.hpp"

namespace lango::withdrawals {

namespace {

using rails::PayoutSource;

RailMessageKind kind_of(PayoutSource source) {
    if (source == PayoutSource::result) return RailMessageKind::result;
    return source == PayoutSource::timeout ? RailMessageKind::timeout : RailMessageKind::status;
}

struct Last {
    WithdrawalId id;
    std::string detail;  // of its last event
};

// By statements, as all here: the row itself may be what cannot be read.
std::optional<Last> payout_of(store::Reader& reader, WithdrawalId id,
                              const rails::PayoutSeen& seen) {
    return reader.first(
        "SELECT w.id, COALESCE((SELECT e.detail FROM withdrawal_events e "
        "WHERE e.withdrawal_id = w.id ORDER BY e.number DESC LIMIT 1), '') FROM withdrawals w "
        "WHERE w.id = ?1 OR (?2 <> '' AND w.payout_id = ?2) ORDER BY w.id = ?1 DESC LIMIT 1",
        [](const store::Row& row) {
            return Last{.id = WithdrawalId{row.integer(0)}, .detail = row.string(1)};
        },
        id, seen.our_id);
}

}  // namespace

void keep_unapplied(store::Tx& tx, WithdrawalId id, const rails::PayoutSeen& seen,
                    std::string_view why, Instant now) {
    const auto payout = payout_of(tx, id, seen);
    if (!payout) {
        unreadable::keep(tx,
                         {.door = seen.source == PayoutSource::status ? unreadable::Door::status
                                                                      : unreadable::Door::result,
                          .subject = hex16(id.value()),
                          .why = std::string{why},
                          .body = seen.raw},
                         now);
        return;
    }
    const auto call = "what the rail said was not applied: " + std::string{why};
    const bool is_news = payout->detail != call;
    if (!seen.raw.empty()) {
        static_cast<void>(keep_message(tx, payout->id, kind_of(seen.source), now, seen.raw,
                                       is_news ? std::numeric_limits<int>::max() : messages_max));
    }
    if (!is_news) return;
    tx.run("UPDATE withdrawals SET flags = flags | " LANGO_WITHDRAWAL_FLAG_ATTENTION
           ", events = events + 1 WHERE id = ?1",
           payout->id);
    tx.run(
        "INSERT INTO withdrawal_events (withdrawal_id, number, at, state, kind, detail) "
        "SELECT id, events, ?2, state, ?3, ?4 FROM withdrawals WHERE id = ?1",
        payout->id, now, static_cast<int>(EventKind::needs_person), call);
}

}  // namespace lango::withdrawals
