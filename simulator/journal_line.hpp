// The journal's lines: of payments, whichever way they came, and how lines are read back.
#pragma once
#include <charconv>
#include <stdexcept>
#include <string>

#include "simulator/fields.hpp"
#include "simulator/movements.hpp"

namespace lango::simulator {

// Throws std::runtime_error when the line has none.
[[nodiscard]] inline std::int64_t integer_at(const json::Value& line, std::string_view name) {
    const auto text = field(line, name);
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size()) {
        throw std::runtime_error{"the journal has a line without " + std::string{name}};
    }
    return value;
}

[[nodiscard]] std::string payment_line(const Payment& payment);

}  // namespace lango::simulator
