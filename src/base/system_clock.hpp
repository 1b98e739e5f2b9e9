// The machine's clock. Timers follow wall time: when the machine's time is set, they notice
// within five minutes, which is how long Asio waits at most before it looks again.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "base/clock.hpp"

namespace lango {

// now() from any thread; timers on the executor given.
class SystemClock final : public Clock {
  public:
    explicit SystemClock(asio::any_io_executor executor);
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] std::unique_ptr<Timer> timer() override;

  private:
    asio::any_io_executor executor_;
};

}  // namespace lango
