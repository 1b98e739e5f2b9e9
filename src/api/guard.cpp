#include <memory>

#include "api/context.hpp"
#include "api/envelope.hpp"
#include "ops/logging.hpp"

namespace lango::api {

namespace {

struct InFlight {
    explicit InFlight(std::size_t& requests) : count(requests) { ++count; }
    ~InFlight() { --count; }
    InFlight(const InFlight&) = delete;
    InFlight& operator=(const InFlight&) = delete;
    std::size_t& count;
};

asio::awaitable<http::Response> serve(const Context& context, const http::Router& router,
                                      std::shared_ptr<std::size_t> in_flight,
                                      const http::Request& request) {
    using namespace std::chrono_literals;
    if (*in_flight >= context.requests_in_flight_max) {
        co_return come_again(503, "Too many requests at once. Nothing was stored.", 1s);
    }
    const InFlight counted{*in_flight};
    std::string trouble;
    try {
        co_return co_await router.handle(request);
    } catch (const store::Unavailable& unavailable) {
        trouble = unavailable.what();
    } catch (const store::Broken& broken) {
        trouble = broken.what();
    }
    log::error("api", "the store cannot write",
               {{"request_id", request.request_id}, {"reason", trouble}});
    co_return come_again(503, "Nothing can be stored at the moment. Try again.", 1s);
}

}  // namespace

http::Service guarded(const Context& context, const http::Router& router) {
    return [&context, &router, in_flight = std::make_shared<std::size_t>(0)](
               const http::Request& request) { return serve(context, router, in_flight, request); };
}

}  // namespace lango::api
