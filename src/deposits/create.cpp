#include "deposits/create.hpp"

#include <chrono>
#include <optional>

#include "base/check.hpp"
#include "deposits/deposit.hpp"
#include "store/words.hpp"

namespace lango::deposits {

namespace {

std::string phone_busy(Duration open_for) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(open_for).count();
    return "A payment request is already open on this phone. Try again in " +
           std::to_string(seconds) + " seconds.";
}

// False: there is one of that name, or of before with blanks around it, and nothing was written.
bool insert(store::Tx& tx, const NewDeposit& deposit, Instant push_at, Instant now) {
    return insert(tx, Deposit{.id = deposit.id,
                              .merchant = deposit.merchant,
                              .custom_transaction_id = deposit.custom_transaction_id,
                              .label = deposit.label,
                              .phone = deposit.phone,
                              .amount = deposit.amount,
                              .events = 1,
                              .due_at = push_at,
                              .created_at = now,
                              .attempt = deposit.attempt,
                              .fee = deposit.fee});
}

// Why the name may not be used; nothing when nobody has it or it gives way.
std::optional<std::string> why_not(store::Reader& reader, const NewDeposit& deposit,
                                   const Spacing& spacing, Instant now) {
    if (deposit.merchants_own) {
        return why_taken(reader, deposit.merchant, deposit.custom_transaction_id,
                         spacing.prompt_life, now);
    }
    const bool taken = find(reader, deposit.merchant, deposit.custom_transaction_id).has_value();
    return taken ? std::optional<std::string>{id_taken} : std::nullopt;
}

}  // namespace

Result<void, Refusals> create(store::Tx& tx, const NewDeposit& deposit, const Spacing& spacing,
                              Instant now) {
    const auto guard_answer = ask_guard(tx, deposit.phone, deposit.amount, spacing, now);
    if (guard_answer.open_for) {
        Refusals refusals{{"phone_number", phone_busy(*guard_answer.open_for)}};
        if (auto why = why_not(tx, deposit, spacing, now)) {
            refusals.emplace_back("custom_transaction_id", *std::move(why));
        }
        return Unexpected<Refusals>{std::move(refusals)};
    }
    LANGO_CHECK(guard_answer.push_at >= now, "nothing is pushed before it was asked for");
    // The unique key decides; asking first would be a second descent of the same index.
    if (!insert(tx, deposit, guard_answer.push_at, now)) {
        if (auto why = why_not(tx, deposit, spacing, now)) {
            return Unexpected<Refusals>{Refusals{{"custom_transaction_id", *std::move(why)}}};
        }
        give_way(tx, deposit.merchant, deposit.custom_transaction_id, deposit.id, now);
        const bool is_free = insert(tx, deposit, guard_answer.push_at, now);
        LANGO_REQUIRE(is_free);
    }
    const auto told = tx.run(
        "INSERT INTO deposit_events (deposit_id, number, at, state, kind, detail) "
        "VALUES (?1, 1, ?2, " LANGO_DEPOSIT_CREATED ", " LANGO_DEPOSIT_EVENT_CREATED ", '')",
        deposit.id, now);
    LANGO_CHECK(told == 1, "a deposit begins with its first event");
    if (deposit.attempt > 1) {
        tx.run("UPDATE deposits SET flags = flags | " LANGO_DEPOSIT_FLAG_TRIED_AGAIN
               " WHERE id IN (SELECT deposit_id FROM deposit_keys WHERE merchant_id = ?1 "
               "AND custom_transaction_id = ?2 AND attempt < ?3)",
               deposit.merchant, deposit.custom_transaction_id, deposit.attempt);
    }
    guard(tx, deposit.id, deposit.phone, deposit.amount, guard_answer.push_at, spacing);
    return {};
}

}  // namespace lango::deposits
