// Somebody waits for the outcome of a prompt that nobody has told of: its question comes sooner.
#pragma once
#include "base/ids.hpp"
#include "base/time.hpp"
#include "store/tx.hpp"

namespace lango::deposits {

// The first question about an accepted push is due then at the latest; never a further one, and
// none more often. Whether that changed anything: wake the worker's checks then.
bool ask_sooner(store::Tx& tx, DepositId id, Instant at);

}  // namespace lango::deposits
