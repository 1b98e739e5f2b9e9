// The gateway with everything real around the core: files, the database, sockets, the machine's
// clock. What the core does is in core.hpp; what runs it as a process is in run_until_signal.hpp.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "app/core.hpp"
#include "app/mark_file.hpp"
#include "base/random.hpp"
#include "base/system_clock.hpp"
#include "console/console.hpp"
#include "http/beast_client.hpp"
#include "http/server.hpp"
#include "ops/config.hpp"
#include "ops/health.hpp"
#include "ops/metrics.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace lango::app {

// Where things stand in a data directory.
[[nodiscard]] std::string database_path(const ops::Config& config);
[[nodiscard]] std::string local_socket_path(const ops::Config& config);
[[nodiscard]] store::SqliteOptions database_options(const ops::Config& config);

class Gateway {
  public:
    struct BoundPorts {
        std::uint16_t http = 0;
        std::uint16_t metrics = 0;
        std::uint16_t console = 0;  // 0: there is none
    };

    // For settings that start_problems() finds nothing in. Opens the data directory, its key and
    // its database; binds nothing yet. Throws std::runtime_error with a text for people.
    // is_new: a person says that an empty database beside a key or a mark is meant to be empty.
    // is_sandbox: people are told so in the console.
    Gateway(asio::io_context& io, ops::Config config, bool is_new = false, bool is_sandbox = false);
    ~Gateway();

    // Listens, then starts the workers. Throws like the constructor, for settings that are missing
    // and addresses that are taken.
    [[nodiscard]] asio::awaitable<void> start();
    // Sends no more pushes and waits for those in flight, then accepts no more and answers what is
    // in work, ends the workers, closes the database. Each wait is bounded.
    [[nodiscard]] asio::awaitable<void> stop();

    [[nodiscard]] BoundPorts ports() const { return bound_; }
    [[nodiscard]] const std::string& public_url() const { return public_url_; }
    [[nodiscard]] const std::string& console_url() const { return console_url_; }
    // What is shown to who opens the gateway's own address in a browser; none: not found, as ever.
    void set_front_page(std::string html) { front_page_ = std::move(html); }
    // What the sandbox does to set up its shop. After start().
    [[nodiscard]] asio::awaitable<http::Response> admin(http::Method method, std::string path,
                                                        std::string body);
    // A request to the console, as its pages send it. After start(); only where there is one.
    [[nodiscard]] asio::awaitable<http::Response> console(const http::Request& request);

  private:
    void make_core();
    void make_servers();
    void bind_console();
    void begin_console();
    [[nodiscard]] asio::awaitable<void> collect();
    [[nodiscard]] asio::awaitable<http::Response> answer(const http::Request& request) const;

    asio::any_io_executor executor_;
    ops::Config config_;
    SystemClock clock_;
    SystemRandom random_;
    std::optional<crypto::MasterKey> master_;
    MarkFile mark_;
    bool is_new_;
    bool is_sandbox_;
    std::unique_ptr<store::Store> store_;
    http::BeastClient client_;
    // Its own threads for names: merchants' dead name servers do not stand before the rail's.
    http::BeastClient rail_client_;
    ops::Metrics metrics_;
    ops::Health health_;
    std::unique_ptr<Core> core_;    // made once the port is known: its URL goes to the rail
    asio::thread_pool hashing_{1};  // passwords, one at a time: each takes 64 MiB
    std::unique_ptr<console::Console> console_;
    std::unique_ptr<http::Server> console_server_;
    std::unique_ptr<http::Server> merchant_server_;
    std::unique_ptr<http::Server> metrics_server_;
    std::unique_ptr<http::Server> admin_server_;
    BoundPorts bound_;
    std::string public_url_;
    std::string console_url_;
    bool started_ = false;
    std::string front_page_;
};

}  // namespace lango::app
