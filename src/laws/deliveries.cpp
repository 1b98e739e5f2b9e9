// That a postback's row and its attempts tell the same. States are those of postbacks/postback.hpp:
// 1 waiting, 2 delivered, 3 exhausted; attempts' outcome 1 is delivered.
#include "laws/texts.hpp"
#include "store/words.hpp"

namespace lango::laws {

namespace {

using enum ledger::Slice::Walk;

constexpr std::array deliveries{
    Finds{subjects,
          "SELECT 'postback', b.id, ' tells another merchant than its payment''s' "
          "FROM postbacks b LEFT JOIN deposits d ON d.id = b.subject_id "
          "LEFT JOIN withdrawals w ON w.id = b.subject_id WHERE b.subject_id BETWEEN ?1 AND ?2 "
          "AND COALESCE(d.merchant_id, w.merchant_id) <> b.merchant_id"},
    Finds{subjects,
          "SELECT 'postback', b.id, ' was made at another time than its payment ended' "
          "FROM postbacks b LEFT JOIN deposits d ON d.id = b.subject_id "
          "LEFT JOIN withdrawals w ON w.id = b.subject_id WHERE b.subject_id BETWEEN ?1 AND ?2 "
          "AND b.created_at <> COALESCE(d.closed_at, w.closed_at, 0)"},
    Finds{subjects,
          "SELECT 'postback', b.id, ' and its attempts do not tell the same' FROM postbacks b "
          "LEFT JOIN postback_attempts a ON a.postback_id = b.id "
          "WHERE b.subject_id BETWEEN ?1 AND ?2 GROUP BY b.subject_id HAVING "
          "b.attempts <> COUNT(a.number) OR COALESCE(MAX(a.number), 0) <> COUNT(a.number) "
          "OR MIN(a.number) <> 1 OR (b.state = " LANGO_POSTBACK_DELIVERED
          ") <> (COALESCE(MIN(a.outcome), 0) = " LANGO_ATTEMPT_DELIVERED
          ") OR COALESCE(b.first_attempt_at, 0) <> COALESCE(MIN(CASE WHEN a.number = 1 THEN a.at "
          "END), 0) "
          "OR MIN(a.at) < b.created_at - 60000000 OR MIN(a.took) < 0 OR MAX(a.outcome) "
          "> " LANGO_ATTEMPT_GATEWAY_DIED},
    Finds{subjects,
          "SELECT 'postback', a.postback_id, ' has an attempt whose answer is not as its outcome' "
          "FROM postback_attempts a WHERE a.postback_id BETWEEN ?1 AND ?2 "
          "AND CASE WHEN a.outcome = " LANGO_ATTEMPT_DELIVERED
          " THEN a.status NOT BETWEEN 200 AND 299 WHEN a.outcome = " LANGO_ATTEMPT_WRONG_ANSWER
          " THEN a.status NOT BETWEEN 100 AND 999 ELSE a.status <> 0 END GROUP BY a.postback_id"},
    Finds{subjects,
          "SELECT 'postback', n.postback_id, ' has attempts whose times go back' "
          "FROM postback_attempts n LEFT JOIN postback_attempts a "
          "ON a.postback_id = n.postback_id AND a.number = n.number - 1 "
          "WHERE n.postback_id BETWEEN ?1 AND ?2 AND n.number > 1 AND n.at < a.at - 60000000 "
          "GROUP BY n.postback_id"},
    Finds{subjects,
          "SELECT 'postback', b.id, CASE WHEN b.state NOT IN (" LANGO_POSTBACK_ANY
          ") THEN ' is in a state that there is not' WHEN b.state = " LANGO_POSTBACK_EXHAUSTED
          " THEN ' is given up and will be sent' ELSE ' waits, and is never due' END FROM "
          "postbacks b WHERE b.subject_id BETWEEN ?1 AND ?2 AND (b.state NOT IN "
          "(" LANGO_POSTBACK_ANY ") OR (b.state = " LANGO_POSTBACK_WAITING
          " AND b.due_at IS NULL AND NOT EXISTS (SELECT 1 FROM set_aside s WHERE s.kind "
          "= " LANGO_SET_ASIDE_POSTBACK
          " AND s.id = b.subject_id)) OR (b.state = " LANGO_POSTBACK_EXHAUSTED
          " AND b.due_at IS NOT NULL) OR (b.state = " LANGO_POSTBACK_WAITING
          " AND b.due_at > b.created_at + 31536000000000))"},
};
const SqlLawText deliveries_text{.name = "DeliveriesAreTold",
                                 .what = "attempts",
                                 .of_money = false,
                                 .counts = {subjects,
                                            "SELECT COALESCE(SUM(attempts), 0) FROM postbacks "
                                            "WHERE subject_id BETWEEN ?1 AND ?2"},
                                 .finds = deliveries};

}  // namespace

void add_deliveries(LawList& laws) { laws.push_back(std::make_unique<SqlLaw>(deliveries_text)); }

}  // namespace lango::laws
