// Batches as a person sees them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "cli/commands.hpp"

namespace lango::cli {

// A member that is a number; 0 where it is none.
[[nodiscard]] std::int64_t count_at(const json::Value& object, std::string_view name);
// "1,234.00" of a member that is an amount; as it stands where it is none.
[[nodiscard]] std::string amount_at(const json::Value& object, std::string_view name);

// One line: what it is, and how far it has come.
void print_batch(const json::Value& batch);
// What a person should have looked at before it is paid out.
void print_check(const json::Value& batch, const json::Value& check);
// "row 3: why", on standard error.
void print_wrong(const json::Value* rows);

}  // namespace lango::cli
