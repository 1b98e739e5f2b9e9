// Pages that wait for news. While any waits, the store is asked once a second for all of them
// together: whatever changes a payment, the rail, a person or a job, is seen in the same way.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "console/topics.hpp"
#include "store/store.hpp"

namespace lango::console {

class LiveRoom {
  public:
    static constexpr std::size_t seats = 1000;
    static constexpr std::size_t seats_of_one = 16;  // of one person

    LiveRoom(store::Store& store, Clock& clock, asio::any_io_executor executor);
    ~LiveRoom();
    LiveRoom(const LiveRoom&) = delete;
    LiveRoom& operator=(const LiveRoom&) = delete;

  private:
    struct Impl;
    struct Listener;

  public:
    using Seat = std::shared_ptr<Listener>;  // given back with its last owner

    // None: all are taken. Of one person's the oldest gives way. What is asked for is theirs.
    [[nodiscard]] Seat sit_down(std::string name, std::optional<MerchantId> merchant,
                                std::vector<Topic> topics);
    // Events as they go to the browser, as soon as there are any; "" when there were none after
    // that time. Nothing when the room closes, or the seat has given way.
    [[nodiscard]] asio::awaitable<std::optional<std::string>> wait(Seat seat, Duration at_most);
    void close();

  private:
    std::shared_ptr<Impl> impl_;
};

}  // namespace lango::console
