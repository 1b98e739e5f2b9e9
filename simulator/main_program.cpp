#include "simulator/main_program.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "base/json_writer.hpp"
#include "base/system_clock.hpp"
#include "http/beast_client.hpp"
#include "http/server.hpp"
#include "simulator/daraja.hpp"
#include "simulator/journal_file.hpp"

namespace lango::simulator {

namespace {

struct Flags {
    std::string address = "127.0.0.1";
    std::uint16_t port = 9100;
    std::string journal;
    std::string info;
    std::string certificate;
    std::string key;
    std::string auto_pay = "1500";
    std::int64_t utility = 100'000'000;
    std::int64_t working = 0;
    int rate = 0;
    std::vector<std::int64_t> shortcodes;
};

// Callers and callbacks are a descriptor each, and the usual soft limit of 1024 is for programs
// that select().
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

// Whoever waits for the file finds it whole.
void write_whole(const std::string& path, const std::string& text) {
    const auto part = path + ".part";
    std::ofstream file{part};
    file << text;
    file.close();
    if (!file) throw std::runtime_error{"cannot write " + part};
    std::filesystem::rename(part, path);
}

void write_info(const std::string& path, const std::string& url) {
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("url", url)
        .member("pid", static_cast<std::int64_t>(::getpid()))
        .end_object();
    write_whole(path, out + "\n");
}

// Kept beside the journal, so that a certificate that somebody has stays right.
std::shared_ptr<const CredentialKey> key_of(const Flags& flags, Instant now) {
    const auto path =
        flags.key.empty() && !flags.journal.empty() ? flags.journal + ".key.pem" : flags.key;
    return std::make_shared<const CredentialKey>(path.empty() ? CredentialKey::make(now)
                                                              : CredentialKey::kept_in(path, now));
}

Config config_of(const Flags& flags) {
    Config config;
    config.pushes_per_second = flags.rate;
    config.local_only = asio::ip::make_address(flags.address).is_loopback();
    for (const auto number : flags.shortcodes) {
        config.shortcodes.push_back(
            {.number = number, .name = "SHORTCODE " + std::to_string(number)});
    }
    for (auto& shortcode : config.shortcodes) {
        if (!shortcode.b2c) continue;
        shortcode.utility_start_minor = flags.utility * 100;
        shortcode.working_start_minor = flags.working * 100;
    }
    if (flags.auto_pay == "off")
        config.auto_pay.reset();
    else
        config.auto_pay = std::chrono::milliseconds{std::stoi(flags.auto_pay)};
    return config;
}

asio::awaitable<void> shut_down(http::Server& server, Daraja& daraja) {
    // Lets go of replies that are held back, so that the server need not cut them.
    co_await daraja.stop();
    co_await server.stop(std::chrono::seconds{1});
}

int serve(const Flags& flags) {
    asio::io_context context{1};
    SystemClock clock{context.get_executor()};
    SystemRandom random;
    http::BeastClient client{context.get_executor(),
                             {.connections_per_origin_max = 256,
                              .guard = {.allow_private = true},
                              .ca_file = {},
                              .user_agent = "lango-simulator"}};
    Config config = config_of(flags);
    config.credential_key = key_of(flags, clock.now());
    if (!flags.certificate.empty()) {
        write_whole(flags.certificate, config.credential_key->certificate());
    }
    std::optional<JournalFile> journal;
    if (!flags.journal.empty()) {
        journal.emplace(flags.journal);
        config.journal = [&journal](const std::string& line) { journal->append(line); };
    }
    Daraja daraja{std::move(config), clock, random, client, context.get_executor()};
    if (journal) journal->each_line([&daraja](const std::string& line) { daraja.replay(line); });
    http::Server server{context.get_executor(), {}, daraja.service(), random};
    const auto port = server.listen_tcp(flags.address, flags.port);
    daraja.start();
    const auto url = "http://" + flags.address + ":" + std::to_string(port);
    if (!flags.info.empty())
        write_info(flags.info, url);
    else
        std::cout << "simulator: " << url << std::endl;

    asio::signal_set signals{context, SIGTERM, SIGINT};
    asio::steady_timer patience{context};
    signals.async_wait([&](const boost::system::error_code& error, int) {
        if (error) return;
        asio::co_spawn(context, shut_down(server, daraja),
                       [&context](const std::exception_ptr&) { context.stop(); });
        // A callback to somebody who never answers must not keep us.
        patience.expires_after(std::chrono::seconds{3});
        patience.async_wait([&context](const boost::system::error_code&) { context.stop(); });
    });
    context.run();
    return 0;
}

std::string problem_with_auto_pay(const std::string& text) {
    const bool digits = !text.empty() && text.size() < 9 &&
                        text.find_first_not_of("0123456789") == std::string::npos;
    return digits || text == "off" ? std::string{} : std::string{"a number or off"};
}

}  // namespace

int run_simulator(int argc, char** argv) {
    Flags flags;
    const auto shillings =
        CLI::Range(std::int64_t{0}, std::int64_t{1'000'000'000'000}).description("KES");
    CLI::App app{
        "Safaricom's Daraja, simulated: OAuth, STK push, query, list of payments, payouts"};
    app.add_option("--address", flags.address, "Address to listen on")->capture_default_str();
    app.add_option("--port", flags.port, "Port to listen on; 0: a free one")->capture_default_str();
    app.add_option("--journal", flags.journal, "File that lets its ledger survive a restart");
    app.add_option("--certificate", flags.certificate,
                   "File to write the certificate for SecurityCredential to");
    app.add_option("--key", flags.key,
                   "PEM file with the key behind it, made when there is none; else beside the "
                   "journal");
    app.add_option("--utility", flags.utility, "KES in the payouts' Utility account at first")
        ->capture_default_str()
        ->check(shillings);
    app.add_option("--working", flags.working, "KES in the payouts' Working account at first")
        ->capture_default_str()
        ->check(shillings);
    app.add_option("--auto-pay", flags.auto_pay,
                   "Milliseconds until the payer enters the PIN, or off")
        ->capture_default_str()
        ->check(CLI::Validator{problem_with_auto_pay, "MS|off"});
    app.add_option("--rate", flags.rate, "Pushes per second and shortcode; 0: no limit")
        ->capture_default_str()
        ->check(CLI::Validator{CLI::NonNegativeNumber}.description("NUMBER"));
    app.add_option("--shortcode", flags.shortcodes,
                   "Another shortcode besides 174379 and 600996, with the same passkey, consumer "
                   "key and initiator; may be repeated")
        ->check(
            CLI::Validator{CLI::Range(std::int64_t{10'000}, std::int64_t{9'999'999})}.description(
                "NUMBER"));
    app.add_option("--info", flags.info, "File to write {\"url\",\"pid\"} to once it listens");
    CLI11_PARSE(app, argc, argv);
    raise_descriptor_limit();
    try {
        return serve(flags);
    } catch (const std::exception& error) {
        std::cerr << "simulator: " << error.what() << '\n';
        return 1;
    }
}

}  // namespace lango::simulator
