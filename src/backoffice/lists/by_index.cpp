#include "backoffice/lists/by_index.hpp"

#include "ledger/ledger.hpp"

namespace lango::backoffice::lists {

std::vector<MerchantId> merchants_of(const Asked& asked) {
    if (const auto one = asked.whose()) return {*one};
    std::vector<MerchantId> all;
    asked.reader.each("SELECT id FROM merchants ORDER BY id",
                      [&](const store::Row& row) { all.emplace_back(row.integer(0)); });
    return all;
}

bool has_receipt(Asked& asked, const std::string& text) {
    const auto receipt = ledger::meant_receipt(asked.reader, text);
    std::vector<std::int64_t> ids;
    const auto keep = [&](const store::Row& row) { ids.push_back(row.integer(0)); };
    asked.reader.each("SELECT subject_id FROM receipts WHERE receipt = ?1", keep, receipt);
    asked.reader.each(
        "SELECT credited_id FROM suspense_items WHERE receipt = ?1 AND credited_id IS NOT NULL",
        keep, receipt);
    asked.only(std::move(ids));
    return true;
}

}  // namespace lango::backoffice::lists
