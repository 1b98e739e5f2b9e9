// lango withdrawal batch FILE: many withdrawals from a CSV or XLSX sheet (withdrawals/batch.hpp).
#pragma once
#include "cli/commands.hpp"

namespace lango::cli {

void add_batch(CLI::App& group, Run& run);

struct SheetToApprove {
    std::string file;
    std::string merchant;
    std::string sum;  // what it pays out in all, as typed; "": asked for
    bool include_hidden = false;
};
// Approves a sheet's withdrawals, all of which must be there and wait for it, with the recipients
// and amounts that the sheet has. Each carries its own approval. An exit code.
[[nodiscard]] int approve_batch(const Operator& shared, const SheetToApprove& sheet);

}  // namespace lango::cli
