// A long-lived command: start, wait for SIGTERM or SIGINT, stop, exit code.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>

namespace lango::app {

namespace asio = boost::asio;

struct Service {
    std::function<asio::awaitable<void>()> start;
    std::function<asio::awaitable<void>()> stop;  // also called when start threw
};

// 0 after a stop by signal, 1 when start or stop threw (its text goes to standard error). A second
// signal ends the process at once. Returns with nothing running on io.
[[nodiscard]] int run_until_signal(asio::io_context& io, const Service& service);

}  // namespace lango::app
