#include "deposits/ask_sooner.hpp"

namespace lango::deposits {

bool ask_sooner(store::Tx& tx, DepositId id, Instant at) {
    return tx.run(
               "UPDATE deposits SET due_at = ?2 "
               "WHERE id = ?1 AND state = 3 AND tries = 0 AND due_at > ?2",
               id, at) == 1;
}

}  // namespace lango::deposits
