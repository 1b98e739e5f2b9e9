#include "app/standstill.hpp"

#include "api/envelope.hpp"
#include "ops/logging.hpp"

namespace lango::app {

namespace {

constexpr Duration come_again_after = std::chrono::minutes{1};

bool makes_a_payment(const http::Request& request) {
    return request.method == http::Method::post &&
           (request.path.starts_with("/api/v1/payment/create/") ||
            request.path == "/v2/withdrawal/create");
}

http::asio::awaitable<http::Response> answer_stopped() {
    co_return api::come_again(
        503, "Nothing new is taken at the moment. This request was not processed: send it again.",
        come_again_after);
}

}  // namespace

http::Service unless_stopped(const laws::Audit& audit, http::Service inner) {
    return [&audit, inner = std::move(inner)](const http::Request& request) {
        if (makes_a_payment(request) && audit.stops()) return answer_stopped();
        return inner(request);
    };
}

void notice_audit(const laws::AuditResult& result, const std::vector<laws::Breach>& fresh,
                  ops::Metrics* metrics) {
    for (const auto& breach : fresh) {
        log::error("audit",
                   breach.of_money ? "a law of money is broken: creates and payouts stand still "
                                     "until a person has acknowledged it"
                                   : "a law is broken",
                   {{"law", breach.law}, {"subject", breach.subject}, {"said", breach.said}});
    }
    log::info("audit", "every law was proved",
              {{"payments", result.payments}, {"broken", result.broken}, {"busy", result.busy}});
    if (metrics == nullptr) return;
    metrics->audit_ended_at_seconds.set(to_micros(result.ended_at) / 1'000'000);
    metrics->audit_seconds.set((result.ended_at - result.began_at) / std::chrono::seconds{1});
    metrics->audit_payments.set(result.payments);
    metrics->audit_broken.set(result.broken);
}

std::optional<std::string> laws_warning(const laws::Audit& audit) {
    const auto last = audit.last();
    if (!last || last->holds() || audit.stops()) return std::nullopt;
    return std::to_string(last->broken) + " laws do not hold: lango verify tells which";
}

std::optional<std::string> audit_note(const laws::Audit& audit) {
    const auto last = audit.last();
    if (!last) return "no audit has come to its end yet";
    return format_rfc3339(last->ended_at) + ": " + std::to_string(last->payments) + " payments, " +
           std::to_string(last->broken) + " laws broken";
}

}  // namespace lango::app
