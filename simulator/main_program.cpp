#include "simulator/main_program.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "base/json_writer.hpp"
#include "base/system_clock.hpp"
#include "http/beast_client.hpp"
#include "http/server.hpp"
#include "simulator/daraja.hpp"

namespace lango::simulator {

namespace {

struct Flags {
    std::string address = "127.0.0.1";
    std::uint16_t port = 9100;
    std::string journal;
    std::string info;
    std::string auto_pay = "1500";
    int rate = 0;
};

// Appended with one write(2) a line: survives the death of this process, not of the machine.
class Journal {
 public:
    explicit Journal(const std::string& path)
        : descriptor_(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600)) {
        if (descriptor_ < 0) throw std::runtime_error{"cannot open the journal " + path};
    }
    ~Journal() { ::close(descriptor_); }
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;
    void append(std::string line) const {
        line += '\n';
        if (::write(descriptor_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
            throw std::runtime_error{"cannot write the journal"};
        }
    }

 private:
    int descriptor_;
};

void write_info(const std::string& path, const std::string& url) {
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("url", url)
        .member("pid", static_cast<std::int64_t>(::getpid()))
        .end_object();
    const auto part = path + ".part";
    std::ofstream{part} << out << '\n';
    std::rename(part.c_str(), path.c_str());
}

int serve(const Flags& flags) {
    asio::io_context context{1};
    SystemClock clock{context.get_executor()};
    SystemRandom random;
    http::BeastClient client{context.get_executor(),
                             {.connections_per_origin_max = 256, .guard = {.allow_private = true}, .ca_file = {}}};
    Config config;
    config.pushes_per_second = flags.rate;
    if (flags.auto_pay == "off") config.auto_pay.reset();
    else config.auto_pay = std::chrono::milliseconds{std::stoi(flags.auto_pay)};
    std::optional<Journal> journal;
    if (!flags.journal.empty()) {
        journal.emplace(flags.journal);
        config.journal = [&journal](const std::string& line) { journal->append(line); };
    }
    Daraja daraja{std::move(config), clock, random, client, context.get_executor()};
    if (!flags.journal.empty()) {
        std::ifstream lines{flags.journal};
        for (std::string line; std::getline(lines, line);) daraja.replay(line);
    }
    http::Server server{context.get_executor(), {}, daraja.service(), random};
    const auto port = server.listen_tcp(flags.address, flags.port);
    daraja.start();
    const auto url = "http://" + flags.address + ":" + std::to_string(port);
    if (!flags.info.empty()) write_info(flags.info, url);
    else std::cout << "simulator: " << url << std::endl;

    asio::signal_set signals{context, SIGTERM, SIGINT};
    signals.async_wait([&](const boost::system::error_code& error, int) {
        if (error) return;
        asio::co_spawn(
            context,
            [](http::Server& s, Daraja& d, asio::io_context& c) -> asio::awaitable<void> {
                co_await s.stop(std::chrono::seconds{2});
                co_await d.stop();
                c.stop();
            }(server, daraja, context),
            asio::detached);
    });
    context.run();
    return 0;
}

}  // namespace

int run_simulator(int argc, char** argv) {
    Flags flags;
    CLI::App app{"Safaricom's Daraja, simulated: OAuth, STK push, query, list of payments"};
    app.add_option("--address", flags.address, "address to listen on")->capture_default_str();
    app.add_option("--port", flags.port, "port; 0: a free one")->capture_default_str();
    app.add_option("--journal", flags.journal, "file that lets its ledger survive a restart");
    app.add_option("--auto-pay", flags.auto_pay,
                   "milliseconds until the payer enters the PIN, or off")
        ->capture_default_str()
        ->check([](const std::string& text) {
            const bool digits = !text.empty() && text.size() < 9 &&
                                text.find_first_not_of("0123456789") == std::string::npos;
            return digits || text == "off" ? std::string{} : std::string{"a number or off"};
        });
    app.add_option("--rate", flags.rate, "pushes per second; 0: no limit")->capture_default_str();
    app.add_option("--info", flags.info, "file to write {\"url\",\"pid\"} to once it listens");
    CLI11_PARSE(app, argc, argv);
    try {
        return serve(flags);
    } catch (const std::exception& error) {
        std::cerr << "simulator: " << error.what() << '\n';
        return 1;
    }
}

}  // namespace lango::simulator
