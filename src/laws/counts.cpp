// That what approval rules count is what there was: who needs no approval follows from it.
#include "laws/texts.hpp"

namespace lango::laws {

namespace {

using enum ledger::Slice::Walk;

constexpr std::array counts{
    // Of the last two days that anybody was counted on: no rule asks for an earlier one. Days are
    // UTC and count from 1970, an id's first 41 bits are milliseconds since 2020; kind 3 is a test.
    Finds{whole,
          "WITH counted AS (SELECT merchant_id, day, total FROM payout_days "
          "WHERE day >= (SELECT MAX(day) - 1 FROM payout_days)), "
          "asked AS (SELECT merchant_id, ((id >> 22) + 1577836800000) / 86400000 AS day, "
          "SUM(amount) AS total FROM withdrawals WHERE kind <> " LANGO_KIND_TEST " "
          "AND id >= ((SELECT MIN(day) FROM counted) * 86400000 - 1577836800000) << 22 "
          "GROUP BY 1, 2) "
          "SELECT 'merchant', CAST(c.merchant_id AS TEXT), ' asked for another sum on a day than "
          "is counted' FROM counted c LEFT JOIN asked a ON a.merchant_id = c.merchant_id "
          "AND a.day = c.day WHERE c.total <> COALESCE(a.total, 0)"},
    // One scan, where anybody is known at all. Who was taken out of a payout is known by nothing
    // that SQL can compare.
    Finds{whole,
          "SELECT 'merchant', CAST(r.merchant_id AS TEXT), ' knows a recipient whom he has not "
          "paid' FROM (SELECT merchant_id, phone FROM payout_recipients EXCEPT "
          "SELECT merchant_id, phone FROM withdrawals WHERE state = " LANGO_WITHDRAWAL_PAID
          " AND kind <> " LANGO_KIND_REFUND " "
          "AND EXISTS (SELECT 1 FROM payout_recipients)) r WHERE NOT EXISTS (SELECT 1 "
          "FROM withdrawal_keys k JOIN withdrawals w ON w.id = k.id "
          "WHERE k.merchant_id = r.merchant_id AND w.phone < 0)"},
};
const SqlLawText counts_text{.name = "RulesCountWhatThereWas",
                             .what = "days and recipients that rules count",
                             // A clock that goes back over midnight parts what it counts.
                             .of_money = false,
                             .counts = {whole,
                                        "SELECT (SELECT COUNT(*) FROM payout_days) + "
                                        "(SELECT COUNT(*) FROM payout_recipients)"},
                             .finds = counts};

}  // namespace

void add_counts(LawList& laws) { laws.push_back(std::make_unique<SqlLaw>(counts_text)); }

}  // namespace lango::laws
