// lango withdrawal batch FILE, and lango batch: sheets of withdrawals, which the gateway reads and
// keeps (src/batches). Here they are sent, shown, and said yes to.
#pragma once
#include "cli/commands.hpp"

namespace lango::cli {

void add_withdrawal_batch(CLI::App& group, Run& run);

struct SheetToApprove {
    std::string file;
    std::string merchant;
    std::string sum;  // what it pays out in all, as typed; "": asked for
    bool include_hidden = false;
};
// Approves the withdrawals of a sheet that was uploaded, all of which must be there and wait for
// it. An exit code.
[[nodiscard]] int approve_sheet(const Operator& shared, const SheetToApprove& sheet);

}  // namespace lango::cli
