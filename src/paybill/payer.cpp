#include "paybill/payer.hpp"

namespace lango::paybill {

void keep_payer(store::Tx& tx, std::string_view receipt, std::string_view phone) {
    if (phone.empty()) return;
    tx.run("INSERT INTO paybill_payers (receipt, phone) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
           receipt, phone);
}

std::string payer_of(store::Reader& reader, std::string_view receipt) {
    return reader
        .first(
            "SELECT phone FROM paybill_payers WHERE receipt = ?1",
            [](const store::Row& row) { return row.string(0); }, receipt)
        .value_or("");
}

}  // namespace lango::paybill
