#include "app/gateway.hpp"
#include "base/check.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <filesystem>
#include <stdexcept>

#include "app/gateway_options.hpp"
#include "app/master_key_file.hpp"
#include "app/standstill.hpp"
#include "ops/logging.hpp"
#include "ops/request_log.hpp"
#include "process/files.hpp"
#include "process/private_files.hpp"
#include "sheets/sheet.hpp"
#include "web/console.hpp"

namespace lango::app {

namespace {

using namespace std::chrono_literals;

constexpr Duration drain_max = 20s;                        // for answers in flight at the end
constexpr std::size_t admin_body_max = sheets::bytes_max;  // each use case has its own, below
constexpr std::size_t console_connections_max = 2'000;

http::BeastClientOptions client_options(const ops::Config& config) {
    http::BeastClientOptions options;
    // Questions to the rail go beside pushes and payouts.
    options.connections_per_origin_max =
        std::max(config.rail.concurrency + config.payouts.concurrency + 32,
                 config.postbacks.concurrency_per_merchant);
    options.guard.allow_private = config.postbacks.allow_private_addresses;
    return options;
}

asio::awaitable<http::Response> show_front_page(std::string html) {
    http::Response response{.content_type = "text/html; charset=utf-8", .body = std::move(html)};
    response.headers = {{"Content-Security-Policy", "default-src 'none'; style-src 'none'"},
                        {"X-Content-Type-Options", "nosniff"}};
    co_return response;
}

}  // namespace

std::string database_path(const ops::Config& config) {
    return (std::filesystem::path{config.data.directory} / "lango.db").string();
}

std::string local_socket_path(const ops::Config& config) {
    return (std::filesystem::path{config.data.directory} / "lango.sock").string();
}

store::SqliteOptions database_options(const ops::Config& config) {
    store::SqliteOptions options;
    options.path = database_path(config);
    options.cache_bytes = config.data.cache_mb * 1024 * 1024;
    return options;
}

Gateway::Gateway(asio::io_context& io, ops::Config config, bool is_new, bool is_sandbox)
    : executor_(io.get_executor()),
      config_(std::move(config)),
      clock_(executor_),
      mark_(state_directory(config_)),
      is_new_(is_new),
      is_sandbox_(is_sandbox),
      client_(executor_, client_options(config_)),
      rail_client_(executor_, client_options(config_)) {
    listen_to_checks([](const std::string& told) { log::error("checks", told); });
    process::make_private_directory(config_.data.directory);
    for (const auto& told : process::close_files(config_)) log::warn("gateway", told);
    master_ = load_or_make_master_key(config_.data.directory, random_, is_new_);
    store_ = store::open_sqlite(database_options(config_), executor_);
}

Gateway::~Gateway() = default;

asio::awaitable<void> Gateway::start() {
    http::ServerOptions options;
    options.trusted_proxies = config_.http.trusted_proxies;
    options.https = ops::public_url(config_, config_.http.port).starts_with("https:");
    // On loopback everybody comes through a proxy of this machine, named in the settings or not.
    if (!asio::ip::make_address(config_.http.address).is_loopback()) {
        options.connections_per_address_max =
            static_cast<std::size_t>(config_.http.connections_per_address);
    }
    options.observe = ops::observe_requests(metrics_, config_.log.requests);
    options.failed = ops::log_failure;
    merchant_server_ = std::make_unique<http::Server>(
        executor_, std::move(options),
        [this](const http::Request& request) { return answer(request); }, random_);
    // First of all: the port that the system chooses is part of what the core must know. Who calls
    // already, as the rail does after a restart, waits until there is somebody to answer.
    bound_.http = merchant_server_->bind_tcp(config_.http.address, config_.http.port);
    public_url_ = ops::public_url(config_, bound_.http);
    bind_console();
    make_core();
    co_await core_->start();
    core_->check_credentials();
    merchant_server_->begin();
    make_servers();
    begin_console();
    started_ = true;
    log::info("gateway", "started", {{"url", public_url_}, {"data", config_.data.directory}});
}

asio::awaitable<http::Response> Gateway::answer(const http::Request& request) const {
    const bool front = !front_page_.empty() && request.path == "/" &&
                       request.method == http::Method::get && !request.host.starts_with("plugin.");
    if (!front) return core_->service()(request);
    return show_front_page(front_page_);
}

void Gateway::make_core() {
    core_ = std::make_unique<Core>(Ports{.executor = executor_,
                                         .store = *store_,
                                         .clock = clock_,
                                         .random = random_,
                                         .client = client_,
                                         .rail_client = rail_client_,
                                         .master = *master_,
                                         .metrics = &metrics_,
                                         .mark = &mark_,
                                         .is_new = is_new_},
                                   core_options(config_, public_url_, console_url_));
}

void Gateway::make_servers() {
    health_.add("store", [this] { return store_->trouble(); });
    health_.add("laws", [this] { return core_->audit().stops(); });
    health_.warn("laws", [this] { return laws_warning(core_->audit()); });
    health_.tell("audit", [this] { return audit_note(core_->audit()); });
    health_.warn("rail", [this] { return core_->rail_trouble(); });
    health_.warn("payouts", [this] { return core_->payouts_trouble(); });
    health_.warn("restored", [this] { return core_->restored_trouble(); });
    metrics_server_ = std::make_unique<http::Server>(
        executor_, http::ServerOptions{},
        ops::ops_service(metrics_, health_, [this] { return collect(); }), random_);
    bound_.metrics = metrics_server_->listen_tcp(config_.metrics.address, config_.metrics.port);

    http::ServerOptions options;
    options.body_max = admin_body_max;
    options.failed = ops::log_failure;
    admin_server_ = std::make_unique<http::Server>(
        executor_, std::move(options),
        [this](const http::Request& request) { return core_->admin().handle(request); }, random_);
    admin_server_->listen_local(local_socket_path(config_));
}

void Gateway::bind_console() {
    const auto listen = ops::parse_listen(config_.backoffice.listen);
    if (!listen) return;
    http::ServerOptions options;
    options.trusted_proxies = config_.http.trusted_proxies;
    options.https = config_.backoffice.public_url.starts_with("https:");
    options.body_max = admin_body_max;
    options.connections_max = console_connections_max;
    options.failed = ops::log_failure;
    console_server_ = std::make_unique<http::Server>(
        executor_, std::move(options),
        [this](const http::Request& request) { return console_->answer(request); }, random_);
    bound_.console = console_server_->bind_tcp(listen->address, listen->port);
    console_url_ = ops::console_url(config_, bound_.console);
}

void Gateway::begin_console() {
    if (!console_server_) return;
    console_ = std::make_unique<console::Console>(
        console::Parts{.backoffice = core_->admin_parts(),
                       .executor = executor_,
                       .hashing = hashing_.get_executor()},
        console::Options{
            .public_url = console_url_,
            .sessions = {.idle = config_.backoffice.idle, .absolute = config_.backoffice.session},
            .is_sandbox = is_sandbox_,
            .version = std::string{ops::version()},
            .files = web::console()});
    console_server_->begin();
    log::info("gateway", "the console is there", {{"url", console_url_}});
}

asio::awaitable<void> Gateway::collect() {
    std::error_code error;
    const auto size = [&](const std::string& path) {
        const auto bytes = std::filesystem::file_size(path, error);
        return error ? std::int64_t{0} : static_cast<std::int64_t>(bytes);
    };
    const auto database = database_path(config_);
    metrics_.database_bytes.set(size(database));
    metrics_.database_log_bytes.set(size(database + "-wal"));
    const auto space = std::filesystem::space(config_.data.directory, error);
    if (!error) metrics_.data_free_bytes.set(static_cast<std::int64_t>(space.available));
    co_await core_->collect();
}

asio::awaitable<http::Response> Gateway::admin(http::Method method, std::string path,
                                               std::string body) {
    http::Request request;
    request.method = method;
    request.path = std::move(path);
    request.body = std::move(body);
    request.acting_as = "sandbox";
    co_return co_await core_->admin().handle(request);
}

asio::awaitable<http::Response> Gateway::console(const http::Request& request) {
    return console_->answer(request);
}

asio::awaitable<void> Gateway::stop() {
    // Who never ran stops nothing that people would look for.
    if (started_) log::info("gateway", "stopping");
    // Pushes first: what their payers do meanwhile is told to a listener that is there. Then the
    // answers in flight, which need the store. Metrics stay readable the longest.
    if (core_) co_await core_->drain_pushes(drain_max);
    if (merchant_server_) co_await merchant_server_->stop(drain_max);
    if (console_) console_->stop_waiting();
    if (console_server_) co_await console_server_->stop(drain_max);
    if (admin_server_) co_await admin_server_->stop(drain_max);
    if (core_) co_await core_->stop();
    if (metrics_server_) co_await metrics_server_->stop(1s);
    hashing_.join();
    store_->stop();
    if (started_) log::info("gateway", "stopped");
}

}  // namespace lango::app
