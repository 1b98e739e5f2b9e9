// A long-lived command: start, wait for SIGTERM or SIGINT, stop, exit code.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <functional>

namespace lango::process {

namespace asio = boost::asio;

struct Service {
    std::function<asio::awaitable<void>()> start;
    std::function<asio::awaitable<void>()> stop;  // also called when start threw
};

// Made before anything slow is done: a signal that comes meanwhile is kept, not deadly.
[[nodiscard]] asio::signal_set stop_signals(asio::io_context& io);

// From now on SIGHUP (a terminal that closed, a log that was rotated) does not end the process;
// `told` is called for each. hangups must outlive io's run.
void outlive_hangups(asio::signal_set& hangups, std::function<void()> told);

// 0 after a stop by signal, 1 when start or stop threw (its text goes to standard error). A second
// signal ends the process at once. Returns with nothing running on io.
[[nodiscard]] int run_until_signal(asio::io_context& io, asio::signal_set& signals,
                                   const Service& service);

}  // namespace lango::process
