// lango deposit list: what is searched for, as a table, JSON or CSV.
#pragma once
#include "cli/commands.hpp"

namespace lango::cli {

void add_deposit_list(CLI::App& group, Run& run);

}  // namespace lango::cli
