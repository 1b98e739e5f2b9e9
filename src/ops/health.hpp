// Is the process alive, and may it be given work? Checks are cheap and synchronous: they look at
// what the parts know of themselves and do no IO.
//
//   /healthz  200 {"status":"ok"} as long as the process answers
//   /readyz   200 {"status":"ok"}, or 503 {"status":"fail","reasons":{"store":"disk full"}};
//             beside either "warnings":{"rail":"..."} and "notes":{"audit":"..."}, when there are
//             any
//   /metrics  Prometheus' text format
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/router.hpp"
#include "ops/metrics.hpp"

namespace lango::ops {

// Checks are added at start, before the first request; then any thread.
class Health {
  public:
    // Why not, in words for an operator; nothing when all is well.
    using Check = std::function<std::optional<std::string>()>;
    void add(std::string name, Check check);
    // A check that is shown, and takes nobody's work away: a gateway whose rail is in trouble must
    // go on taking what the rail tells.
    void warn(std::string name, Check check);
    // What is shown whatever it says.
    void tell(std::string name, Check check);
    // Of all checks that fail or throw, in the order added.
    using Reasons = std::vector<std::pair<std::string, std::string>>;
    [[nodiscard]] Reasons reasons() const;
    [[nodiscard]] Reasons warnings() const;
    [[nodiscard]] Reasons notes() const;

  private:
    using Checks = std::vector<std::pair<std::string, Check>>;
    [[nodiscard]] static Reasons failing(const Checks& checks);

    Checks checks_;
    Checks warnings_;
    Checks notes_;
};

// For a listener that merchants and payers cannot reach. collect, if given, is awaited before
// /metrics is rendered: for gauges that are read from the store. Both outlive the service.
[[nodiscard]] http::Service ops_service(Metrics& metrics, const Health& health,
                                        std::function<http::asio::awaitable<void>()> collect = {});

}  // namespace lango::ops
