// What an audit comes to.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "ledger/invariants/invariant.hpp"

namespace lango::laws {

// A law that does not hold, as it was last found.
struct Breach {
    std::string law;
    std::string subject;  // "deposit 0198a3f2c4d5e6f7"
    std::string said;
    bool of_money = false;
    Instant found_at{};
    std::string known_by;  // who has acknowledged it; "": nobody
};

struct AuditResult {
    Instant began_at{};
    Instant ended_at{};
    Duration busy{};            // of reading and proving
    std::int64_t payments = 0;  // deposits and withdrawals
    std::int64_t postings = 0;
    std::int64_t merchants = 0;
    std::vector<std::string> damage;    // the engine's own words
    std::vector<ledger::Proof> proofs;  // empty when it was told from the database
    std::int64_t broken = 0;            // laws; damage counts as one
    bool whole = true;                  // false: damage kept some of it from being proved

    [[nodiscard]] bool holds() const { return broken == 0; }
};

}  // namespace lango::laws
