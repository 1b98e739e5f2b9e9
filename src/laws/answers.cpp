// That the same key gives the same answer, as far as it can be seen from what is stored: an answer
// that promised a payment names one of that merchant's, made when the key was first used.
#include <optional>
#include <string>

#include "base/crypto.hpp"
#include "base/json.hpp"
#include "laws/texts.hpp"
#include "ledger/invariants/proof.hpp"

namespace lango::laws {

namespace {

// Made by this merchant at this time.
bool is_deposit(store::Reader& reader, std::int64_t id, std::int64_t merchant, std::int64_t at) {
    return reader
        .first(
            "SELECT 1 FROM deposits WHERE id = ?1 AND merchant_id = ?2 AND created_at = ?3",
            [](const store::Row&) { return true; }, id, merchant, at)
        .has_value();
}

// An answer about a withdrawal names none (merchant-api 5.2).
bool is_withdrawal(store::Reader& reader, std::int64_t merchant, std::int64_t at) {
    return reader
        .first(
            "SELECT 1 FROM withdrawals WHERE merchant_id = ?1 AND created_at = ?2 "
            "AND id BETWEEN ?3 AND ?4 LIMIT 1",
            [](const store::Row&) { return true; }, merchant, at, id_floor(from_micros(at)),
            id_floor(from_micros(at) + std::chrono::seconds{1}))
        .has_value();
}

std::string fault_of(store::Reader& reader, const store::Row& row) {
    if (row.text(2).size() != crypto::Sha256{}.size()) return "has no digest of its request";
    const auto status = row.integer(3);
    const auto answer = json::parse(row.text(4));
    if (!answer || status < 200 || status > 499) return "has an answer that was never given";
    const auto told = answer->text_at("status");
    if (told == "fail") return {};
    if (told != "ok" || status != 200) return "has an answer that was never given";
    const auto* data = answer->find("data");
    const auto id = data == nullptr ? std::nullopt : parse_hex16(data->text_at("order_id"));
    const bool there = data == nullptr ? is_withdrawal(reader, row.integer(0), row.integer(5))
                       : id            ? is_deposit(reader, *id, row.integer(0), row.integer(5))
                                       : false;
    return there ? "" : "was answered with a payment that there is not";
}

class SameKeySameAnswer final : public ledger::Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "SameKeySameAnswer"; }
    [[nodiscard]] std::string_view what() const override { return "idempotency keys"; }
    [[nodiscard]] bool is_of_money() const override { return false; }
    void prove(store::Reader& reader, const ledger::Slice& slice,
               ledger::Proof& proof) const override {
        if (slice.walk != ledger::Slice::Walk::keys) return;
        reader.each(
            "SELECT merchant_id, key, request_hash, status, response, created_at "
            "FROM idempotency_keys WHERE (merchant_id, key) > (?1, ?2) "
            "AND (merchant_id, key) <= (?3, ?4)",
            [&](const store::Row& row) {
                ++proof.checked;
                if (const auto fault = fault_of(reader, row); !fault.empty()) {
                    ledger::add(proof, "key " + row.string(1) + " of merchant " +
                                           std::to_string(row.integer(0)) + " " + fault);
                }
            },
            slice.from, slice.after, slice.to, slice.up_to);
    }
};

}  // namespace

void add_answers(LawList& laws) { laws.push_back(std::make_unique<SameKeySameAnswer>()); }

}  // namespace lango::laws
