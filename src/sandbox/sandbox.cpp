#include "sandbox/sandbox.hpp"

#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "base/ids.hpp"
#include "base/json_writer.hpp"
#include "process/fetch.hpp"
#include "process/files.hpp"
#include "process/terminal.hpp"

namespace lango::sandbox {

using process::complain;
using process::say;

namespace {

// A market basket, 88 x 88 pixels.
constexpr std::string_view demo_logo =
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAFgAAABYAgMAAAAM+9inAAAADFBMVEUAAAALWjT///8AAADf0621"
    "AAAABHRSTlMA////sy1AiAAAAOZJREFUeNrF1cENgzAMBdBwYAT2YQQOOAePwD6MkEMyZQvEwQYb"
    "QZW2VqWi1x9LqFK+c8sAG0fTgpghMxxGDVMcQIs3Z+61HduW7syjunpdrnOjcW9xq/Fgcafx+DnP"
    "GmNKUeH0nrkwC7O44+E9TuyXJKZwYFyDZQvxFLcfD7wd97Tc0ep8KNxhjPKbOKe8ZDpMy4jp9SSX"
    "t84PToTKsW8zJjHxfyw9Qm2OmD+MPedQl4HzXJknxvAbxp1jbfb7fxYuudN4vOSK9yDnZzfys9v+"
    "WZNYdWSUl1F1RjFaNWqUrlXRSqG/AHwh56giF9edAAAAAElFTkSuQmCC";

using namespace std::chrono_literals;

// Of the printed call, and drawn on the page of phones that is printed beside it.
constexpr std::string_view example_phone = "254712344322";

std::filesystem::path certificate_path(const SandboxOptions& options) {
    return std::filesystem::path{options.data} / "simulator-certificate.pem";
}

// The one that was asked for; else the port so many after the gateway's, if that is free now.
std::uint16_t port_of(std::optional<std::uint16_t> asked, std::uint16_t gateway,
                      std::uint16_t after) {
    if (asked) return *asked;
    if (gateway == 0 || gateway > 65'000) return 0;
    const auto wanted = static_cast<std::uint16_t>(gateway + after);
    asio::io_context io;
    asio::ip::tcp::acceptor probe{io};
    boost::system::error_code error;
    const asio::ip::tcp::endpoint here{asio::ip::address_v4::loopback(), wanted};
    probe.open(here.protocol(), error);
    probe.set_option(asio::ip::tcp::acceptor::reuse_address{true}, error);
    probe.bind(here, error);
    return error ? std::uint16_t{0} : wanted;
}

// The credentials that Safaricom publishes for its own sandbox, and that the simulator takes.
ops::Config sandbox_config(const SandboxOptions& options, const std::string& simulator_url) {
    ops::Config config;
    config.data.directory = options.data;
    config.http.port = options.port;
    config.metrics.port = port_of(options.metrics_port, options.port, 3);
    config.backoffice.listen =
        "127.0.0.1:" + std::to_string(port_of(options.backoffice_port, options.port, 4));
    config.rail.base_url = simulator_url;
    config.rail.shortcode = 174379;
    config.rail.consumer_key = Secret{"sandbox-key"};
    config.rail.consumer_secret = Secret{"sandbox-secret"};
    config.rail.passkey =
        Secret{"bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919"};
    config.rail.callback_addresses.clear();
    config.rail.confirm_above_kes = -1;
    config.rail.pushes_per_second = 100'000;
    config.rail.queries_per_minute = 1'000'000;
    config.paybill.register_at_start = true;
    config.paybill.nominated_number = "254722000000";
    config.rail.concurrency = 256;
    config.payouts.initiator = "testapi";
    config.payouts.initiator_password = Secret{"Safaricom999!*!"};
    config.payouts.certificate = certificate_path(options).string();
    config.payouts.shortcode = 600996;
    config.payouts.payouts_per_second = 100'000;
    config.payouts.concurrency = 256;
    config.postbacks.allow_private_addresses = true;
    config.limits.prompts_per_phone_hour = 0;
    config.limits.window_requests_per_minute = 0;
    return config;
}

std::string start_simulator(const SandboxOptions& options,
                            std::unique_ptr<process::ChildProcess>& child) {
    const std::filesystem::path data{options.data};
    const auto info = data / "simulator.json";
    std::filesystem::remove(info);
    const auto log = data / "simulator.log";
    child = std::make_unique<process::ChildProcess>(
        std::vector<std::string>{"simulator", "--port",
                                 std::to_string(port_of(options.simulator_port, options.port, 1)),
                                 "--journal", (data / "simulator.journal").string(), "--auto-pay",
                                 options.auto_pay, "--info", info.string()},
        log);
    for (int i = 0; i < 2000 && child->running(); ++i) {
        if (const auto text = process::read_file(info)) {
            const auto tree = json::parse(*text);
            if (tree && !tree->text_at("url").empty()) return tree->text_at("url");
        }
        std::this_thread::sleep_for(5ms);
    }
    throw std::runtime_error{"the simulator did not start: see " + log.string()};
}

}  // namespace

Sandbox::Sandbox(asio::io_context& io, SandboxOptions options)
    : io_(io),
      executor_(io.get_executor()),
      options_(std::move(options)),
      clock_(executor_),
      client_(executor_, {}),
      shown_({.executor = executor_, .clock = clock_}) {
    order_name_ = hex16(to_micros(clock_.now()));
    process::make_private_directory(options_.data);
    simulator_url_ = start_simulator(options_, simulator_);
    process::write_file(certificate_path(options_),
                        process::fetch(simulator_url_ + "/simulator/certificate"));
    open_gateway();
}

void Sandbox::open_gateway() {
    gateway_ =
        std::make_unique<app::Gateway>(io_, sandbox_config(options_, simulator_url_), false, true);
}

asio::awaitable<void> Sandbox::start() {
    co_await gateway_->start();
    if (options_.postback.empty()) {
        shop_ = std::make_unique<shop::Shop>(executor_, clock_, random_);
        shop_url_ = shop_->listen(port_of(options_.shop_port, options_.port, 2));
    }
    demo_ = co_await demo_merchant(
        [this](http::Method method, std::string path, std::string body) {
            return admin(method, std::move(path), std::move(body));
        },
        std::filesystem::path{options_.data} / "demo-merchant.json");
    if (options_.fill > 0) co_await fill();
    people_ = co_await sandbox_people(
        {.admin = [this](
                      http::Method method, std::string path,
                      std::string body) { return admin(method, std::move(path), std::move(body)); },
         .console = [this](const http::Request& request) { return gateway_->console(request); },
         .url = gateway_->console_url()},
        options_.data, clock_, random_);
    if (shop_) {
        shop_->open({.access_key = demo_.access_key,
                     .private_access_key = demo_.private_access_key,
                     .webhook_secret = demo_.webhook_secret},
                    {.plugin = plugin_url(), .phones = phone_url(), .shop = shop_url_});
    }
    std::string settings;
    json::Writer writer{settings};
    writer.begin_object().member("postback-url",
                                 shop_ ? shop_url_ + "/postback" : options_.postback);
    writer.member("organisation-name", "LANGO SANDBOX").member("window-logo", demo_logo);
    // Whoever tries things out cancels more often than payers do.
    writer.member("window-prompts-per-minute", "0");
    if (shop_) {
        writer.member("frame-ancestors", shop_url_);
        writer.member("redirect-urls",
                      "1=" + shop_url_ + "/ 2=" + shop_url_ + "/ 3=" + shop_url_ + "/");
    }
    writer.end_object();
    co_await admin(http::Method::post, "/admin/merchants/demo/settings", std::move(settings));
    gateway_->set_front_page(front_page());
    if (!options_.info.empty()) write_info();
    print_addresses();
    // Scripts that wait for the file want a gateway that nobody has used.
    if (!options_.first_payment || options_.auto_pay == "off" || !options_.info.empty()) co_return;
    shown_.spawn(nullptr, "first payment", first_payment());
}

asio::awaitable<void> Sandbox::stop() {
    if (gateway_) co_await gateway_->stop();
    if (shop_) co_await shop_->stop();
    simulator_->stop();
}

asio::awaitable<std::string> Sandbox::admin(http::Method method, std::string path,
                                            std::string body) {
    const auto answer = co_await gateway_->admin(method, std::move(path), std::move(body));
    const auto tree = json::parse(answer.body);
    if (!tree || tree->text_at("status") != "ok") {
        throw std::runtime_error{"the sandbox: " + (tree ? tree->text_at("message") : answer.body)};
    }
    co_return answer.body;
}

std::string Sandbox::plugin_url() const {
    return gateway_->public_url() + "/plugin/" + demo_.slug + "/";
}

// Another order at each start: a name pays once.
std::string Sandbox::window_link() const {
    return plugin_url() + "?label=user-1&currency_code=KES&lang=en&wallet_type=mpesa" +
           "&custom_transaction_id=window-" + order_name_ + "&fixed_amount=1000";
}

std::string Sandbox::front_page() const {
    const auto link = [](const std::string& url, std::string_view text) {
        std::string shown;
        for (const char c : url) shown += c == '&' ? std::string{"&amp;"} : std::string{c};
        return "<li><a href=\"" + shown + "\">" + std::string{text} + "</a></li>\n";
    };
    return "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">"
           "<meta name=\"viewport\" content=\"width=device-width\"><title>Lango sandbox</title>\n"
           "<h1>Lango sandbox</h1>\n<p>Nothing here moves money. The keys stand in the "
           "terminal.</p>\n"
           "<ul>\n" +
           (shop_ ? link(shop_url_ + "/", "Demo shop: pay, and see each signature checked")
                  : std::string{}) +
           link(phone_url() + "?phone=" + std::string{example_phone},
                "Phones: they ring, and take the PIN 1234") +
           link(window_link(), "Payment window: an order of KES 1,000") +
           link(gateway_->console_url(),
                "Back office: the people and their codes stand in the terminal") +
           link("http://127.0.0.1:" + std::to_string(gateway_->ports().metrics) + "/readyz",
                "Health") +
           "</ul>\n</html>\n";
}

std::string Sandbox::phone_url() const { return simulator_url_ + "/phone/"; }

void Sandbox::write_info() const {
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("api", gateway_->public_url());
    writer.member("plugin", plugin_url());
    writer.member("backoffice", gateway_->console_url());
    writer.member("simulator", simulator_url_).member("phone", phone_url()).key("shop");
    if (shop_)
        writer.string(shop_url_);
    else
        writer.null();
    writer.member("metrics", "http://127.0.0.1:" + std::to_string(gateway_->ports().metrics));
    writer.key("merchant")
        .begin_object()
        .member("slug", demo_.slug)
        .member("secret", demo_.secret)
        .member("access_key", demo_.access_key)
        .member("private_access_key", demo_.private_access_key)
        .member("private_key", demo_.private_key)
        .member("webhook_secret", demo_.webhook_secret)
        .end_object();
    writer.key("backoffice_login");
    write_login(writer, people_.front());
    writer.key("backoffice_people").begin_array();
    for (const auto& person : people_) write_login(writer, person);
    writer.end_array();
    writer.member("pid", static_cast<std::int64_t>(::getpid())).end_object();
    process::write_file(options_.info, out + "\n");
}

void Sandbox::print_addresses() const {
    const auto& api = gateway_->public_url();
    say << "Lango sandbox: nothing here moves money.\n\n"
        << "  gateway            " << api << '\n'
        << "  payment window     " << window_link() << '\n'
        << "  phones             " << phone_url() << "?phone=" << example_phone << '\n'
        << "  simulated M-PESA   " << simulator_url_ << '\n';
    if (shop_)
        say << "  demo shop          " << shop_url_ << "/\n";
    else
        say << "  postbacks go to    " << options_.postback << '\n';
    say << "  health, metrics    http://127.0.0.1:" << gateway_->ports().metrics
        << "/readyz  /metrics\n"
        << "  data               " << options_.data << "\n\n"
        << "  back office        " << gateway_->console_url() << '\n';
    for (const auto& person : people_) {
        say << "    " << person.name << ", password " << person.password << ", code now "
            << person.code_at(clock_.now()) << "; secret of the codes " << person.totp_secret
            << '\n';
    }
    say << '\n'
        << "  merchant           " << demo_.slug << '\n'
        << "  secret             " << demo_.secret << '\n'
        << "  access key         " << demo_.access_key << '\n'
        << "  private access key " << demo_.private_access_key << '\n'
        << "  private key        " << demo_.private_key << '\n'
        << "  webhook secret     " << demo_.webhook_secret << "\n\n"
        << "A deposit:\n  curl '" << api << "/api/v1/payment/create/mpesa?secret=" << demo_.secret
        << "' -H 'Content-Type: application/json' \\\n"
        << R"(    -d '{"amount":1000,"currency":"KES","phone_number":")" << example_phone
        << R"(","label":"Test","custom_transaction_id":"order-'$(date +%s)'"}')" << "\n\n"
        << "It pays by itself after a moment; with its phone open in a browser it rings there\n"
           "and waits for the PIN, 1234.\n\n"
        << "Ctrl-C ends it.\n\n";
    say.flush();
}

}  // namespace lango::sandbox
