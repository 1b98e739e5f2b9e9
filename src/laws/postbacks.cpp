// That a postback made again from its parts is the one that was signed, and that it tells what its
// payment is; that each table of rates is as it was imported.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>

#include "base/crypto.hpp"
#include "base/json_writer.hpp"
#include "laws/texts.hpp"
#include "ledger/invariants/proof.hpp"
#include "rates/import_digest.hpp"
#include "rates/rates.hpp"

namespace lango::laws {

namespace {

using Tables = std::map<std::int64_t, std::optional<rates::Table>>;
// Of rates, amount and currency: payments of a slice are often of the same few amounts.
using Converted = std::map<std::tuple<std::int64_t, std::int64_t, std::string>, std::string>;

// "label":"user"
std::string member(std::string_view name, std::string_view text) {
    std::string out;
    json::append_string(out, name);
    out += ':';
    json::append_string(out, text);
    return out;
}

bool has(std::string_view text, const std::string& part) {
    return text.find(part) != std::string_view::npos;
}

// Columns: 0 b.id, 1 b.number, 2 b.rates_id, 3 b.amount, 4 b.currency, 5 b.head, 6 b.tail,
// 7 b.digest, 8 d.id, 9 d.label, 10 d.custom_transaction_id, 11 d.receipt, 12 w.id, 13 w.label,
// 14 w.withdrawal_id, 15 w.comment, 16 w.phone, 17 w.state.
bool tells_deposit(const store::Row& row) {
    return has(row.text(5), member("label", row.text(9))) &&
           has(row.text(6), member("plugin_custom_order_id", row.text(10))) &&
           has(row.text(6), member("transaction_id", row.maybe_string(11).value_or(""))) &&
           has(row.text(6), "\"stockpiling_id\":" + std::to_string(row.integer(1)) + ",");
}

bool tells_withdrawal(const store::Row& row) {
    constexpr int paid = 6;
    return has(row.text(5), member("label", row.text(13))) &&
           has(row.text(6), member("withdrawal_id", row.text(14))) &&
           has(row.text(6), member("comment", row.text(15))) &&
           has(row.text(6), member("account_number", std::to_string(row.integer(16)))) &&
           has(row.text(6),
               std::string{"\"withdrawal_status\":"} + (row.integer(17) == paid ? "1," : "5,"));
}

std::string made_again(const store::Row& row, const std::optional<rates::Table>& table,
                       Converted& known) {
    const auto currency = Currency::parse(row.text(4));
    if (!table || !currency || row.integer(3) < 0) return {};
    auto& converted = known[{row.integer(2), row.integer(3), row.string(4)}];
    if (converted.empty()) {
        rates::append_converted(converted, *table, Money{row.integer(3), *currency});
    }
    return row.string(5) + converted + row.string(6);
}

class PostbacksAreAsSigned final : public ledger::Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "PostbacksAreAsSigned"; }
    [[nodiscard]] std::string_view what() const override { return "postbacks"; }
    [[nodiscard]] bool is_of_money() const override { return false; }
    void prove(store::Reader& reader, const ledger::Slice& slice,
               ledger::Proof& proof) const override {
        if (slice.walk != ledger::Slice::Walk::subjects) return;
        Tables tables;
        Converted known;
        reader.each(
            "SELECT b.id, b.number, b.rates_id, b.amount, b.currency, b.head, b.tail, b.digest, "
            "d.id, d.label, d.custom_transaction_id, d.receipt, w.id, w.label, w.withdrawal_id, "
            "w.comment, w.phone, w.state FROM postbacks b LEFT JOIN deposits d "
            "ON d.id = b.subject_id LEFT JOIN withdrawals w ON w.id = b.subject_id "
            "WHERE b.subject_id BETWEEN ?1 AND ?2 "
            // Of who was taken out of it (src/privacy) nothing is left to be made again.
            "AND NOT (b.tail = '' AND COALESCE(w.phone, 0) < 0)",
            [&](const store::Row& row) {
                ++proof.checked;
                // The recipient was taken out of it, and its bytes with him (src/privacy).
                if (!row.is_null(16) && row.integer(16) < 0) return;
                auto& table = tables[row.integer(2)];
                if (!table) table = rates::load(reader, row.integer(2));
                const auto about = "postback " + hex16(row.integer(0));
                if (crypto::view(crypto::sha256(made_again(row, table, known))) != row.text(7)) {
                    ledger::add(proof, about + " made again is not the one that was signed");
                } else if (!row.is_null(8) ? !tells_deposit(row)
                                           : !row.is_null(12) && !tells_withdrawal(row)) {
                    ledger::add(proof, about + " tells otherwise than its payment is");
                }
            },
            slice.from, slice.to);
    }
};

class RatesAreAsImported final : public ledger::Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "RatesAreAsImported"; }
    [[nodiscard]] std::string_view what() const override { return "tables of rates"; }
    [[nodiscard]] bool is_of_money() const override { return false; }
    void prove(store::Reader& reader, const ledger::Slice& slice,
               ledger::Proof& proof) const override {
        if (slice.walk != ledger::Slice::Walk::whole) return;
        for (const auto id : rates::changed_since_import(reader, proof.checked)) {
            ledger::add(proof, "rates " + std::to_string(id) + " are not as they were imported");
        }
    }
};

}  // namespace

void add_postbacks(LawList& laws) {
    laws.push_back(std::make_unique<PostbacksAreAsSigned>());
    laws.push_back(std::make_unique<RatesAreAsImported>());
}

}  // namespace lango::laws
