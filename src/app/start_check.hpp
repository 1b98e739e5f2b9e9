// What is wrong with an installation's settings taken together, before anything is opened or made.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

#include "ops/config.hpp"

namespace lango::app {

// Its text has a line for each thing that is wrong.
struct StartRefused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// All that keeps the gateway from starting, one a line; empty when nothing does. Reads the
// certificate of payouts.
[[nodiscard]] std::string start_problems(const ops::Config& config);

}  // namespace lango::app
