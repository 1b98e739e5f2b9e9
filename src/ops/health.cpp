#include "ops/health.hpp"

#include <exception>
#include <memory>

#include "base/json_writer.hpp"
#include "base/redact.hpp"

namespace lango::ops {
namespace {

// What the answers to /readyz and /metrics are made from.
struct Sources {
    Metrics& metrics;
    const Health& health;
    std::function<http::asio::awaitable<void>()> collect;
};

http::Response json(int status, std::string body) {
    http::Response response;
    response.status = status;
    response.body = std::move(body);
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

http::Response alive() { return json(200, R"({"status":"ok"})"); }

void list(json::Writer& writer, std::string_view key, const Health::Reasons& reasons) {
    if (reasons.empty()) return;
    writer.key(key).begin_object();
    for (const auto& [name, reason] : reasons) writer.member(name, redact(reason));
    writer.end_object();
}

http::Response ready(const Health& health) {
    const auto reasons = health.reasons();
    std::string body;
    json::Writer writer(body);
    writer.begin_object().member("status", reasons.empty() ? "ok" : "fail");
    list(writer, "reasons", reasons);
    list(writer, "warnings", health.warnings());
    list(writer, "notes", health.notes());
    writer.end_object();
    return json(reasons.empty() ? 200 : 503, std::move(body));
}

http::Response rendered(Metrics& metrics) {
    http::Response response;
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body = metrics.render();
    return response;
}

using Sourced = std::shared_ptr<const Sources>;

http::asio::awaitable<http::Response> answer_alive() { co_return alive(); }

http::asio::awaitable<http::Response> answer_ready(Sourced sources) {
    co_return ready(sources->health);
}

http::asio::awaitable<http::Response> answer_metrics(Sourced sources) {
    bool collected = true;
    try {
        if (sources->collect) co_await sources->collect();
    } catch (const std::exception&) {
        // What is counted in memory is worth most when the store cannot be read.
        collected = false;
    }
    sources->metrics.collected.set(collected ? 1 : 0);
    co_return rendered(sources->metrics);
}

http::asio::awaitable<http::Response> route(std::shared_ptr<const http::Router> router,
                                            const http::Request& request) {
    co_return co_await router->handle(request);
}

}  // namespace

void Health::add(std::string name, Check check) {
    checks_.emplace_back(std::move(name), std::move(check));
}

void Health::warn(std::string name, Check check) {
    warnings_.emplace_back(std::move(name), std::move(check));
}

void Health::tell(std::string name, Check check) {
    notes_.emplace_back(std::move(name), std::move(check));
}

Health::Reasons Health::reasons() const { return failing(checks_); }

Health::Reasons Health::warnings() const { return failing(warnings_); }

Health::Reasons Health::notes() const { return failing(notes_); }

Health::Reasons Health::failing(const Checks& checks) {
    Reasons out;
    for (const auto& [name, check] : checks) {
        std::optional<std::string> reason;
        try {
            reason = check();
        } catch (const std::exception& error) {
            reason = std::string("the check failed: ") + error.what();
        }
        if (reason) out.emplace_back(name, *std::move(reason));
    }
    return out;
}

http::Service ops_service(Metrics& metrics, const Health& health,
                          std::function<http::asio::awaitable<void>()> collect) {
    using http::Method;
    const auto sources = std::make_shared<const Sources>(metrics, health, std::move(collect));
    auto router = std::make_shared<http::Router>();
    router->add(Method::get, "/healthz", [](const auto&, const auto&) { return answer_alive(); });
    router->add(Method::get, "/readyz",
                [sources](const auto&, const auto&) { return answer_ready(sources); });
    router->add(Method::get, "/metrics",
                [sources](const auto&, const auto&) { return answer_metrics(sources); });
    return [router](const http::Request& request) { return route(router, request); };
}

}  // namespace lango::ops
