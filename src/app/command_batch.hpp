// lango withdrawal batch FILE: many withdrawals from a CSV or XLSX sheet (withdrawals/batch.hpp).
#pragma once
#include "app/commands.hpp"

namespace lango::app {

void add_batch(CLI::App& group, Run& run);

}  // namespace lango::app
