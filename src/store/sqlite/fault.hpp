// What an error of SQLite means for those who wait.
#pragma once
#include "store/errors.hpp"

namespace lango::store::sqlite {

enum class Fault {
    conflict,     // a constraint refused the statement
    statement,    // the statement is wrong
    unavailable,  // disk full, file busy, no memory: nothing is stored, later it may work
    lost,         // IO error, corruption: what is on disk is unknown until recovery has looked
};

// extended_code of SQLite, system_errno of the call that failed below it (0: none).
[[nodiscard]] Fault fault_of(int extended_code, int system_errno);

// After this the connection cannot be trusted: it is closed, and recovery decides.
struct ConnectionLost : Broken {
    using Broken::Broken;
};

// Why nothing can be written now. Concerns a whole group, not one command of it.
struct Trouble {
    bool lost = false;
    std::string text;

    // A new object each time: waiters on several threads do not share one.
    [[nodiscard]] std::exception_ptr error() const;
    [[noreturn]] void raise() const;
};

}  // namespace lango::store::sqlite
