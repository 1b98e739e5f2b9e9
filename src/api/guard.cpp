#include <memory>

#include "api/envelope.hpp"
#include "api/service.hpp"
#include "ops/logging.hpp"
#include "ops/metrics.hpp"
#include "store/errors.hpp"

namespace lango::api {

namespace {

struct InFlight {
    InFlight(std::size_t& requests, ops::Metrics* shown) : count(requests), metrics(shown) {
        ++count;
        show();
    }
    ~InFlight() {
        --count;
        show();
    }
    InFlight(const InFlight&) = delete;
    InFlight& operator=(const InFlight&) = delete;
    void show() const {
        if (metrics != nullptr) metrics->requests_in_flight.set(static_cast<std::int64_t>(count));
    }
    std::size_t& count;
    ops::Metrics* metrics;
};

// What the rail tells us it tells once (daraja.md 3.6): merchants who ask for too much at once must
// not take its place.
constexpr std::size_t rail_places = 1000;
bool is_the_rails(const http::Request& request) { return request.path.starts_with("/rail/"); }

// A withdrawal that names itself is taken once, however often it is sent; another one is not.
constexpr const char* withdrawal_path = "/v2/withdrawal/create";
constexpr const char* withdrawal_in_doubt =
    "It is not known whether this withdrawal was stored. Send it again unchanged if it has a "
    "withdrawal_id or an Idempotency-Key: it is paid once, and an id that has been taken was "
    "stored. Without either, sending it again may pay twice: ask for your balance first.";

asio::awaitable<http::Response> serve(const Context& context, const http::Service& inner,
                                      std::shared_ptr<std::size_t> in_flight,
                                      const http::Request& request, ops::Metrics* metrics) {
    using namespace std::chrono_literals;
    const auto places = context.requests_in_flight_max + (is_the_rails(request) ? rail_places : 0);
    if (*in_flight >= places) {
        if (metrics != nullptr) metrics->requests_shed.add();
        log::warn("api", "too many requests at once: limits.requests_in_flight",
                  {{"in_flight", *in_flight}});
        co_return come_again(503, "Too many requests at once. This request was not processed.", 1s);
    }
    const InFlight counted{*in_flight, metrics};
    std::string trouble;
    const char* told = "Nothing can be stored at the moment. Try again.";
    try {
        co_return co_await inner(request);
    } catch (const store::Unavailable& unavailable) {
        trouble = unavailable.what();
    } catch (const store::Broken& broken) {
        // The commit may have reached the disk before it failed.
        told = request.path == withdrawal_path ? withdrawal_in_doubt
                                               : "It is not known whether this request was stored. "
                                                 "Send it again unchanged.";
        trouble = broken.what();
    }
    log::error("api", "the store cannot write",
               {{"request_id", request.request_id}, {"reason", trouble}});
    co_return come_again(503, told, 1s);
}

}  // namespace

http::Service guarded(const Context& context, const http::Router& router, ops::Metrics* metrics) {
    return guarded(
        context, [&router](const http::Request& request) { return router.handle(request); },
        metrics);
}

http::Service guarded(const Context& context, http::Service inner, ops::Metrics* metrics) {
    return [&context, inner = std::move(inner), metrics,
            in_flight = std::make_shared<std::size_t>(0)](const http::Request& request) {
        return serve(context, inner, in_flight, request, metrics);
    };
}

}  // namespace lango::api
