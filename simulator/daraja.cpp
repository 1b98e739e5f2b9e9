#include "simulator/daraja.hpp"

#include "base/json_writer.hpp"

namespace lango::simulator {

namespace {

constexpr std::size_t calls_kept = 100;

}  // namespace

http::Response error(int status, std::string_view code, std::string_view message) {
    http::Response response;
    response.status = status;
    json::Writer{response.body}
        .begin_object()
        .member("requestId", "1c5b-4ba8-815c-ac45c57a3db01495926")
        .member("errorCode", code)
        .member("errorMessage", message)
        .end_object();
    return response;
}

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
      idle_(clock.timer()),
      pushes_(config_.pushes_per_second) {
    using http::Method;
    using http::PathArguments;
    using http::Request;
    router_.add(Method::get, "/oauth/v1/generate",
                [this](const Request& request, const PathArguments&) -> Answer {
                    co_return token(request);
                });
    router_.add(Method::post, "/mpesa/stkpush/v1/processrequest",
                [this](const Request& request, const PathArguments&) { return push(request); });
    router_.add(Method::post, "/mpesa/stkpushquery/v1/query",
                [this](const Request& request, const PathArguments&) -> Answer {
                    co_return query(request);
                });
    router_.add(Method::post, "/pulltransactions/v1/query",
                [this](const Request& request, const PathArguments&) -> Answer {
                    co_return pull(request);
                });
    for (const auto* path : {"/mpesa/stkpush/v1/processrequest", "/mpesa/stkpushquery/v1/query"}) {
        router_.add(Method::get, path, [](const Request&, const PathArguments&) -> Answer {
            co_return error(404, "404.001.04", "Invalid Authentication Header");
        });
    }
    router_.set_not_found([](const Request&, const PathArguments&) -> Answer {
        co_return error(404, "404.001.01", "Resource not found");
    });
    add_admin_routes();
    service_ = [this](const Request& request) {
        if (!request.path.starts_with("/simulator")) {
            calls_.push_back(request.path + " " + request.body);
            if (calls_.size() > calls_kept) calls_.pop_front();
        }
        return router_.handle(request);
    };
}

Daraja::~Daraja() = default;

}  // namespace lango::simulator
