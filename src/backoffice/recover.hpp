// A lost last administrator is replaced by whoever is at the machine, while no gateway runs: no use
// case, for whom would it ask? It stands in the trail as "this machine".
#pragma once
#include <string>
#include <string_view>

#include "base/crypto.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace lango::backoffice {

// The first key of this person, who is an administrator from here on; the error for people. What
// the bearer of that name had proposed is withdrawn.
[[nodiscard]] Result<std::string, std::string> recover(store::Tx& tx,
                                                       const crypto::MasterKey& master,
                                                       Random& random, Instant now,
                                                       std::string_view name);

}  // namespace lango::backoffice
