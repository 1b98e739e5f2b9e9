// The simulated network: requests travel between services in the same thread, and are delayed, lost
// or doubled as a seed says. A twin of the real client.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "http/client.hpp"
#include "http/router.hpp"

namespace lango::simulation {

struct Faults {
    int request_lost_percent = 0;
    int reply_lost_percent = 0;
    int doubled_percent = 0;
    Duration delay_max = std::chrono::milliseconds{50};
    int late_percent = 0;  // of requests, delayed by up to late_max
    Duration late_max = std::chrono::minutes{5};
};

class Network final : public http::Client {
  public:
    Network(Clock& clock, Random& random, asio::any_io_executor executor)
        : clock_(clock), random_(random), executor_(std::move(executor)) {}
    // host:port of a URL to who serves it; "nobody" refuses connections.
    void host(std::string authority, http::Service service, Faults faults = {});
    void disturb(const std::string& authority, Faults faults) {
        if (const auto found = hosts_.find(authority); found != hosts_.end()) {
            found->second.faults = faults;
        }
    }
    void nobody(const std::string& authority) { hosts_.erase(authority); }
    asio::awaitable<Result<http::ClientResponse, http::ClientError>> send(
        http::ClientRequest request) override;
    // What happened, in order: the same seed gives the same.
    [[nodiscard]] const std::vector<std::string>& trace() const { return trace_; }
    // While this is on, requests that arrive find nobody: the gateway is down.
    [[nodiscard]] std::size_t travelling() const { return travelling_; }

  private:
    struct Host {
        http::Service service;
        Faults faults;
    };
    using Outcome = Result<http::ClientResponse, http::ClientError>;
    bool chance(int percent) {
        return percent > 0 && random_.below(100) < static_cast<std::uint64_t>(percent);
    }
    asio::awaitable<Outcome> deliver(std::string authority, http::Request request);
    asio::awaitable<void> deliver_again(std::string authority, http::Request request);

    Clock& clock_;
    Random& random_;
    asio::any_io_executor executor_;
    std::map<std::string, Host> hosts_;
    std::vector<std::string> trace_;
    std::size_t travelling_ = 0;
};

}  // namespace lango::simulation
