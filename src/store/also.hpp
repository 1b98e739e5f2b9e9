// What a caller adds to a command that is not its own, in the same commit: the trail of who had it
// done.
#pragma once
#include <functional>
#include <string_view>

#include "store/tx.hpp"

namespace lango::store {

// outcome: what the command came to, in its own word ("queued"). May be empty.
using Also = std::function<void(Tx& tx, std::string_view outcome)>;

}  // namespace lango::store
