#include "deposits/ask_sooner.hpp"

#include "store/words.hpp"

namespace lango::deposits {

bool ask_sooner(store::Tx& tx, DepositId id, Instant at) {
    return tx.run(
               "UPDATE deposits SET due_at = ?2 "
               "WHERE id = ?1 AND state = " LANGO_DEPOSIT_PROMPTED " AND tries = 0 AND due_at > ?2",
               id, at) == 1;
}

}  // namespace lango::deposits
