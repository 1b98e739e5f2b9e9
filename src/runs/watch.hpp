// What a run does about its own life: tries what is suspected, one at a time over all workers, says
// after ten minutes that it has lived, and at the end that it ended cleanly. Used on the executor's
// one thread.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "runs/run.hpp"
#include "store/store.hpp"

namespace lango::runs {

namespace asio = boost::asio;

// What came of asking a worker for the next one that is suspected.
enum class Tried : std::int8_t {
    one,      // it went, and is over
    waiting,  // none is due now
};
using TryOne = std::function<asio::awaitable<Tried>()>;

class Watch {
  public:
    struct Parts {
        store::Store& store;
        Clock& clock;
        asio::any_io_executor executor;
        // Each has its turn; however that ends, the row `run` names nothing then.
        std::vector<TryOne> workers;
        std::function<void()> settled;  // nothing is kept apart any more: wake all workers
        std::function<void(std::string_view error)> trouble;  // for logs
    };
    explicit Watch(Parts parts);
    ~Watch();
    // The run that begin() told of.
    void start(const Run& run);
    [[nodiscard]] bool is_careful() const;
    // For what comes in while the run is careful: waits until nothing else goes alone, and keeps
    // the others waiting as long as it lives. Nothing: that took too long.
    class Turn;
    [[nodiscard]] asio::awaitable<std::optional<Turn>> turn(Duration at_most = message_waits);
    // The rail gives up a question after 8 seconds. What cannot have its turn by then is read
    // beside the one that goes.
    static constexpr Duration message_waits = std::chrono::seconds{5};
    // Whoever had a turn is done, and the row `run` may still name him: that is taken back before
    // another goes, as after everything that a worker tried.
    void name_may_stand();
    // Tries no more, and waits for the one that goes.
    [[nodiscard]] asio::awaitable<void> stop();
    // At the very end: it ended cleanly.
    [[nodiscard]] asio::awaitable<void> end();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

class Watch::Turn {
  public:
    explicit Turn(std::shared_ptr<Impl> of);
    ~Turn();
    Turn(Turn&&) noexcept = default;
    Turn& operator=(Turn&&) = delete;
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

  private:
    std::shared_ptr<Impl> of_;
};

}  // namespace lango::runs
