// The command line as a page of the system's manual, lango(1).
#pragma once
#include <string>
#include <string_view>

#include "manual/command.hpp"

namespace lango::manual {

// In the macros of man(7). It bears no date: the same program writes the same page.
[[nodiscard]] std::string man_page(const Command& program, std::string_view version);

}  // namespace lango::manual
