// That every refund of an order stands in the order's story, and every refund that a story tells of
// is there: as much, by that method.
#include <map>
#include <string>

#include "laws/texts.hpp"
#include "ledger/invariants/proof.hpp"
#include "store/words.hpp"
#include "withdrawals/reversal.hpp"

namespace lango::laws {

namespace {

// "0198a3f2c4d5e6f7: KES 400 by payout": what src/refunds/create.cpp tells.
std::string told_as(const store::Row& row) {
    const auto method = static_cast<withdrawals::RefundMethod>(row.integer(4));
    return hex16(row.integer(2)) + ": KES " + Money{row.integer(3), Currency::kes()}.text() +
           " by " + std::string{withdrawals::name(method)};
}

class RefundsAreTold final : public ledger::Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "RefundsAreTold"; }
    [[nodiscard]] std::string_view what() const override { return "refunds of orders"; }
    void prove(store::Reader& reader, const ledger::Slice& slice,
               ledger::Proof& proof) const override {
        if (slice.walk != ledger::Slice::Walk::subjects) return;
        // By order; the refund columns are empty where the story tells of none that there is.
        std::multimap<std::int64_t, std::string> stand;
        reader.each(
            "SELECT f.deposit_id, d.id, f.withdrawal_id, w.amount, f.method FROM refunds f "
            "JOIN withdrawals w ON w.id = f.withdrawal_id "
            "LEFT JOIN deposits d ON d.id = f.deposit_id WHERE f.deposit_id BETWEEN ?1 AND ?2",
            [&](const store::Row& row) {
                ++proof.checked;
                stand.emplace(row.integer(0), told_as(row));
            },
            slice.from, slice.to);
        reader.each(
            "SELECT e.deposit_id, e.detail FROM deposit_events e "
            "WHERE e.deposit_id BETWEEN ?1 AND ?2 AND e.kind = " LANGO_DEPOSIT_EVENT_REFUND,
            [&](const store::Row& row) {
                const auto [begin, end] = stand.equal_range(row.integer(0));
                for (auto at = begin; at != end; ++at) {
                    if (at->second != row.text(1)) continue;
                    stand.erase(at);
                    return;
                }
                ledger::add(proof, "deposit " + hex16(row.integer(0)) +
                                       " tells of a refund that there is not: " + row.string(1));
            },
            slice.from, slice.to);
        for (const auto& [deposit, refund] : stand) {
            ledger::add(proof,
                        "deposit " + hex16(deposit) + " does not tell of its refund " + refund);
        }
    }
};

}  // namespace

void add_refunds_told(LawList& laws) { laws.push_back(std::make_unique<RefundsAreTold>()); }

}  // namespace lango::laws
