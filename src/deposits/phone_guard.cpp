#include "deposits/phone_guard.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/ids.hpp"
#include "store/words.hpp"

namespace lango::deposits {

Spacing spacing(const rails::Capabilities& capabilities) {
    return {.prompt_life = capabilities.prompt_life,
            .any_amount = capabilities.phone_spacing,
            .same_amount = capabilities.same_amount_spacing};
}

Duration longest_wait(const Spacing& spacing) { return spacing.any_amount + spacing.same_amount; }

namespace {

// A deposit reaches its push within ten minutes of its creation or never (Timing::push_retry_for),
// and its prompt matters for a while after that.
constexpr Duration push_within = std::chrono::minutes{10};
constexpr int pruned_at_once = 5000;

}  // namespace

GuardAnswer ask_guard(store::Tx& tx, Msisdn phone, Money amount, const Spacing& spacing,
                      Instant now) {
    struct Last {
        std::int64_t amount;
        Instant push;
        Instant open_until;
        bool not_yet_pushed;
    };
    std::optional<Last> last;
    bool made = false;
    const auto look = [&] {
        tx.each(
            "SELECT g.phone, g.amount, g.last_push, g.open_until, d.state FROM phone_guards g "
            "LEFT JOIN deposits d ON d.id = g.deposit_id WHERE g.phone IN (0, ?1)",
            [&](const store::Row& row) {
                made = made || row.integer(0) == 0;
                if (row.integer(0) == 0) return;
                last = Last{.amount = row.integer(1),
                            .push = row.instant(2),
                            .open_until = row.instant(3),
                            .not_yet_pushed = !row.is_null(4) && row.integer(4) == 1};
            },
            phone.number());
    };
    look();
    if (!made) {
        rebuild_guards(tx, spacing, now);
        look();
    }
    if (!last) return {.open_for = std::nullopt, .push_at = now};
    if (last->open_until > now) {
        const auto left = last->open_until - now;
        const bool is_possible = left <= longest_wait(spacing) + spacing.prompt_life;
        return {.open_for = is_possible ? left : spacing.prompt_life, .push_at = now};
    }
    // Its push is late: the rail is slow or down. The prompt is still to come.
    if (last->not_yet_pushed) return {.open_for = spacing.prompt_life, .push_at = now};
    const auto pause = last->amount == amount.minor() ? spacing.same_amount : spacing.any_amount;
    // From the later of push and end: the rail counts from the payment, not from the prompt.
    const auto from = std::max(last->push, last->open_until);
    return {.open_for = std::nullopt, .push_at = std::max(now, from + pause)};
}

void guard(store::Tx& tx, DepositId deposit, Msisdn phone, Money amount, Instant push_at,
           const Spacing& spacing) {
    tx.run(
        "INSERT INTO phone_guards (phone, deposit_id, amount, last_push, open_until) "
        "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (phone) DO UPDATE SET "
        "deposit_id = excluded.deposit_id, amount = excluded.amount, "
        "last_push = excluded.last_push, open_until = excluded.open_until",
        phone.number(), deposit, amount.minor(), push_at, push_at + spacing.prompt_life);
}

void move_guard(store::Tx& tx, DepositId deposit, Msisdn phone, Instant push_at) {
    tx.run(
        "UPDATE phone_guards SET last_push = ?3, open_until = open_until + (?3 - last_push) "
        "WHERE phone = ?1 AND deposit_id = ?2 AND last_push < ?3",
        phone.number(), deposit, push_at);
}

void release_guard(store::Tx& tx, DepositId deposit, Msisdn phone, Instant now) {
    tx.run(
        "UPDATE phone_guards SET open_until = ?3 "
        "WHERE phone = ?1 AND deposit_id = ?2 AND open_until > ?3",
        phone.number(), deposit, now);
}

void bound_guards(store::Tx& tx, const Spacing& spacing, Instant now) {
    tx.run(
        "UPDATE phone_guards SET last_push = MIN(last_push, ?1), open_until = ?2 "
        "WHERE phone > 0 AND (last_push > ?3 OR open_until > ?4)",
        now, now + spacing.prompt_life, now + longest_wait(spacing),
        now + longest_wait(spacing) + spacing.prompt_life);
}

void rebuild_guards(store::Tx& tx, const Spacing& spacing, Instant now) {
    tx.run("DELETE FROM phone_guards");
    tx.run(
        "INSERT INTO phone_guards (phone, deposit_id, amount, last_push, open_until) "
        "VALUES (0, 0, 0, 0, 0)");
    // Oldest first, so that the last push of a phone is the one that stays. A push to come is where
    // its row is due; one that went out counts until its prompt has ended, by its outcome or by
    // itself.
    const auto matters = spacing.prompt_life + spacing.same_amount;
    tx.run(
        "INSERT INTO phone_guards (phone, deposit_id, amount, last_push, open_until) "
        "SELECT phone, id, amount, push, "
        "CASE WHEN closed_at < push + ?2 THEN closed_at ELSE push + ?2 END FROM ("
        "SELECT phone, id, amount, closed_at, state, "
        "CASE WHEN state = " LANGO_DEPOSIT_CREATED
        " THEN COALESCE(due_at, created_at) ELSE COALESCE(pushed_at, created_at) END AS push FROM "
        "deposits WHERE id >= ?1) AS pushes WHERE push >= ?3 OR state = " LANGO_DEPOSIT_CREATED
        " ORDER BY id ON CONFLICT (phone) DO UPDATE SET deposit_id = excluded.deposit_id, amount = "
        "excluded.amount, last_push = excluded.last_push, "
        "open_until = excluded.open_until",
        id_floor(now - push_within - matters), spacing.prompt_life.count(), now - matters);
    bound_guards(tx, spacing, now);
}

std::int64_t prune_guards(store::Tx& tx, const Spacing& spacing, Instant now, std::int64_t after) {
    const auto last = tx.first(
        "SELECT MAX(phone) FROM (SELECT phone FROM phone_guards WHERE phone > ?1 "
        "ORDER BY phone LIMIT ?2) AS slice",
        [](const store::Row& row) { return row.is_null(0) ? std::int64_t{0} : row.integer(0); },
        after, pruned_at_once);
    const auto until = last.value_or(0);
    if (until == 0) return 0;
    LANGO_CHECK(until > after, "phones are looked through forwards");
    // A push that is late keeps its guard: who is to push still stands in deposits.
    tx.run(
        "DELETE FROM phone_guards WHERE phone > ?1 AND phone <= ?2 AND open_until < ?3 "
        "AND last_push < ?3 AND NOT EXISTS (SELECT 1 FROM deposits d "
        "WHERE d.id = phone_guards.deposit_id AND d.state = " LANGO_DEPOSIT_CREATED ")",
        after, until, now - spacing.same_amount);
    return until;
}

}  // namespace lango::deposits
