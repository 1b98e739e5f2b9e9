// That a merchant's settings are what was last set, by the trail that says who did; and that trails
// have no gaps.
#include <map>
#include <string>

#include "laws/texts.hpp"
#include "ledger/invariants/proof.hpp"
#include "merchants/trail.hpp"

namespace lango::laws {

namespace {

using enum ledger::Slice::Walk;

class SettingsAreAsSet final : public ledger::Invariant {
  public:
    [[nodiscard]] std::string_view name() const override { return "SettingsAreAsSet"; }
    [[nodiscard]] std::string_view what() const override { return "settings"; }
    [[nodiscard]] bool is_of_money() const override { return false; }
    void prove(store::Reader& reader, const ledger::Slice& slice,
               ledger::Proof& proof) const override {
        if (slice.walk != whole) return;
        for (const auto& setting : merchants::settings_and_trail(reader)) {
            ++proof.checked;
            if (setting.as_set) continue;
            ledger::add(proof, setting.slug + "'s " + setting.name + " is \"" + setting.now +
                                   "\", and the trail says \"" + setting.told + "\"");
        }
    }
};

constexpr std::array trails{
    Finds{whole,
          "SELECT 'merchant', CAST(m.id AS TEXT), ' was not created as its trail tells' "
          "FROM merchants m LEFT JOIN merchant_changes c ON c.merchant_id = m.id AND c.number = 1 "
          "WHERE c.number IS NULL OR c.setting <> 'created' OR c.after <> m.slug "
          "OR c.at <> m.created_at"},
    Finds{whole,
          "SELECT 'merchant', CAST(c.merchant_id AS TEXT), ' has a trail with gaps' "
          "FROM merchant_changes c GROUP BY c.merchant_id "
          "HAVING MIN(c.number) <> 1 OR MAX(c.number) <> COUNT(*)"},
    Finds{whole,
          "SELECT 'merchant', CAST(c.merchant_id AS TEXT), ' has a trail, and is not there' "
          "FROM merchant_changes c LEFT JOIN merchants m ON m.id = c.merchant_id "
          "WHERE m.id IS NULL GROUP BY c.merchant_id"},
    // What a setting was before is what it was set to the time before.
    Finds{whole,
          "SELECT 'merchant', CAST(c.merchant_id AS TEXT), ' has a trail that does not go on where "
          "it stood' FROM merchant_changes c JOIN merchant_changes b "
          "ON b.merchant_id = c.merchant_id AND b.setting = c.setting AND b.number = "
          "(SELECT MAX(x.number) FROM merchant_changes x WHERE x.merchant_id = c.merchant_id "
          "AND x.setting = c.setting AND x.number < c.number) "
          "WHERE c.setting NOT IN ('secret', 'keys') AND c.before <> b.after"},
    Finds{
        whole,
        "SELECT 'merchant', CAST(c.merchant_id AS TEXT), ' has a trail whose times go back, or an "
        "act of nobody' FROM merchant_changes c LEFT JOIN merchant_changes b "
        "ON b.merchant_id = c.merchant_id AND b.number = c.number - 1 "
        "WHERE c.at < b.at - 60000000 OR c.who = ''"},
    Finds{whole,
          "SELECT 'merchant', CAST(id AS TEXT), ' has a setting that there is not' FROM merchants "
          "WHERE paybill_amount NOT IN ('exact', 'at-least') OR balance_check NOT IN (0, 1) "
          "OR approval_new_recipient NOT IN (0, 1)"},
    Finds{whole,
          "SELECT 'trail', 'of operators', ' has gaps' FROM (SELECT COUNT(*) AS n, "
          "MIN(number) AS low, MAX(number) AS top FROM operator_acts) x "
          "WHERE n > 0 AND (low <> 1 OR top <> n)"},
    // Whoever was added before there were roles is an operator.
    Finds{whole,
          "SELECT 'person', o.name, ' was not added as the trail tells' FROM operators o "
          "WHERE NOT EXISTS (SELECT 1 FROM operator_acts a WHERE a.subject = o.name "
          "AND a.at = o.added_at AND ((a.act = 'person added' AND a.detail = CASE o.role "
          "WHEN 1 THEN 'administrator' WHEN 2 THEN 'operator' WHEN 3 THEN 'support' "
          "WHEN 4 THEN 'viewer' WHEN 5 THEN 'treasury' WHEN 6 THEN 'owner' WHEN 7 THEN 'finance' "
          "WHEN 8 THEN 'approver' WHEN 9 THEN 'developer' ELSE COALESCE((SELECT r.name "
          "FROM custom_roles r WHERE r.number = o.role AND "
          "r.merchant_id = COALESCE(o.merchant_id, 0) AND "
          "(r.ended_at IS NULL OR o.removed_at IS NOT NULL)), '?') END || COALESCE(' of merchant ' "
          "|| o.merchant_id, '')) "
          "OR (a.act = 'operator added' AND o.role = 2 AND o.merchant_id IS NULL)))"},
    Finds{whole,
          "SELECT 'person', o.name, ' was not removed as the trail tells' FROM operators o "
          "WHERE (o.removed_at IS NOT NULL) <> (COALESCE((SELECT a.act FROM operator_acts a "
          "WHERE a.subject = o.name AND a.act IN ('person added', 'person removed', "
          "'operator added', 'operator removed') "
          "ORDER BY a.number DESC LIMIT 1), '') IN ('person removed', 'operator removed'))"},
    Finds{whole,
          "SELECT 'role', 'that people made', ' is missing' FROM (SELECT COUNT(*) AS n, "
          "MIN(number) AS low, MAX(number) AS top FROM custom_roles) x "
          "WHERE n > 0 AND (low <> 1000 OR top - low + 1 <> n)"},
    // What a custom role holds is what somebody gave it, or changed it to.
    Finds{whole,
          "SELECT 'role', r.name, ' was not made as the trail tells' FROM custom_roles r "
          "WHERE NOT EXISTS (SELECT 1 FROM operator_acts a WHERE a.subject = r.name "
          "AND a.at = r.made_at AND ((a.act = 'role made' AND a.detail = CASE r.merchant_id "
          "WHEN 0 THEN '' ELSE 'of merchant ' || r.merchant_id || ': ' END || r.permissions) "
          "OR (a.act = 'role changed' AND a.detail LIKE CASE r.merchant_id "
          "WHEN 0 THEN '' ELSE 'of merchant ' || r.merchant_id || ': ' END || '% -> ' || "
          "r.permissions)))"},
    Finds{whole,
          "SELECT 'role', r.name, ' did not end as the trail tells' FROM custom_roles r "
          "WHERE r.ended_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM operator_acts a "
          "WHERE a.subject = r.name AND a.at = r.ended_at AND "
          "a.act IN ('role changed', 'role removed'))"},
};
const SqlLawText trails_text{.name = "TrailsHaveNoGaps",
                             .what = "acts",
                             .of_money = false,
                             .counts = {whole,
                                        "SELECT (SELECT COUNT(*) FROM merchant_changes) + "
                                        "(SELECT COUNT(*) FROM operator_acts)"},
                             .finds = trails};

}  // namespace

void add_settings(LawList& laws) {
    laws.push_back(std::make_unique<SettingsAreAsSet>());
    laws.push_back(std::make_unique<SqlLaw>(trails_text));
}

}  // namespace lango::laws
