#include "store/sqlite/group.hpp"

#include "base/result.hpp"

namespace lango::store::sqlite {

namespace {

void run_one(Connection& connection, Waiter& waiter) {
    waiter.error = nullptr;
    connection.forget_touched();
    try {
        waiter.command->run(connection);
        connection.check_touched();
    } catch (...) {
        waiter.error = std::current_exception();
    }
    // Not a matter of this command alone, whether it swallowed the exception or not.
    if (connection.trouble()) connection.trouble()->raise();
    LANGO_ASSERT(connection.in_transaction());  // a command neither begins nor commits
}

// False when one threw: nothing is kept then.
bool run_plain(Connection& connection, Group& group) {
    connection.run("BEGIN IMMEDIATE");
    for (auto& waiter : group) {
        run_one(connection, waiter);
        if (waiter.error) {
            connection.roll_back();
            return false;
        }
    }
    connection.run("COMMIT");
    return true;
}

void run_in_savepoints(Connection& connection, Group& group) {
    connection.run("BEGIN IMMEDIATE");
    for (auto& waiter : group) {
        connection.run("SAVEPOINT command");
        run_one(connection, waiter);
        if (waiter.error) connection.run("ROLLBACK TO command");
        connection.run("RELEASE command");
    }
    connection.run("COMMIT");
}

}  // namespace

GroupOutcome run_group(Connection& connection, Group& group) {
    GroupOutcome outcome;
    std::exception_ptr error;
    try {
        if (run_plain(connection, group)) return outcome;
        // Of a lone command that threw there is nobody to save.
        if (group.size() > 1) {
            outcome.rerun = true;
            run_in_savepoints(connection, group);
        }
    } catch (...) {
        error = std::current_exception();
    }
    if (!error && !connection.trouble()) return outcome;

    // COMMIT may have failed with the transaction still open, as it does on a full disk.
    outcome.trouble = connection.trouble();
    connection.roll_back();
    if (connection.trouble()) outcome.trouble = connection.trouble();
    for (auto& waiter : group) waiter.error = outcome.trouble ? outcome.trouble->error() : error;
    return outcome;
}

}  // namespace lango::store::sqlite
