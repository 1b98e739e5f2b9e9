#include "process/run_until_signal.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <cstdlib>

#include "process/terminal.hpp"

namespace lango::process {

namespace {

bool tell(std::exception_ptr error) {
    if (!error) return false;
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& what) {
        complain << "lango: " << what.what() << '\n';
    }
    return true;
}

asio::awaitable<int> run(const Service& service, asio::signal_set& signals) {
    std::exception_ptr failed_start;
    try {
        co_await service.start();
        // A signal that came meanwhile was kept.
        co_await signals.async_wait(asio::use_awaitable);
    } catch (...) {
        failed_start = std::current_exception();
    }
    // Who is asked twice does not wait for answers in flight.
    signals.async_wait([](const boost::system::error_code& error, int number) {
        if (!error) std::_Exit(128 + number);
    });
    std::exception_ptr failed_stop;
    try {
        co_await service.stop();
    } catch (...) {
        failed_stop = std::current_exception();
    }
    const bool failed = tell(failed_start);
    co_return tell(failed_stop) || failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

}  // namespace

asio::signal_set stop_signals(asio::io_context& io) {
    return asio::signal_set{io, SIGTERM, SIGINT};
}

void outlive_hangups(asio::signal_set& hangups, std::function<void()> told) {
    hangups.async_wait(
        [&hangups, told = std::move(told)](const boost::system::error_code& error, int) mutable {
            if (error) return;
            told();
            outlive_hangups(hangups, std::move(told));
        });
}

int run_until_signal(asio::io_context& io, asio::signal_set& signals, const Service& service) {
    int code = EXIT_FAILURE;
    asio::co_spawn(io, run(service, signals), [&](const std::exception_ptr& error, int result) {
        code = tell(error) ? EXIT_FAILURE : result;
        io.stop();
    });
    io.run();
    return code;
}

}  // namespace lango::process
