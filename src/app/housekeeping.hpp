// What is done now and then, beside all payments: keeps when merchants' keys were used last and
// what limits count, and masks what has been over for long enough.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>

#include "base/clock.hpp"
#include "base/crypto.hpp"
#include "merchants/merchants.hpp"
#include "privacy/job.hpp"
#include "store/store.hpp"

namespace lango::app {

namespace asio = boost::asio;

class Housekeeping {
  public:
    struct Parts {
        store::Store& store;
        Clock& clock;
        const crypto::MasterKey& master;
        const merchants::Directory& merchants;
        asio::any_io_executor executor;
        std::function<asio::awaitable<void>()> each_minute;  // and at the end
    };
    Housekeeping(Parts parts, privacy::JobOptions options);
    ~Housekeeping();
    void start();
    // Keeps what was noted, and waits for a run under way.
    [[nodiscard]] asio::awaitable<void> stop();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace lango::app
