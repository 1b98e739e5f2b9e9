// What the laws' proofs share.
#pragma once
#include "ledger/invariants/invariant.hpp"

namespace lango::ledger {

inline constexpr std::size_t findings_max =
    100;  // per law: a broken database has too many to print

inline void add(Proof& proof, std::string text) {
    if (proof.findings.size() < findings_max) {
        proof.findings.push_back({.law = proof.law, .text = std::move(text)});
    }
}

[[nodiscard]] inline std::uint64_t count(store::Reader& reader, store::Sql sql) {
    return reader
        .first(sql,
               [](const store::Row& row) { return static_cast<std::uint64_t>(row.integer(0)); })
        .value_or(0);
}

}  // namespace lango::ledger
