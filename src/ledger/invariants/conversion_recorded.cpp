#include "ledger/invariants/conversion_recorded.hpp"
#include "ledger/invariants/proof.hpp"

namespace lango::ledger {

namespace {

#define LANGO_TOLD_OTHERWISE                                                               \
    "SELECT b.id, b.rates_id, t.id, b.subject_id, COALESCE(d.id, w.id), LENGTH(b.digest) " \
    "FROM postbacks b LEFT JOIN rate_tables t ON t.id = b.rates_id "                       \
    "LEFT JOIN deposits d ON d.id = b.subject_id "                                         \
    "LEFT JOIN withdrawals w ON w.id = b.subject_id "                                      \
    "WHERE (t.id IS NULL OR COALESCE(d.id, w.id) IS NULL "                                 \
    "OR COALESCE(d.amount, w.amount) <> b.amount "                                         \
    "OR COALESCE(d.currency, w.currency) <> b.currency OR LENGTH(b.digest) <> 32) "        \
    "AND b.subject_id BETWEEN ?1 AND ?2"

std::string told_otherwise(const store::Row& row) {
    const auto what = row.is_null(2) ? " is converted with rates " +
                                           std::to_string(row.integer(1)) + ", which are not stored"
                      : row.is_null(4)
                          ? " tells of payment " + hex16(row.integer(3)) + ", which does not exist"
                      : row.integer(5) != 32
                          ? std::string{" has no digest of its bytes"}
                          : " tells another amount than payment " + hex16(row.integer(3)) + " has";
    return "postback " + hex16(row.integer(0)) + what;
}

}  // namespace

void ConversionRecorded::check_payment(store::Reader& reader, std::int64_t subject_id) const {
    expect_none(reader, name(), LANGO_TOLD_OTHERWISE, subject_id, told_otherwise);
}

void ConversionRecorded::prove(store::Reader& reader, const Slice& slice, Proof& proof) const {
    if (slice.walk != Slice::Walk::subjects) return;
    count(reader, proof, slice,
          "SELECT COUNT(*) FROM postbacks WHERE subject_id BETWEEN ?1 AND ?2");
    find(reader, proof, slice, LANGO_TOLD_OTHERWISE, told_otherwise);
}

}  // namespace lango::ledger
