// lango merchant show, rotate-secret, rotate-keys, end-old-keys.
#pragma once
#include "base/json.hpp"
#include "cli/commands.hpp"

namespace lango::cli {

void add_merchant_keys(CLI::App& merchant, Run& run);

// Shown this once.
void print_credentials(const json::Value& credentials);

}  // namespace lango::cli
