// The double-entry ledger. Money moves only as balanced postings between accounts; a positive
// amount credits an account, a negative one debits it, and a transaction's postings sum to zero.
// What Safaricom holds for us stands as a negative balance on the rail's account; what we owe a
// merchant is a positive one on his. Laws: src/ledger/invariants/.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/money.hpp"
#include "store/tx.hpp"
#include "store/words.hpp"

namespace lango::ledger {

// This payment or item has changed in a way that decides about money: the store checks every law of
// it when the command has run, and keeps nothing of a command that breaks one (LawBroken).
// Bookings, holds, and the ends of payments call it; who writes such rows by a statement of their
// own does too.
void touch(store::Tx& tx, std::int64_t subject_id);

enum class AccountKind : std::int8_t {
    rail = 1,      // owner: shortcode. May be negative: it mirrors money held at the rail
    merchant = 2,  // owner: merchant id
    fees = 3,      // owner 0: the gateway's commission
    suspense = 4,  // owner 0: money that matches no payment
    // owner: merchant id. May be negative: money that left the rail after its hold was released, or
    // twice, and that nobody has made good yet
    receivable = 5,
};
static_assert(store::spells(LANGO_ACCOUNT_RAIL, AccountKind::rail));
static_assert(store::spells(LANGO_ACCOUNT_MERCHANT, AccountKind::merchant));
static_assert(store::spells(LANGO_ACCOUNT_FEES, AccountKind::fees));
static_assert(store::spells(LANGO_ACCOUNT_SUSPENSE, AccountKind::suspense));
static_assert(store::spells(LANGO_ACCOUNT_RECEIVABLE, AccountKind::receivable));
static_assert(store::spells(LANGO_ACCOUNT_ANY, AccountKind::rail, AccountKind::merchant,
                            AccountKind::fees, AccountKind::suspense, AccountKind::receivable));
static_assert(store::spells(LANGO_ACCOUNT_MAY_BE_NEGATIVE, AccountKind::rail,
                            AccountKind::receivable));

// What a ledger transaction books; with its subject it is the key that lets it happen once.
enum class Outcome : std::int8_t {
    deposit_paid = 1,
    deposit_to_suspense = 2,  // a second receipt or a wrong amount for a deposit
    withdrawal_paid = 3,
    withdrawal_paid_uncovered = 4,  // after its hold was released, or a second time
    suspense_written_off = 5,       // what no way can move, to the gateway's fees
};
static_assert(store::spells(LANGO_BOOKED_DEPOSIT, Outcome::deposit_paid));
static_assert(store::spells(LANGO_BOOKED_TO_SUSPENSE, Outcome::deposit_to_suspense));
static_assert(store::spells(LANGO_BOOKED_WITHDRAWAL, Outcome::withdrawal_paid));
static_assert(store::spells(LANGO_BOOKED_UNCOVERED, Outcome::withdrawal_paid_uncovered));
static_assert(store::spells(LANGO_BOOKED_WRITTEN_OFF, Outcome::suspense_written_off));
static_assert(store::spells(LANGO_BOOKED_ANY, Outcome::deposit_paid, Outcome::deposit_to_suspense,
                            Outcome::withdrawal_paid, Outcome::withdrawal_paid_uncovered,
                            Outcome::suspense_written_off));
static_assert(store::spells(LANGO_BOOKED_IN, Outcome::deposit_paid, Outcome::deposit_to_suspense));
static_assert(store::spells(LANGO_BOOKED_OUT, Outcome::withdrawal_paid,
                            Outcome::withdrawal_paid_uncovered));

// "merchant", "deposit_paid"; "?" for a number that means nothing.
[[nodiscard]] std::string_view name(AccountKind kind);
[[nodiscard]] std::string_view name(Outcome outcome);

struct AccountRef {
    AccountKind kind;
    std::int64_t owner;
    Currency currency = Currency::kes();
};

struct Posting {
    AccountRef account;
    Money amount;
};

struct Transaction {
    std::int64_t subject_id;  // the payment
    Outcome outcome;
    Instant booked_at;
    std::vector<Posting> postings;            // in order; at least two
    std::optional<std::string_view> receipt;  // of the rail: books once, ever (law 4)
    Money amount;                             // what the receipt is for
};

enum class Booked {
    now,
    already,       // this subject and outcome are booked: nothing was written
    receipt_used,  // the receipt stands with another subject or outcome: nothing was written
};

// Opens accounts on first use. Runs the laws that concern the change (invariants/): one that does
// not hold throws LawBroken, and the command leaves no trace.
[[nodiscard]] Booked book(store::Tx& tx, const Transaction& transaction);

// Whether a receipt stands with any payment, also in another spelling of earlier versions.
[[nodiscard]] bool is_used(store::Reader& reader, std::string_view receipt);
// Likewise, with which: its subject.
[[nodiscard]] std::optional<std::int64_t> booked_under(store::Reader& reader,
                                                       std::string_view receipt);

struct Balance {
    Money posted;
    Money held;
    [[nodiscard]] Money free() const { return posted - held; }
};
[[nodiscard]] Balance balance(store::Reader& reader, AccountRef account);

enum class HoldState : std::int8_t { open = 1, captured = 2, released = 3 };
static_assert(store::spells(LANGO_HOLD_OPEN, HoldState::open));
static_assert(store::spells(LANGO_HOLD_CAPTURED, HoldState::captured));
static_assert(store::spells(LANGO_HOLD_RELEASED, HoldState::released));
// False when less than the amount is free; nothing was written then.
[[nodiscard]] bool hold(store::Tx& tx, std::int64_t subject_id, AccountRef account, Money amount);
// The hold ends; its money is free again. Asserts that it is open.
void release(store::Tx& tx, std::int64_t subject_id);
// The hold ends because its transaction is booked in the same command.
void capture(store::Tx& tx, std::int64_t subject_id);
// The account that a hold is on, open or ended. Asserts that there is one.
[[nodiscard]] AccountRef held_from(store::Reader& reader, std::int64_t subject_id);

// The receipt that a person means: one that was booked just so (old ones have odd forms), else what
// the text is as base/typed.hpp reads it, in the form in which it was booked, if it was.
[[nodiscard]] std::string meant_receipt(store::Reader& reader, const std::string& text);

// What came in with a receipt, for a deposit or into suspense; zero when it brought nothing in.
[[nodiscard]] Money captured(store::Reader& reader, std::string_view receipt);
// What of it has gone back or is about to: refunds that are open or paid, and whatever left after
// they had been called failed, or twice. Of a deposit: what was asked for in its name.
[[nodiscard]] Money refunded(store::Reader& reader, std::string_view receipt,
                             std::optional<DepositId> deposit = std::nullopt);

}  // namespace lango::ledger
