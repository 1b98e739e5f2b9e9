#include "deposits/phone_guard.hpp"

#include <algorithm>

#include "base/ids.hpp"

namespace lango::deposits {

Spacing spacing(const rails::Capabilities& capabilities) {
    return {.prompt_life = capabilities.prompt_life,
            .any_amount = capabilities.phone_spacing,
            .same_amount = capabilities.same_amount_spacing};
}

GuardAnswer ask_guard(store::Reader& reader, Msisdn phone, Money amount, const Spacing& spacing,
                      Instant now) {
    struct Last {
        std::int64_t amount;
        Instant push;
        Instant open_until;
    };
    const auto last = reader.first(
        "SELECT amount, last_push, open_until FROM phone_guards WHERE phone = ?1",
        [](const store::Row& row) { return Last{row.integer(0), row.instant(1), row.instant(2)}; },
        phone.number());
    if (!last) return {.open_for = std::nullopt, .push_at = now};
    if (last->open_until > now) return {.open_for = last->open_until - now, .push_at = now};
    const auto pause = last->amount == amount.minor() ? spacing.same_amount : spacing.any_amount;
    // From the later of push and end: the rail counts from the payment, not from the prompt.
    const auto from = std::max(last->push, last->open_until);
    return {.open_for = std::nullopt, .push_at = std::max(now, from + pause)};
}

void guard(store::Tx& tx, Msisdn phone, Money amount, Instant push_at, const Spacing& spacing) {
    tx.run(
        "INSERT INTO phone_guards (phone, amount, last_push, open_until) "
        "VALUES (?1, ?2, ?3, ?4) ON CONFLICT (phone) DO UPDATE SET amount = excluded.amount, "
        "last_push = excluded.last_push, open_until = excluded.open_until",
        phone.number(), amount.minor(), push_at, push_at + spacing.prompt_life);
}

void release_guard(store::Tx& tx, Msisdn phone, Instant now) {
    tx.run("UPDATE phone_guards SET open_until = ?2 WHERE phone = ?1 AND open_until > ?2",
           phone.number(), now);
}

void rebuild_guards(store::Tx& tx, const Spacing& spacing, Instant now) {
    tx.run("DELETE FROM phone_guards");
    // Oldest first, so that the last push of a phone is the one that stays. A deposit in line for
    // its push was created at most one spacing before it.
    const auto since = now - 2 * (spacing.prompt_life + spacing.same_amount);
    tx.run(
        "INSERT INTO phone_guards (phone, amount, last_push, open_until) "
        "SELECT phone, amount, COALESCE(pushed_at, due_at, created_at), "
        "COALESCE(closed_at, COALESCE(pushed_at, due_at, created_at) + ?2) "
        "FROM deposits WHERE id >= ?1 ORDER BY id "
        "ON CONFLICT (phone) DO UPDATE SET amount = excluded.amount, "
        "last_push = excluded.last_push, open_until = excluded.open_until",
        id_floor(since), spacing.prompt_life.count());
}

void prune_guards(store::Tx& tx, const Spacing& spacing, Instant now) {
    tx.run("DELETE FROM phone_guards WHERE open_until < ?1 AND last_push < ?1",
           now - spacing.same_amount);
}

}  // namespace lango::deposits
