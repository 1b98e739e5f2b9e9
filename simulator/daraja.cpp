#include "simulator/daraja.hpp"

#include "base/json_writer.hpp"

namespace lango::simulator {

namespace {

constexpr std::size_t calls_kept = 200;

}  // namespace

Daraja::Daraja(Config config, Clock& clock, Random& random, http::Client& client,
               asio::any_io_executor executor)
    : config_(std::move(config)),
      clock_(clock),
      random_(random),
      client_(client),
      executor_(std::move(executor)),
      ids_(random),
      ledger_(config_.wallet_start_minor),
      timer_(clock.timer()),
      idle_(clock.timer()) {
    using http::Method;
    using http::PathArguments;
    using http::Request;
    router_.add(Method::post, "/mpesa/stkpush/v1/processrequest",
                [this](const Request& request, const PathArguments&) { return push(request); });
    router_.add(Method::post, "/mpesa/stkpushquery/v1/query",
                [this](const Request& request, const PathArguments&) -> Answer {
                    co_return query(request);
                });
    router_.add(Method::get, "/oauth/v1/generate",
                [this](const Request& request, const PathArguments&) -> Answer {
                    co_return token(request);
                });
    router_.add(Method::post, "/pulltransactions/v1/query",
                [this](const Request& request, const PathArguments&) -> Answer {
                    co_return pull(request);
                });
    router_.set_not_found([this](const Request&, const PathArguments&) -> Answer {
        co_return error(404, "404.001.01", "Resource not found");
    });
    add_admin_routes();
    service_ = [this](const Request& request) { return serve(request); };
}

Daraja::~Daraja() = default;

Daraja::Answer Daraja::serve(const http::Request& request) {
    if (request.path.starts_with("/simulator/")) co_return co_await router_.handle(request);
    calls_.push_back({clock_.now(), request.method, request.path, request.body});
    if (calls_.size() > calls_kept) calls_.pop_front();
    auto response = co_await router_.handle(request);
    if (response.status != 405) co_return response;
    // The gateway's own words (daraja.md 1.2).
    if (request.method == http::Method::get) {
        co_return error(404, "404.001.04", "Invalid Authentication Header");
    }
    co_return error(405, "405.001", "Method Not Allowed");
}

http::Response Daraja::error(int status, std::string_view code, std::string_view message) {
    http::Response response;
    response.status = status;
    json::Writer{response.body}
        .begin_object()
        .member("requestId", ids_.merchant_request())
        .member("errorCode", code)
        .member("errorMessage", message)
        .end_object();
    return response;
}

}  // namespace lango::simulator
