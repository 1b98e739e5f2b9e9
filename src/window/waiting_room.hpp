// Windows that wait until something happens to their order. While any waits, the store is asked
// once a second for all of them together, so that whatever changes an order, the rail, a person or
// a paybill, is seen in the same way. Who waits has a seat; one order and one address have only so
// many, or a single client could take them all.
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
    struct Seats {
        std::size_t in_all;
        std::size_t per_address;  // by its networks (http/networks.hpp); 0: no limit
        static constexpr std::size_t per_order = 16;
    };
    WaitingRoom(store::Store& store, Clock& clock, asio::any_io_executor executor, Seats seats);
    ~WaitingRoom();
    WaitingRoom(const WaitingRoom&) = delete;
    WaitingRoom& operator=(const WaitingRoom&) = delete;

  private:
    struct Impl;
    class Taken;

  public:
    using Seat = std::shared_ptr<const Taken>;  // given back with its last owner

    // None: all are taken, or those of this order or of this address are.
    [[nodiscard]] Seat sit_down(MerchantId merchant, std::string custom_transaction_id,
                                const std::string& address);
    // The order's version as soon as it is not `seen` any more, or `seen` when it still is after
    // that time. Nothing when the room closes.
    [[nodiscard]] asio::awaitable<std::optional<std::int64_t>> wait(Seat seat, std::int64_t seen,
                                                                    Duration at_most);
    void close();
    [[nodiscard]] std::size_t seated() const;

  private:
    std::shared_ptr<Impl> impl_;
};

}  // namespace lango::window
