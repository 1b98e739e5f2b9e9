// A law of money, checked on each change it concerns and, by the audit and `lango verify`, on
// everything. One law a file; the list is laws(). A law is one query over a set of subjects: the
// same text looks at the payment that a command changed and at a slice of all there are.
#pragma once
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.hpp"
#include "store/tx.hpp"

namespace lango::ledger {

struct LawBroken : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Finding {
    std::string law;
    std::string text;  // names the account or payment, amounts in minor units
};

struct Proof {
    std::string law;
    std::uint64_t checked = 0;  // how many things of `what`
    std::string what;           // "ledger transactions"
    std::vector<Finding> findings;
    // What an earlier version took, before the law was made: told, and no breach.
    std::vector<Finding> before_rule;
};

// What is looked at in one transaction. All there is stands in three orders.
struct Slice {
    enum class Walk : std::int8_t {
        subjects,  // ids of payments, items and postbacks, in `from` to `to`, both included
        receipts,  // after < receipt <= up_to
        keys,      // of idempotency: (from, after) < (merchant, key) <= (to, up_to)
        whole,     // what is few, and sums that only one snapshot can tell
    };
    Walk walk = Walk::whole;
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::string after = {};
    std::string up_to = {};
    // Its one id is a withdrawal's that is about to go out: nothing is counted, and what only
    // deposits, items or postbacks could break is not asked.
    bool is_payout = false;

    [[nodiscard]] static Slice of(std::int64_t from, std::int64_t to) {
        return {.walk = Walk::subjects, .from = from, .to = to};
    }
    [[nodiscard]] static Slice of_payout(std::int64_t id) {
        return {.walk = Walk::subjects, .from = id, .to = id, .is_payout = true};
    }
};

class Invariant {
  public:
    virtual ~Invariant() = default;
    [[nodiscard]] virtual std::string_view name() const = 0;
    // After money moved, inside the command that moves it: throws LawBroken.
    virtual void check_change(store::Reader& /*reader*/, const Transaction& /*change*/) const {}
    // After a payment has changed, at the end of the command that changes it: throws LawBroken.
    virtual void check_payment(store::Reader& /*reader*/, std::int64_t /*subject_id*/) const {}
    // What the proof counts: "ledger transactions".
    [[nodiscard]] virtual std::string_view what() const = 0;
    // A new breach of it stops creates and payouts: the books are wrong. Others are told.
    [[nodiscard]] virtual bool is_of_money() const { return true; }
    // Adds what it finds in the slice. Slices of all walks together are everything.
    virtual void prove(store::Reader& reader, const Slice& slice, Proof& proof) const = 0;
};

// Every law, on one payment. Throws LawBroken.
void check_payment(store::Reader& reader, std::int64_t subject_id);

using Laws = std::span<const Invariant* const>;
// The ledger's own, in the order in which they are told. Those that look across all nouns:
// src/laws.
[[nodiscard]] Laws laws();

}  // namespace lango::ledger
