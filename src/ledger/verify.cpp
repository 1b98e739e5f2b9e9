#include "ledger/verify.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "store/errors.hpp"
#include "store/tx.hpp"

namespace lango::ledger {

namespace {

constexpr auto first_id = std::numeric_limits<std::int64_t>::min();
constexpr auto last_id = std::numeric_limits<std::int64_t>::max();
constexpr const char* after_all_texts = "\xff";  // no UTF-8 text begins so

// Where the slice that begins with an id ends: before any table has more than `size` rows in it.
std::int64_t end_of_slice(store::Reader& reader, std::int64_t from, std::int64_t size) {
    auto end = last_id;
    for (const auto table :
         {store::Sql{"SELECT id FROM deposits WHERE id >= ?1 ORDER BY id LIMIT 1 OFFSET ?2"},
          store::Sql{"SELECT id FROM withdrawals WHERE id >= ?1 ORDER BY id LIMIT 1 OFFSET ?2"},
          store::Sql{"SELECT subject_id FROM ledger_transactions WHERE subject_id >= ?1 "
                     "ORDER BY subject_id LIMIT 1 OFFSET ?2"}}) {
        const auto id = reader.first(
            table, [](const store::Row& row) { return row.integer(0); }, from, size - 1);
        end = std::min(end, id.value_or(last_id));
    }
    return end;
}

std::string end_of_receipts(store::Reader& reader, const std::string& after, std::int64_t size) {
    return reader
        .first(
            "SELECT receipt FROM receipts WHERE receipt > ?1 ORDER BY receipt LIMIT 1 OFFSET ?2",
            [](const store::Row& row) { return row.string(0); }, after, size - 1)
        .value_or(after_all_texts);
}

Slice slice_of_keys(store::Reader& reader, std::int64_t from, std::string after,
                    std::int64_t size) {
    Slice slice{.walk = Slice::Walk::keys,
                .from = from,
                .to = last_id,
                .after = std::move(after),
                .up_to = after_all_texts};
    reader.each(
        "SELECT merchant_id, key FROM idempotency_keys WHERE (merchant_id, key) > (?1, ?2) "
        "ORDER BY merchant_id, key LIMIT 1 OFFSET ?3",
        [&](const store::Row& row) {
            slice.to = row.integer(0);
            slice.up_to = row.string(1);
        },
        slice.from, slice.after, size - 1);
    return slice;
}

// What the database cannot even add up or read is a finding, and no reason to skip other laws.
void prove(store::Reader& reader, const Invariant& law, const Slice& slice, Proof& proof) {
    try {
        law.prove(reader, slice, proof);
    } catch (const store::Broken& broken) {
        const auto text = std::string{"cannot be proved: "} + broken.what();
        const auto told = [&](const Finding& finding) { return finding.text == text; };
        if (std::ranges::none_of(proof.findings, told)) {
            proof.findings.push_back({.law = proof.law, .text = text});
        }
    }
}

}  // namespace

Proof proof_of(const Invariant& law) {
    return {.law = std::string{law.name()},
            .checked = 0,
            .what = std::string{law.what()},
            .findings = {},
            .before_rule = {}};
}

Walk::Walk(Laws laws, std::int64_t size, std::vector<Proof> proved) : laws_(laws), size_(size) {
    for (const auto& law : laws_) {
        const auto found = std::ranges::find(proved, law->name(), &Proof::law);
        open_.push_back(found == proved.end());
        proofs_.push_back(found == proved.end() ? proof_of(*law) : std::move(*found));
    }
}

void Walk::step(store::Reader& reader) {
    const auto slice = next(reader);
    for (std::size_t i = 0; i < laws_.size(); ++i) {
        if (open_[i]) prove(reader, *laws_[i], slice, proofs_[i]);
    }
    last_ = slice;
    begun_ = true;
    done_ = slice.walk == Slice::Walk::whole;
}

Slice Walk::next(store::Reader& reader) const {
    using enum Slice::Walk;
    if (!begun_) return Slice::of(first_id, end_of_slice(reader, first_id, size_));
    if (last_.walk == subjects && last_.to < last_id) {
        return Slice::of(last_.to + 1, end_of_slice(reader, last_.to + 1, size_));
    }
    if (last_.walk == subjects || (last_.walk == receipts && last_.up_to != after_all_texts)) {
        const auto after = last_.walk == subjects ? std::string{} : last_.up_to;
        return {.walk = receipts, .after = after, .up_to = end_of_receipts(reader, after, size_)};
    }
    if (last_.walk == receipts) return slice_of_keys(reader, first_id, "", size_);
    if (last_.to < last_id) return slice_of_keys(reader, last_.to, last_.up_to, size_);
    return {.walk = whole};
}

std::vector<Proof> prove_all(store::Reader& reader, Laws laws) {
    Walk walk{laws};
    while (!walk.is_done()) walk.step(reader);
    return walk.take();
}

}  // namespace lango::ledger
