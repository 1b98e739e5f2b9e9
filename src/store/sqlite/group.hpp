// A group of commands as one transaction.
//
//   BEGIN, every command, COMMIT                         the usual way
//   one threw: ROLLBACK, BEGIN, every command again in   only who throws is lost
//   a savepoint of its own, COMMIT
//   trouble (disk full, IO error): ROLLBACK              everybody gets it
#pragma once
#include <exception>
#include <memory>
#include <optional>
#include <vector>

#include "store/command.hpp"
#include "store/sqlite/connection.hpp"

namespace lango::store::sqlite {

struct Waiter {
    std::unique_ptr<Command> command;
    std::exception_ptr error;  // of the last run
};
using Group = std::vector<Waiter>;

struct GroupOutcome {
    bool rerun = false;              // it took a second run, in savepoints
    std::optional<Trouble> trouble;  // why nothing was committed, as far as is known
};

// Afterwards each waiter's effect is on disk, or its error is set. Does not throw.
[[nodiscard]] GroupOutcome run_group(Connection& connection, Group& group);

}  // namespace lango::store::sqlite
