#include "app/gateway.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <filesystem>
#include <stdexcept>

#include "app/files.hpp"
#include "app/master_key_file.hpp"
#include "app/standstill.hpp"
#include "ops/date.hpp"
#include "ops/logging.hpp"
#include "ops/request_log.hpp"

namespace lango::app {

namespace {

using namespace std::chrono_literals;

constexpr Duration drain_max = 20s;                // for answers in flight at the end
constexpr std::size_t admin_body_max = 4U << 20U;  // a rate service's table

rails::daraja::Options rail_options(const ops::Config& config, std::string callback_url) {
    return {.base_url = config.rail.base_url,
            .callback_url = std::move(callback_url),
            .shortcode = config.rail.shortcode,
            .till = config.rail.till,
            .consumer_key = config.rail.consumer_key,
            .consumer_secret = config.rail.consumer_secret,
            .passkey = config.rail.passkey,
            .description = config.rail.description,
            .pushes_per_second = config.rail.pushes_per_second,
            .timeout = config.rail.timeout,
            // The operator wrote this address himself.
            .guard_address = false};
}

// The rail's and merchants' addresses are compared with the caller's, who is a proxy for everybody
// unless its word is believed. Empty when all is well.
std::string proxy_problem(const ops::Config& config) {
    const auto& own = config.rail.callback_addresses;
    if (own.empty() || !config.http.trusted_proxies.empty()) return {};
    const bool behind_proxy = config.rail.base_url == rails::daraja::production_url ||
                              asio::ip::make_address(config.http.address).is_loopback();
    if (!behind_proxy || std::ranges::find(own, config.http.address) != own.end()) return {};
    return "http.trusted_proxies must name the proxy that ends TLS (such as 127.0.0.1): callbacks "
           "come from its address, rail.callback_addresses lists Safaricom's, and every callback "
           "would be refused";
}

std::optional<Money> confirm_above(const ops::Config& config) {
    if (config.rail.confirm_above_kes < 0) return std::nullopt;
    return Money::kes(config.rail.confirm_above_kes);
}

// Throws std::runtime_error with a text for people.
rails::daraja::Certificate certificate(const std::string& path) {
    const auto file = read_file(path);
    if (!file) throw std::runtime_error{"payouts.certificate: " + path + " cannot be read"};
    auto read = rails::daraja::Certificate::read(*file);
    if (!read) throw std::runtime_error{"payouts.certificate: " + path + " " + read.error()};
    return *std::move(read);
}

std::optional<PayoutSetup> payout_setup(const ops::Config& config, const std::string& public_url) {
    const auto& given = config.payouts;
    if (given.initiator.empty()) return std::nullopt;
    PayoutSetup setup;
    setup.rail = {.callback_url = public_url,
                  .shortcode = given.shortcode == 0 ? config.rail.shortcode : given.shortcode,
                  .initiator = given.initiator,
                  .password = given.initiator_password,
                  .certificate = certificate(given.certificate),
                  .command = given.command,
                  .idempotent = given.b2c_version >= 3,
                  .status_field = given.status_field,
                  .payouts_per_second = given.payouts_per_second,
                  .pay_timeout = given.pay_timeout};
    if (auto problem = rails::daraja::problem_of(setup.rail); !problem.empty()) {
        throw std::runtime_error{problem};
    }
    setup.worker.timing.pay_timeout = rails::daraja::App::post_max(given.pay_timeout) + 10s;
    setup.worker.timing.ask_after = config.payouts.query_after;
    setup.worker.timing.not_found_after = config.payouts.not_found_after;
    setup.worker.payouts_in_flight_max = given.concurrency;
    setup.worker.postback_lease = config.postbacks.lease;
    setup.float_poll = given.float_poll;
    setup.float_alarm = Money::kes(given.float_alarm_kes);
    setup.password_expires = ops::parse_date(given.password_expires);
    return setup;
}

CoreOptions core_options(const ops::Config& config, const std::string& public_url) {
    deposits::WorkerOptions deposits;
    deposits.timing.query_after = config.deposits.query_after;
    deposits.timing.expire_after = config.deposits.expire_after;
    deposits.pushes_in_flight_max = config.rail.concurrency;
    deposits.postback_lease = config.postbacks.lease;
    deposits.confirm_above = confirm_above(config);
    postbacks::DeliveryOptions postbacks;
    postbacks.timeout = config.postbacks.timeout;
    postbacks.lease = config.postbacks.lease;
    postbacks.in_flight_per_merchant_max = config.postbacks.concurrency_per_merchant;
    return {.rail = rail_options(config, public_url),
            .deposits = deposits,
            .postbacks = postbacks,
            .payouts = payout_setup(config, public_url),
            .privacy = {.mask_after = std::chrono::days{config.privacy.mask_after_days},
                        .bookkeeping_for = std::chrono::days{config.privacy.bookkeeping_days}},
            .paybill = {.register_at_start = config.paybill.register_at_start,
                        .nominated_number = config.paybill.nominated_number,
                        .api_version = config.paybill.api_version,
                        .silence_pays = config.paybill.on_silence == "Completed",
                        .takes_unknown = config.paybill.take_unknown,
                        .sweep = {.every = config.paybill.sweep}},
            .public_url = public_url,
            .callback_addresses = config.rail.callback_addresses,
            .window = {.prompts_per_phone_hour = config.limits.prompts_per_phone_hour,
                       .requests_per_address_minute = config.limits.window_requests_per_minute,
                       .waiting_max = config.limits.windows_waiting},
            .audit = {.every = std::chrono::hours{config.verify.every_h}},
            .creates_per_second = config.limits.creates_per_second,
            .requests_in_flight_max = config.limits.requests_in_flight};
}

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

Gateway::Gateway(asio::io_context& io, ops::Config config, bool is_new)
    : executor_(io.get_executor()),
      config_(std::move(config)),
      clock_(executor_),
      mark_(state_directory(config_)),
      is_new_(is_new),
      client_(executor_, client_options(config_)),
      rail_client_(executor_, client_options(config_)) {
    make_private_directory(config_.data.directory);
    master_ = load_or_make_master_key(config_.data.directory, random_, is_new_);
    store_ = store::open_sqlite(database_options(config_), executor_);
}

Gateway::~Gateway() = default;

asio::awaitable<void> Gateway::start() {
    if (auto problem = proxy_problem(config_); !problem.empty()) throw std::runtime_error{problem};
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
    make_core();
    co_await core_->start();
    merchant_server_->begin();
    make_servers();
    log::info("gateway", "started", {{"url", public_url_}, {"data", config_.data.directory}});
}

asio::awaitable<http::Response> Gateway::answer(const http::Request& request) const {
    const bool front = !front_page_.empty() && request.path == "/" &&
                       request.method == http::Method::get && !request.host.starts_with("plugin.");
    if (!front) return core_->service()(request);
    return show_front_page(front_page_);
}

void Gateway::make_core() {
    auto options = core_options(config_, public_url_);
    if (auto problem = rails::daraja::problem_of(options.rail); !problem.empty()) {
        throw std::runtime_error{problem};
    }
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
                                   std::move(options));
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
        ops::ops_service(metrics_, health_, [this] { return core_->collect(); }), random_);
    bound_.metrics = metrics_server_->listen_tcp(config_.metrics.address, config_.metrics.port);

    http::ServerOptions options;
    options.body_max = admin_body_max;
    options.failed = ops::log_failure;
    admin_server_ = std::make_unique<http::Server>(
        executor_, std::move(options),
        [this](const http::Request& request) { return core_->admin().handle(request); }, random_);
    admin_server_->listen_local(local_socket_path(config_));
}

asio::awaitable<http::Response> Gateway::admin(http::Method method, std::string path,
                                               std::string body) {
    http::Request request;
    request.method = method;
    request.path = std::move(path);
    request.body = std::move(body);
    co_return co_await core_->admin().handle(request);
}

asio::awaitable<void> Gateway::stop() {
    log::info("gateway", "stopping");
    // Pushes first: what their payers do meanwhile is told to a listener that is there. Then the
    // answers in flight, which need the store. Metrics stay readable the longest.
    if (core_) co_await core_->drain_pushes(drain_max);
    if (merchant_server_) co_await merchant_server_->stop(drain_max);
    if (admin_server_) co_await admin_server_->stop(drain_max);
    if (core_) co_await core_->stop();
    if (metrics_server_) co_await metrics_server_->stop(1s);
    store_->stop();
    log::info("gateway", "stopped");
}

}  // namespace lango::app
