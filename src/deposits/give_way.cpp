#include "deposits/give_way.hpp"

#include <algorithm>
#include <chrono>

#include "base/check.hpp"
#include "deposits/deposit.hpp"

namespace lango::deposits {

namespace {

using namespace std::chrono_literals;

// How long until the attempt's prompt has an outcome, as far as anybody knows; nothing when it has
// one. What is asked about without an end in sight is looked at again with its next question.
std::optional<Duration> open_for(const Deposit& attempt, Duration prompt_life, Instant now) {
    if (is_closed(attempt.state)) return std::nullopt;
    if (attempt.state == State::created) {
        return std::max(attempt.due_at.value_or(now) - now, Duration{0}) + prompt_life;
    }
    const auto prompt_ends = attempt.pushed_at.value_or(now) + prompt_life;
    const auto asked_at = attempt.due_at.value_or(now + 1min);
    return std::max<Duration>((prompt_ends > now ? prompt_ends : asked_at) - now, 1s);
}

// Whether the name came by a link that the shop had not signed (window_orders is the window's).
bool is_payers_word(store::Reader& reader, MerchantId merchant, std::string_view name) {
    return reader
        .first(
            "SELECT 1 FROM window_orders WHERE merchant_id = ?1 AND custom_transaction_id = ?2 "
            "AND signed = 0",
            [](const store::Row&) { return true; }, merchant, name)
        .has_value();
}

// Whether anybody has the name: a deposit, an order of the window, or one of before by what it
// would be called today.
bool is_anybodys(store::Reader& reader, MerchantId merchant, std::string_view name) {
    return reader
        .first(
            "SELECT 1 FROM deposit_keys WHERE merchant_id = ?1 AND custom_transaction_id = ?2 "
            "UNION ALL SELECT 1 FROM window_orders WHERE merchant_id = ?1 "
            "AND custom_transaction_id = ?2",
            [](const store::Row&) { return true; }, merchant, name)
        .has_value();
}

bool is_of_before(store::Reader& reader, MerchantId merchant, std::string_view name) {
    return reader
        .first(
            "SELECT 1 FROM untrimmed_ids WHERE kind = " LANGO_UNTRIMMED_DEPOSIT
            " AND merchant_id = ?1 AND trimmed = ?2",
            [](const store::Row&) { return true; }, merchant, name)
        .has_value();
}

// Behind the name, the id of the payment that takes it: nobody was told that yet, so no link was
// made to stand in its way; a lucky guess is stepped over.
std::string other_name(store::Reader& reader, MerchantId merchant, std::string_view name,
                       DepositId own) {
    for (auto id = own.value();; ++id) {
        auto other = std::string{name} + "~" + hex16(id);
        if (!is_anybodys(reader, merchant, other)) return other;
    }
}

}  // namespace

std::optional<std::string> why_taken(store::Reader& reader, MerchantId merchant,
                                     std::string_view custom_transaction_id, Duration prompt_life,
                                     Instant now) {
    const auto all = attempts(reader, merchant, custom_transaction_id);
    // One of before, with blanks around it, has no payer's word about it and never gives way.
    if (is_of_before(reader, merchant, custom_transaction_id)) return id_taken;
    if (all.empty()) return std::nullopt;
    const bool paid = std::ranges::find(all, State::paid, &Deposit::state) != all.end();
    if (paid || !is_payers_word(reader, merchant, custom_transaction_id)) return id_taken;
    std::optional<Duration> longest;
    for (const auto& attempt : all) {
        longest = std::max(longest, open_for(attempt, prompt_life, now));
    }
    if (!longest) return std::nullopt;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(*longest).count();
    return "A payer has opened a payment of this custom transaction id. Try again in " +
           std::to_string(seconds) + " seconds.";
}

void give_way(store::Tx& tx, MerchantId merchant, std::string_view custom_transaction_id,
              DepositId own, Instant now) {
    const auto all = attempts(tx, merchant, custom_transaction_id);
    LANGO_CHECK(std::ranges::find(all, State::paid, &Deposit::state) == all.end(),
                "an order that is paid keeps its name");
    const auto name = other_name(tx, merchant, custom_transaction_id, own);
    const auto renamed = tx.run(
        "UPDATE deposits SET custom_transaction_id = ?3 WHERE id IN (SELECT deposit_id "
        "FROM deposit_keys WHERE merchant_id = ?1 AND custom_transaction_id = ?2)",
        merchant, custom_transaction_id, name);
    const auto keys = tx.run(
        "UPDATE deposit_keys SET custom_transaction_id = ?3 "
        "WHERE merchant_id = ?1 AND custom_transaction_id = ?2",
        merchant, custom_transaction_id, name);
    LANGO_CHECK(renamed == static_cast<std::int64_t>(all.size()) && keys == renamed,
                "every attempt at an order has its name");
    tx.run(
        "UPDATE window_orders SET custom_transaction_id = ?3 "
        "WHERE merchant_id = ?1 AND custom_transaction_id = ?2",
        merchant, custom_transaction_id, name);
    for (auto attempt : all) {
        attempt.flags |= Flag::gave_way;
        note(tx, attempt, EventKind::gave_way, now,
             "to the merchant's own: " + std::string{custom_transaction_id});
    }
}

}  // namespace lango::deposits
