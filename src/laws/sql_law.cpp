#include "laws/sql_law.hpp"

#include "ledger/invariants/proof.hpp"

namespace lango::laws {

namespace {

using ledger::Slice;

// Runs a statement over the slice; ids of payments are numbers, all others texts.
void each(store::Reader& reader, const Slice& slice, store::Sql sql, const store::RowSink& sink) {
    switch (slice.walk) {
        case Slice::Walk::subjects:
            return reader.each(sql, sink, slice.from, slice.to);
        case Slice::Walk::receipts:
            return reader.each(sql, sink, slice.after, slice.up_to);
        case Slice::Walk::keys:
            return reader.each(sql, sink, slice.from, slice.after, slice.to, slice.up_to);
        case Slice::Walk::whole:
            return reader.each(sql, sink);
    }
}

// Whether what a statement finds has another id than a withdrawal's: its first column says of what
// it tells.
bool tells_of_others(std::string_view sql) {
    return sql.starts_with("SELECT 'deposit'") || sql.starts_with("SELECT 'item'") ||
           sql.starts_with("SELECT 'postback'");
}

}  // namespace

void SqlLaw::prove(store::Reader& reader, const Slice& slice, ledger::Proof& proof) const {
    if (text_.counts.walk == slice.walk && !slice.is_payout) {
        each(reader, slice, text_.counts.sql, [&](const store::Row& row) {
            proof.checked += static_cast<std::uint64_t>(row.integer(0));
        });
    }
    const bool by_number = slice.walk == Slice::Walk::subjects;
    for (const auto& finds : text_.finds) {
        if (finds.walk != slice.walk) continue;
        if (slice.is_payout && tells_of_others(finds.sql.text)) continue;
        each(reader, slice, finds.sql, [&](const store::Row& row) {
            ledger::add(proof, row.string(0) + " " +
                                   (by_number ? hex16(row.integer(1)) : row.string(1)) +
                                   row.string(2));
        });
    }
}

}  // namespace lango::laws
