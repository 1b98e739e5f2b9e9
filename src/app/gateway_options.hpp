// An operator's settings as the parts of the gateway take them.
#pragma once
#include <optional>
#include <string>

#include "app/core.hpp"
#include "ops/config.hpp"

namespace lango::app {

[[nodiscard]] rails::daraja::Options rail_options(const ops::Config& config,
                                                  std::string callback_url);
// Nothing when payouts are off. Reads the certificate. Throws std::runtime_error with what is
// wrong, a line each.
[[nodiscard]] std::optional<PayoutSetup> payout_setup(const ops::Config& config,
                                                      const std::string& public_url);
// Throws as payout_setup does.
[[nodiscard]] CoreOptions core_options(const ops::Config& config, const std::string& public_url,
                                       std::string console_url);

}  // namespace lango::app
