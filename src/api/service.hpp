// The merchant API as one service.
#pragma once
#include "api/context.hpp"
#include "http/router.hpp"

namespace lango::ops {
class Metrics;
}

namespace lango::api {

namespace asio = boost::asio;

// All merchant and rail endpoints. The context outlives the router.
[[nodiscard]] http::Router routes(const Context& context);

// Around every endpoint: a store that cannot write answers 503 with Retry-After, and so does a
// gateway that has more requests in flight than it may.
[[nodiscard]] http::Service guarded(const Context& context, const http::Router& router,
                                    ops::Metrics* metrics = nullptr);
// The same with something between it and the router.
[[nodiscard]] http::Service guarded(const Context& context, http::Service inner,
                                    ops::Metrics* metrics);

}  // namespace lango::api
