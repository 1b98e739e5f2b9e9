#include "deposits/create.hpp"

#include <chrono>

#include "deposits/deposit.hpp"

namespace lango::deposits {

namespace {

std::string phone_busy(Duration open_for) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(open_for).count();
    return "A payment request is already open on this phone. Try again in " +
           std::to_string(seconds) + " seconds.";
}

}  // namespace

Result<void, Refusals> create(store::Tx& tx, const NewDeposit& deposit, const Spacing& spacing,
                              Instant now) {
    const auto guard_answer = ask_guard(tx, deposit.phone, deposit.amount, spacing, now);
    if (guard_answer.open_for) {
        Refusals refusals{{"phone_number", phone_busy(*guard_answer.open_for)}};
        if (find(tx, deposit.merchant, deposit.custom_transaction_id)) {
            refusals.emplace_back("custom_transaction_id", id_taken);
        }
        return Unexpected<Refusals>{std::move(refusals)};
    }
    // The unique key decides; asking first would be a second descent of the same index.
    const auto inserted = tx.run(
        "INSERT INTO deposits (id, merchant_id, custom_transaction_id, label, phone, amount, "
        "currency, state, events, tries, due_at, flags, created_at, attempt) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, 1, 0, ?8, 0, ?9, ?10) "
        "ON CONFLICT (merchant_id, custom_transaction_id, attempt) DO NOTHING",
        deposit.id, deposit.merchant, deposit.custom_transaction_id, deposit.label,
        deposit.phone.number(), deposit.amount.minor(), deposit.amount.currency().code(),
        guard_answer.push_at, now, deposit.attempt);
    if (inserted == 0) {
        return Unexpected<Refusals>{Refusals{{"custom_transaction_id", id_taken}}};
    }
    tx.run(
        "INSERT INTO deposit_events (deposit_id, number, at, state, kind, detail) "
        "VALUES (?1, 1, ?2, 1, 1, '')",
        deposit.id, now);
    if (deposit.attempt > 1) {
        tx.run(
            "UPDATE deposits SET flags = flags | 4 "
            "WHERE merchant_id = ?1 AND custom_transaction_id = ?2 AND attempt < ?3",
            deposit.merchant, deposit.custom_transaction_id, deposit.attempt);
    }
    guard(tx, deposit.id, deposit.phone, deposit.amount, guard_answer.push_at, spacing);
    return {};
}

}  // namespace lango::deposits
