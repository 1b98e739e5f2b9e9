// What the audit's findings do to a running gateway: creates and payouts are refused while a new
// breach of a law of money stands; what the rail tells is taken all the same.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "http/router.hpp"
#include "laws/audit.hpp"
#include "ops/metrics.hpp"

namespace lango::app {

// 503 with Retry-After to what would make a payment, while the audit says so. Both outlive it.
[[nodiscard]] http::Service unless_stopped(const laws::Audit& audit, http::Service inner);

// Into log and metrics. metrics: none in simulation.
void notice_audit(const laws::AuditResult& result, const std::vector<laws::Breach>& fresh,
                  ops::Metrics* metrics);

// For /readyz: laws that do not hold, and stop nothing; when they were last proved.
[[nodiscard]] std::optional<std::string> laws_warning(const laws::Audit& audit);
[[nodiscard]] std::optional<std::string> audit_note(const laws::Audit& audit);

}  // namespace lango::app
