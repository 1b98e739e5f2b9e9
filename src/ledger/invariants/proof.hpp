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

inline void add_before_rule(Proof& proof, std::string text) {
    if (proof.before_rule.size() < findings_max) {
        proof.before_rule.push_back({.law = proof.law, .text = std::move(text)});
    }
}

// How far two sums are from each other. Both change with every booking; by this much they differ
// until something else goes wrong, or somebody mends it. What a finding says of one breach must
// stay the same: another text is another breach (src/laws/breaches.hpp).
[[nodiscard]] inline std::string off_by(std::int64_t is, std::int64_t should_be) {
    const auto off = static_cast<__int128>(is) - should_be;
    auto rest = off < 0 ? -off : off;
    std::string digits;
    do {
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
        rest /= 10;
    } while (rest > 0);
    return digits + (off < 0 ? " less" : " more");
}

// "account 2 (merchant 1, KES)", of the columns id, kind, owner, currency from `first` on.
[[nodiscard]] inline std::string account_text(const store::Row& row, int first = 0) {
    return "account " + std::to_string(row.integer(first)) + " (" +
           std::string{name(static_cast<AccountKind>(row.integer(first + 1)))} + " " +
           std::to_string(row.integer(first + 2)) + ", " + row.string(first + 3) + ")";
}

// "payment 0198a3f2c4d5e6f7, deposit_paid", of the columns subject_id, outcome.
[[nodiscard]] inline std::string transaction_text(const store::Row& row, int first = 0) {
    return "payment " + hex16(row.integer(first)) + ", " +
           std::string{name(static_cast<Outcome>(row.integer(first + 1)))};
}

// Throws with the text of the first row, of a statement that finds what is wrong with payments ?1
// to ?2.
template <class Text>
void expect_none(store::Reader& reader, std::string_view law, store::Sql sql,
                 std::int64_t subject_id, const Text& text) {
    reader.each(
        sql, [&](const store::Row& row) { throw LawBroken{std::string{law} + ": " + text(row)}; },
        subject_id, subject_id);
}

// The same statement over a slice of the subjects.
template <class Text>
void find(store::Reader& reader, Proof& proof, const Slice& slice, store::Sql sql,
          const Text& text) {
    reader.each(sql, [&](const store::Row& row) { add(proof, text(row)); }, slice.from, slice.to);
}

// How many things of the law stand in a slice of the subjects.
inline void count(store::Reader& reader, Proof& proof, const Slice& slice, store::Sql sql) {
    if (slice.is_payout) return;
    const auto found = reader.first(
        sql, [](const store::Row& row) { return row.integer(0); }, slice.from, slice.to);
    proof.checked += static_cast<std::uint64_t>(found.value_or(0));
}

template <class... P>
void count(store::Reader& reader, Proof& proof, store::Sql sql, const P&... params) {
    const auto found =
        reader.first(sql, [](const store::Row& row) { return row.integer(0); }, params...);
    proof.checked += static_cast<std::uint64_t>(found.value_or(0));
}

}  // namespace lango::ledger
