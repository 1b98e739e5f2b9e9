// A law of money (reliability, §1), checked on each change it concerns and, by `lango verify`, on
// everything. One law a file; the list is laws().
#pragma once
#include <cstdint>
#include <memory>
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
};

class Invariant {
  public:
    virtual ~Invariant() = default;
    [[nodiscard]] virtual std::string_view name() const = 0;
    // After money moved, inside the command that moves it: throws LawBroken.
    virtual void check_change(store::Reader& /*reader*/, const Transaction& /*change*/) const {}
    // After a payment has changed, at the end of the command that changes it: throws LawBroken.
    virtual void check_payment(store::Reader& /*reader*/, std::int64_t /*subject_id*/) const {}
    // Everything in the database.
    [[nodiscard]] virtual Proof prove(store::Reader& reader) const = 0;
};

// Every law, on one payment: what a command calls that has brought a payment to its end, or may
// have. Throws LawBroken, and the command leaves no trace.
void check_payment(store::Reader& reader, std::int64_t subject_id);

// All laws, in the order of reliability.md.
[[nodiscard]] std::span<const std::unique_ptr<Invariant>> laws();

}  // namespace lango::ledger
