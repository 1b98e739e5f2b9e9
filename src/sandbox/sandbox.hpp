// Everything on one machine, to try it out: a simulated Safaricom in a child process, the gateway,
// a demo merchant and his shop. Nothing here moves money.
#pragma once
#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <string>

#include "app/gateway.hpp"
#include "base/json.hpp"
#include "process/child_process.hpp"
#include "runtime/task_group.hpp"
#include "sandbox/demo_merchant.hpp"
#include "sandbox/sandbox_people.hpp"
#include "shop/shop.hpp"

namespace lango::sandbox {

struct SandboxOptions {
    std::uint16_t port = 8080;
    // Nothing: the next ones after `port` that are free, so that a bookmark stays good.
    std::optional<std::uint16_t> simulator_port{};
    std::optional<std::uint16_t> shop_port{};
    std::optional<std::uint16_t> metrics_port{};
    std::optional<std::uint16_t> backoffice_port{};
    std::string data = "./lango-data/sandbox";
    std::string info;               // a file for scripts, written when everything listens
    std::string postback;           // "": the shop takes them
    std::string auto_pay = "1500";  // milliseconds until the payer enters the PIN, or "off"
    std::string log_level = "warn";
    bool first_payment = true;
    std::int64_t fill = 0;  // payments of a made history; 0: none (history/fill.hpp)
    std::uint64_t fill_seed = 1;
};

class Sandbox {
  public:
    // Starts the simulator. Throws std::runtime_error with a text for people.
    Sandbox(asio::io_context& io, SandboxOptions options);
    [[nodiscard]] asio::awaitable<void> start();
    [[nodiscard]] asio::awaitable<void> stop();

  private:
    void open_gateway();
    [[nodiscard]] asio::awaitable<void> fill();
    // Throws unless it is answered "ok".
    [[nodiscard]] asio::awaitable<std::string> admin(http::Method method, std::string path,
                                                     std::string body);
    [[nodiscard]] std::string plugin_url() const;
    [[nodiscard]] std::string phone_url() const;  // of the drawn ones
    void write_info() const;
    void print_addresses() const;
    [[nodiscard]] std::string front_page() const;
    [[nodiscard]] std::string window_link() const;
    // Shown to people: one deposit from the request to the postback, through the real API.
    [[nodiscard]] asio::awaitable<void> first_payment();
    [[nodiscard]] asio::awaitable<json::Value> request(http::Method method, std::string path,
                                                       std::string body);

    asio::io_context& io_;
    asio::any_io_executor executor_;
    SandboxOptions options_;
    SystemClock clock_;
    SystemRandom random_;
    std::unique_ptr<process::ChildProcess> simulator_;
    std::string simulator_url_;
    std::unique_ptr<app::Gateway> gateway_;
    http::BeastClient client_;  // the demo merchant's
    runtime::TaskGroup shown_;  // the first payment; a stop does not wait for it
    std::unique_ptr<shop::Shop> shop_;
    std::string shop_url_;
    DemoMerchant demo_;
    std::vector<SandboxPerson> people_;
    std::string order_name_;  // of this start's order in the printed link
};

}  // namespace lango::sandbox
