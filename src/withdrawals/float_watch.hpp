// Asks the rail again and again what it holds for payouts, keeps the answers, and says when it is
// little. Full Working accounts pay nobody: what counts is Utility (daraja.md 7.2, 13).
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>

#include "base/clock.hpp"
#include "rails/payout.hpp"
#include "store/store.hpp"

namespace lango::withdrawals {

namespace asio = boost::asio;

class FloatWatch {
  public:
    struct Parts {
        store::Store& store;
        rails::PayoutRail& rail;
        Clock& clock;
        asio::any_io_executor executor;
        std::function<void(const rails::FloatReading& reading)> noticed;  // may be empty
        // The question was refused for something of ours; may be empty.
        std::function<void(const rails::FloatSeen& seen)> refused;
        std::function<void(std::string_view error)> trouble;
    };
    FloatWatch(Parts parts, Duration interval);
    ~FloatWatch();
    // Asks at once and then every `interval`; not while the credential must not be used.
    void start();
    // Asks now, besides. False: the rail did not take the question, or it must not be put.
    [[nodiscard]] asio::awaitable<bool> ask();
    // The rail's answer. Durable when it returns; one that says that the credential is wrong ends
    // questions until a person has mended it.
    [[nodiscard]] asio::awaitable<void> take(rails::FloatSeen seen);
    [[nodiscard]] asio::awaitable<void> stop();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace lango::withdrawals
