// That what people let go was let go by them, and as they saw it: the code of an approval or a
// verdict names recipient, amount and fee, and the withdrawal's events tell each of them.
#include <charconv>
#include <optional>
#include <string>

#include "laws/texts.hpp"
#include "ledger/invariants/proof.hpp"
#include "store/words.hpp"
#include "withdrawals/approve.hpp"

namespace lango::laws {

namespace {

// The recipient was taken out of it (src/privacy): what was seen cannot be made again.
bool is_masked(const store::Row& row) { return row.integer(2) < 0; }

// Of the columns merchant_id, id, phone, amount, fee and currency. Nothing when they make none.
std::optional<std::string> code_of(const store::Row& row) {
    const auto phone = Msisdn::parse(std::to_string(row.integer(2)));
    const auto currency = Currency::parse(row.text(5));
    if (!phone || !currency) return std::nullopt;
    return withdrawals::approval_code(
        withdrawals::Covered{.merchant = MerchantId{row.integer(0)},
                             .id = WithdrawalId{row.integer(1)},
                             .phone = *phone,
                             .amount = Money{row.integer(3), *currency},
                             .fee = Money{row.integer(4), *currency}});
}

// The two numbers of "amina, 1 of 2".
std::optional<std::pair<int, int>> counted(std::string_view detail) {
    const auto comma = detail.rfind(", ");
    const auto of = detail.rfind(" of ");
    if (comma == std::string_view::npos || of == std::string_view::npos || of < comma) {
        return std::nullopt;
    }
    const auto number = [](std::string_view text) {
        int value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    };
    return std::pair{number(detail.substr(comma + 2, of - comma - 2)),
                     number(detail.substr(of + 4))};
}

void approvals(store::Reader& reader, const ledger::Slice& slice, ledger::Proof& proof) {
    reader.each(
        "SELECT w.merchant_id, w.id, w.phone, w.amount, w.fee, w.currency, w.created_by, a.who, "
        "a.code, (SELECT COUNT(*) FROM withdrawal_events e WHERE e.withdrawal_id = w.id "
        "AND e.kind = " LANGO_WITHDRAWAL_EVENT_APPROVED
        " AND e.at = a.at AND e.detail LIKE a.who || ', %') FROM withdrawal_approvals a JOIN "
        "withdrawals w ON w.id = a.withdrawal_id "
        "WHERE a.withdrawal_id BETWEEN ?1 AND ?2",
        [&](const store::Row& row) {
            ++proof.checked;
            const auto about = "withdrawal " + hex16(row.integer(1));
            if (!is_masked(row) && code_of(row) != row.text(8)) {
                ledger::add(proof, about + " is not what " + row.string(7) + " approved");
            }
            if (row.text(6) == row.text(7)) {
                ledger::add(proof, about + " is approved by its maker");
            }
            if (row.integer(9) == 0) {
                ledger::add(proof, about + " is approved by " + row.string(7) +
                                       ", which its events do not tell");
            }
        },
        slice.from, slice.to);
}

// The last of those that were needed lets it go: as many stand with it.
void let_go(store::Reader& reader, const ledger::Slice& slice, ledger::Proof& proof) {
    reader.each(
        // Those that its events tell by then; a clock may have been put right between two.
        "SELECT e.withdrawal_id, e.detail, e.state, (SELECT COUNT(*) FROM withdrawal_approvals a "
        "WHERE a.withdrawal_id = e.withdrawal_id AND EXISTS (SELECT 1 FROM withdrawal_events f "
        "WHERE f.withdrawal_id = e.withdrawal_id AND f.number <= e.number AND f.kind "
        "= " LANGO_WITHDRAWAL_EVENT_APPROVED
        " AND f.at = a.at AND f.detail LIKE a.who || ', %')) FROM withdrawal_events e "
        "WHERE e.withdrawal_id BETWEEN ?1 AND ?2 AND e.kind = " LANGO_WITHDRAWAL_EVENT_APPROVED,
        [&](const store::Row& row) {
            const auto about = "withdrawal " + hex16(row.integer(0));
            const auto told = counted(row.text(1));
            if (!told) {
                ledger::add(proof, about + " is approved by nobody");
                return;
            }
            const bool enough = told->first >= told->second;
            const bool goes = row.integer(2) != static_cast<int>(withdrawals::State::waiting);
            if (row.integer(3) < told->first || (goes && !enough)) {
                ledger::add(proof, about + " left with fewer approvals than it needed");
            }
        },
        slice.from, slice.to);
    // The flag goes with the last approval, the hold's with the cover: state 1 is waiting, 7
    // failed.
    ledger::find(
        reader, proof, slice,
        "SELECT id FROM withdrawals WHERE id BETWEEN ?1 AND ?2 AND (flags "
        "& " LANGO_WITHDRAWAL_FLAG_APPROVAL ") <> 0 AND state NOT IN (" LANGO_WITHDRAWAL_WAITING
        ", " LANGO_WITHDRAWAL_FAILED ")",
        [](const store::Row& row) {
            return "withdrawal " + hex16(row.integer(0)) + " left and still needs approval";
        });
}

void verdicts(store::Reader& reader, const ledger::Slice& slice, ledger::Proof& proof) {
    reader.each(
        "SELECT w.merchant_id, w.id, w.phone, w.amount, w.fee, w.currency, v.who, v.code, "
        "(SELECT COUNT(*) FROM withdrawal_events e WHERE e.withdrawal_id = w.id AND "
        "e.kind = " LANGO_WITHDRAWAL_EVENT_JUDGED
        " AND e.at = v.at AND e.detail = v.who || ': ' || CASE WHEN v.paid = 1 THEN 'paid, ' || "
        "v.receipt WHEN v.paid = 0 AND v.receipt = '' THEN 'failed' "
        "ELSE '?' END || CASE WHEN v.reason = '' THEN '' ELSE ' (' || v.reason || ')' END) "
        "FROM withdrawal_verdicts v JOIN withdrawals w ON w.id = v.withdrawal_id "
        "WHERE v.withdrawal_id BETWEEN ?1 AND ?2",
        [&](const store::Row& row) {
            ++proof.checked;
            const auto about = "withdrawal " + hex16(row.integer(1));
            if (!is_masked(row) && code_of(row) != row.text(7)) {
                ledger::add(proof, about + " is not what " + row.string(6) + " judged");
            }
            if (row.integer(8) == 0) {
                ledger::add(proof, about + " is judged by " + row.string(6) +
                                       " otherwise than its events tell");
            }
        },
        slice.from, slice.to);
}

class ApprovedAsSeen final : public ledger::Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "ApprovedAsSeen"; }
    [[nodiscard]] std::string_view what() const override { return "approvals and verdicts"; }
    void prove(store::Reader& reader, const ledger::Slice& slice,
               ledger::Proof& proof) const override {
        if (slice.walk != ledger::Slice::Walk::subjects) return;
        approvals(reader, slice, proof);
        let_go(reader, slice, proof);
        verdicts(reader, slice, proof);
    }
};

}  // namespace

void add_approvals(LawList& laws) { laws.push_back(std::make_unique<ApprovedAsSeen>()); }

}  // namespace lango::laws
