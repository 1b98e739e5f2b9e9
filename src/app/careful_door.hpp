// The rail's messages around a run that is careful (runs/run.hpp): each is kept before it is read,
// and read alone; one that two runs died of is not read again until a person lets it in.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "http/router.hpp"
#include "runs/watch.hpp"
#include "store/store.hpp"

namespace lango::app {

class CarefulDoor {
  public:
    struct Parts {
        store::Store& store;
        Clock& clock;
        runs::Watch& watch;
        std::function<void(std::string_view outcome)> noticed;  // as context.callback_noticed
    };
    explicit CarefulDoor(Parts parts) : parts_(std::move(parts)) {}
    // Which messages are set aside: at the start, and when a person has changed it.
    [[nodiscard]] http::asio::awaitable<void> refresh();
    // Outlives the service.
    [[nodiscard]] http::Service before(http::Service inner);

  private:
    [[nodiscard]] http::asio::awaitable<http::Response> serve(const http::Request& request,
                                                              const http::Service& inner);
    [[nodiscard]] http::asio::awaitable<http::Response> read_alone(const http::Request& request,
                                                                   const http::Service& inner);

    Parts parts_;
    std::set<std::string> set_aside_;  // runs::digest_of
};

}  // namespace lango::app
