// That a receipt has one spelling. Those that were booked before every channel read them alike keep
// theirs: they are told, and break nothing.
#include <optional>
#include <string>

#include "laws/texts.hpp"
#include "ledger/invariants/proof.hpp"
#include "rails/receipt.hpp"

namespace lango::laws {

namespace {

constexpr std::string_view reversed = "/reversed";  // withdrawals/reversal.hpp

// What the rail named no receipt of is booked under our id (withdrawals/lost.hpp).
bool is_canonical(std::string_view receipt) {
    if (parse_hex16(receipt)) return true;
    if (receipt.ends_with(reversed)) receipt.remove_suffix(reversed.size());
    const auto read = rails::typed_receipt(std::string{receipt});
    return read && *read == receipt;
}

class ReceiptsHaveOneSpelling final : public ledger::Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "ReceiptsHaveOneSpelling"; }
    [[nodiscard]] std::string_view what() const override { return "receipts"; }
    [[nodiscard]] bool is_of_money() const override { return false; }
    void prove(store::Reader& reader, const ledger::Slice& slice,
               ledger::Proof& proof) const override {
        if (slice.walk != ledger::Slice::Walk::receipts) return;
        const auto since =
            reader
                .first("SELECT since FROM rules WHERE name = 'receipts have one spelling'",
                       [](const store::Row& row) { return row.integer(0); })
                .value_or(0);
        reader.each(
            "SELECT r.receipt, t.booked_at FROM receipts r LEFT JOIN ledger_transactions t "
            "ON t.subject_id = r.subject_id AND t.outcome = r.outcome "
            "WHERE r.receipt > ?1 AND r.receipt <= ?2",
            [&](const store::Row& row) {
                ++proof.checked;
                if (is_canonical(row.text(0))) return;
                const auto text = "receipt " + row.string(0) + " is not 10 capitals and digits";
                if (!row.is_null(1) && row.integer(1) <= since) {
                    ledger::add_before_rule(proof, text);
                } else {
                    ledger::add(proof, text);
                }
            },
            slice.after, slice.up_to);
    }
};

}  // namespace

void add_receipts(LawList& laws) { laws.push_back(std::make_unique<ReceiptsHaveOneSpelling>()); }

}  // namespace lango::laws
