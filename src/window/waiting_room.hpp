// Windows that wait until something happens to their order. While any waits, the store is asked
// once a second for all of them together, so that whatever changes an order, the rail, a person or
// a paybill, is seen in the same way.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "store/store.hpp"

namespace lango::window {

class WaitingRoom {
  public:
    WaitingRoom(store::Store& store, Clock& clock, asio::any_io_executor executor,
                std::size_t places);
    ~WaitingRoom();
    WaitingRoom(const WaitingRoom&) = delete;
    WaitingRoom& operator=(const WaitingRoom&) = delete;
    // The order's version as soon as it is not `seen` any more, or `seen` when it still is after
    // that time. Nothing when there is no place, or the room closes.
    [[nodiscard]] asio::awaitable<std::optional<std::int64_t>> wait(
        MerchantId merchant, std::string custom_transaction_id, std::int64_t seen,
        Duration at_most);
    void close();
    [[nodiscard]] std::size_t waiting() const;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace lango::window
