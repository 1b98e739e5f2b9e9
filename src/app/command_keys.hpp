// lango merchant show, rotate-secret, rotate-keys, end-old-keys.
#pragma once
#include "app/commands.hpp"
#include "base/json.hpp"

namespace lango::app {

void add_merchant_keys(CLI::App& merchant, Run& run);

// Shown this once.
void print_credentials(const json::Value& credentials);

}  // namespace lango::app
