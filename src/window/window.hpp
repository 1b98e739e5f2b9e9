// The payment window as one service.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <memory>

#include "http/router.hpp"
#include "window/context.hpp"

namespace lango::window {

namespace asio = boost::asio;

class Window {
  public:
    Window(Context context, Options options, asio::any_io_executor executor);
    ~Window();
    // Pages at plugin.{merchant's domain} and under /plugin/{slug}/; everything else goes on to
    // `others`.
    [[nodiscard]] http::Service before(http::Service others);
    // Lets go of every window that waits; those that come later are answered at once.
    void stop_waiting();
    [[nodiscard]] std::size_t waiting() const;
    // Goes on with the counts of limits that the run before has left, and leaves them to the next.
    // The second costs a write only where there is something to count, or was.
    [[nodiscard]] asio::awaitable<void> recall_counts();
    [[nodiscard]] asio::awaitable<void> keep_counts();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace lango::window
