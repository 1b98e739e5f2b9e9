#include "app/gateway_options.hpp"

#include <stdexcept>

#include "ops/date.hpp"
#include "process/files.hpp"

namespace lango::app {

using namespace std::chrono_literals;

namespace {

std::optional<Money> confirm_above(const ops::Config& config) {
    if (config.rail.confirm_above_kes < 0) return std::nullopt;
    return Money::kes(config.rail.confirm_above_kes);
}

// Throws std::runtime_error with a text for people.
rails::daraja::Certificate certificate(const std::string& path) {
    const auto file = process::read_file(path);
    if (!file) throw std::runtime_error{"payouts.certificate: " + path + " cannot be read"};
    auto read = rails::daraja::Certificate::read(*file);
    if (!read) throw std::runtime_error{"payouts.certificate: " + path + " " + read.error()};
    return *std::move(read);
}

}  // namespace

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
            .queries_per_minute = config.rail.queries_per_minute != 0
                                      ? config.rail.queries_per_minute
                                      : rails::daraja::queries_per_minute(config.rail.base_url),
            .timeout = config.rail.timeout,
            // The operator wrote this address himself.
            .guard_address = false};
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

CoreOptions core_options(const ops::Config& config, const std::string& public_url,
                         std::string console_url) {
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
                       .waiting_max = config.limits.windows_waiting,
                       .waiting_per_address = config.limits.windows_waiting_per_address},
            .audit = {.every = std::chrono::hours{config.verify.every_h}},
            .allocate_alone = Money::kes(config.approvals.allocate_alone_kes),
            .creates_per_second = config.limits.creates_per_second,
            .requests_in_flight_max = config.limits.requests_in_flight,
            .console_url = std::move(console_url)};
}

}  // namespace lango::app
