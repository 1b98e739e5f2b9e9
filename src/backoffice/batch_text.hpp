// Batches as JSON, and what names one.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "base/json_writer.hpp"
#include "batches/check.hpp"

namespace lango::backoffice {

// "7"; nothing for every other text.
[[nodiscard]] std::optional<std::int64_t> batch_number(std::string_view text);

inline constexpr std::string_view no_such_batch = "There is no such batch.";

// An object each.
void write_batch(json::Writer& writer, const batches::Batch& batch, std::string_view slug);
void write_check(json::Writer& writer, const batches::Check& check);
// An array.
void write_batch_rows(json::Writer& writer, const std::vector<batches::Row>& rows);

}  // namespace lango::backoffice
