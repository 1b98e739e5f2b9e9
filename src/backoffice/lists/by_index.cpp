#include "backoffice/lists/by_index.hpp"

#include "ledger/ledger.hpp"

namespace lango::backoffice::lists {

std::vector<MerchantId> merchants_of(const Asked& asked) {
    if (const auto one = asked.whose()) return {*one};
    std::vector<MerchantId> all;
    for (const auto id : ids_of(asked, "SELECT id FROM merchants ORDER BY id")) {
        all.emplace_back(id);
    }
    return all;
}

void only_theirs(Asked& asked, store::Sql sql, const std::string& text) {
    std::vector<std::int64_t> ids;
    for (const auto merchant : merchants_of(asked)) {
        for (const auto id : ids_of(asked, sql, merchant, text)) ids.push_back(id);
    }
    asked.only(std::move(ids));
}

bool has_receipt(Asked& asked, const std::string& text) {
    const auto receipt = ledger::meant_receipt(asked.reader, text);
    asked.only(ids_of(asked,
                      "SELECT subject_id FROM receipts WHERE receipt = ?1 UNION ALL "
                      "SELECT credited_id FROM suspense_items WHERE receipt = ?1 "
                      "AND credited_id IS NOT NULL",
                      receipt));
    return true;
}

}  // namespace lango::backoffice::lists
