#include "ops/settings.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/msisdn.hpp"
#include "ops/date.hpp"

namespace lango::ops {
namespace {

using Complaint = std::optional<std::string_view>;

Complaint not_empty(std::string_view text) {
    if (text.empty()) return "must not be empty";
    return std::nullopt;
}

Complaint ip_address(std::string_view text) {
    std::array<unsigned char, 16> bytes{};
    const std::string address(text);
    if (::inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) return std::nullopt;
    if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) return std::nullopt;
    return "must be an IP address such as 127.0.0.1 or ::1";
}

Complaint base_url(std::string_view text) {
    const std::size_t scheme = text.starts_with("https://")  ? 8
                               : text.starts_with("http://") ? 7
                                                             : text.size();
    const bool plain = text.find_first_of(" \t?#\"") == text.npos;
    if (scheme < text.size() && plain && !text.ends_with('/')) return std::nullopt;
    return "must be http://HOST or https://HOST, without a slash at its end";
}

Complaint base_url_or_none(std::string_view text) {
    return text.empty() ? std::nullopt : base_url(text);
}

Complaint digits_or_none(std::string_view text) {
    const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (digits && text.size() <= 10) return std::nullopt;
    return "must be at most 10 digits";
}

Complaint phone_or_none(std::string_view text) {
    if (text.empty() || Msisdn::parse(text)) return std::nullopt;
    return "must be a number such as 254712345678";
}

Complaint push_description(std::string_view text) {
    if (!text.empty() && text.size() <= 13) return std::nullopt;
    return "must have 1 to 13 characters";
}

Complaint on_silence(std::string_view text) {
    if (text == "Completed" || text == "Cancelled") return std::nullopt;
    return "must be Completed or Cancelled";
}

Complaint payout_command(std::string_view text) {
    for (const std::string_view command :
         {"BusinessPayment", "SalaryPayment", "PromotionPayment", "BusinessPayToPochi"}) {
        if (text == command) return std::nullopt;
    }
    return "must be BusinessPayment, SalaryPayment, PromotionPayment or BusinessPayToPochi";
}

Complaint status_field(std::string_view text) {
    if (text == "OriginalConversationID" || text == "OriginatorConversationID") return std::nullopt;
    return "must be OriginalConversationID or OriginatorConversationID";
}

Complaint date_or_none(std::string_view text) {
    if (text.empty() || parse_date(text)) return std::nullopt;
    return "must be a date such as 2026-12-31";
}

Complaint log_level(std::string_view text) {
    for (const std::string_view level : {"debug", "info", "warn", "error"}) {
        if (text == level) return std::nullopt;
    }
    return "must be debug, info, warn or error";
}

Complaint log_format(std::string_view text) {
    if (text == "json" || text == "text") return std::nullopt;
    return "must be json or text";
}

constexpr std::int64_t port_max = 65'535;

// NOLINTNEXTLINE(bugprone-macro-parentheses): the name of a member takes none
#define AT(member) +[](Config& config) -> auto& { return config.member; }

// In the order in which people read them: this is the order of the documentation.
const std::array table = {
    Setting{.name = "data.directory",
            .place = AT(data.directory),
            .unit = "",
            .help = "Where the database, its keys and the local socket are kept",
            .check = not_empty},
    Setting{
        .name = "data.state_directory",
        .place = AT(data.state_directory),
        .unit = "",
        .help = "Where the mark of what was told outside is kept; empty: beside the data, .state"},
    Setting{.name = "data.cache_mb",
            .place = AT(data.cache_mb),
            .unit = "MiB",
            .help = "Memory for the database's page cache",
            .least = 1,
            .most = 1'048'576},
    Setting{.name = "http.address",
            .place = AT(http.address),
            .unit = "",
            .help = "Address that merchants' and payers' requests are taken on",
            .check = ip_address},
    Setting{.name = "http.port",
            .place = AT(http.port),
            .unit = "",
            .help = "Port that merchants' and payers' requests are taken on; 0 takes a free one",
            .least = 0,
            .most = port_max},
    Setting{.name = "http.trusted_proxies",
            .place = AT(http.trusted_proxies),
            .unit = "",
            .help = "Addresses of proxies whose X-Forwarded-For is believed",
            .check = ip_address},
    Setting{.name = "http.connections_per_address",
            .place = AT(http.connections_per_address),
            .unit = "",
            .help =
                "Connections that one address may have open (IPv6: a /64, and a /48 eight times "
                "as many), of 20000 in all; more for trusted proxies, and when it is this machine",
            .least = 1,
            .most = 20'000},
    Setting{.name = "http.public_url",
            .place = AT(http.public_url),
            .unit = "",
            .help = "What the rail and payers call us by; empty: http://ADDRESS:PORT",
            .check = base_url_or_none},
    Setting{.name = "metrics.address",
            .place = AT(metrics.address),
            .unit = "",
            .help = "Address of /metrics, /healthz and /readyz",
            .check = ip_address},
    Setting{.name = "metrics.port",
            .place = AT(metrics.port),
            .unit = "",
            .help = "Port of /metrics, /healthz and /readyz; 0 takes a free one",
            .least = 0,
            .most = port_max},
    Setting{.name = "log.level",
            .place = AT(log.level),
            .unit = "",
            .help = "Least level that is logged: debug, info, warn or error",
            .check = log_level},
    Setting{.name = "log.format",
            .place = AT(log.format),
            .unit = "",
            .help = "json (one object a line) or text (for terminals)",
            .check = log_format},
    Setting{
        .name = "log.requests",
        .place = AT(log.requests),
        .unit = "",
        .help = "Log every request; those that failed for a fault of ours are logged in any case"},
    Setting{.name = "rail.base_url",
            .place = AT(rail.base_url),
            .unit = "",
            .help = "Safaricom's API; its sandbox is https://sandbox.safaricom.co.ke",
            .check = base_url},
    Setting{.name = "rail.allow_plain_http",
            .place = AT(rail.allow_plain_http),
            .unit = "",
            .help = "Take http:// in rail.base_url and http.public_url beyond this machine: keys "
                    "and callbacks go in clear"},
    Setting{.name = "rail.shortcode",
            .place = AT(rail.shortcode),
            .unit = "",
            .help = "The organisation's shortcode: paybill number, or store number of a till",
            .least = 0,
            .most = 9'999'999'999},
    Setting{.name = "rail.till",
            .place = AT(rail.till),
            .unit = "",
            .help = "Till number for Buy Goods, whose payments Pull cannot match; empty: paybill",
            .check = digits_or_none},
    Setting{.name = "rail.consumer_key",
            .place = AT(rail.consumer_key),
            .unit = "",
            .help = "Consumer key of the app on the Daraja portal"},
    Setting{.name = "rail.consumer_secret",
            .place = AT(rail.consumer_secret),
            .unit = "",
            .help = "Consumer secret of the app on the Daraja portal"},
    Setting{.name = "rail.passkey",
            .place = AT(rail.passkey),
            .unit = "",
            .help = "Passkey for M-Pesa Express (STK push)"},
    Setting{.name = "rail.callback_addresses",
            .place = AT(rail.callback_addresses),
            .unit = "",
            .help = "Addresses that callbacks are taken from; empty: from anywhere",
            .check = ip_address},
    Setting{.name = "rail.confirm_above_kes",
            .place = AT(rail.confirm_above_kes),
            .unit = "KES",
            .help = "Callbacks are unsigned: above this amount a claimed success is confirmed by a "
                    "query before it is credited. 0: always, -1: never. When it is not set and "
                    "rail.callback_addresses is empty: always",
            .least = -1,
            .most = 1'000'000'000},
    Setting{.name = "rail.pushes_per_second",
            .place = AT(rail.pushes_per_second),
            .unit = "",
            .help = "Pushes a second that the contract with Safaricom allows",
            .least = 1,
            .most = 100'000},
    Setting{.name = "rail.queries_per_minute",
            .place = AT(rail.queries_per_minute),
            .unit = "",
            .help =
                "Questions a minute about pushes that nobody told of; more wait, open payment "
                "windows first. 0: 5 at Safaricom's sandbox, which takes no more, 600 elsewhere",
            .least = 0,
            .most = 1'000'000},
    Setting{.name = "rail.timeout_s",
            .place = AT(rail.timeout),
            .unit = "s",
            .help = "How long an answer of the rail is waited for",
            .least = 1,
            .most = 300},
    Setting{.name = "rail.concurrency",
            .place = AT(rail.concurrency),
            .unit = "",
            .help = "Requests to the rail at a time",
            .least = 1,
            .most = 10'000},
    Setting{.name = "rail.description",
            .place = AT(rail.description),
            .unit = "",
            .help = "What the rail notes with each push",
            .check = push_description},

    Setting{.name = "paybill.register_at_start",
            .place = AT(paybill.register_at_start),
            .unit = "",
            .help =
                "Tell Safaricom at every start where it asks and tells of money by paybill, and "
                "that its list of payments is read; else `lango paybill register` does"},
    Setting{.name = "paybill.nominated_number",
            .place = AT(paybill.nominated_number),
            .unit = "",
            .help = "Phone of the person whom Safaricom asks to agree that its list of payments "
                    "(Pull) is read, such as 254712345678; the list is registered together with "
                    "the addresses. Empty: it was registered another way",
            .check = phone_or_none},
    Setting{.name = "paybill.api_version",
            .place = AT(paybill.api_version),
            .unit = "",
            .help = "Version of Safaricom's C2B API, 1 or 2: the payer's number comes hashed or "
                    "masked",
            .least = 1,
            .most = 2},
    Setting{.name = "paybill.on_silence",
            .place = AT(paybill.on_silence),
            .unit = "",
            .help = "What Safaricom does when our validation does not answer in time: Completed "
                    "(takes the money) or Cancelled",
            .check = on_silence},
    Setting{.name = "paybill.take_unknown",
            .place = AT(paybill.take_unknown),
            .unit = "",
            .help = "Validation lets money with nobody's reference pass; it waits in suspense for "
                    "a person"},
    Setting{.name = "paybill.sweep_s",
            .place = AT(paybill.sweep),
            .unit = "s",
            .help = "How often Safaricom's list of payments is read for money that no confirmation "
                    "told of; 0: only for proof of large ones",
            .least = 0,
            .most = 86'400},

    Setting{.name = "payouts.initiator",
            .place = AT(payouts.initiator),
            .unit = "",
            .help = "The API user who may pay out (initiator name); empty: payouts are off"},
    Setting{.name = "payouts.initiator_password",
            .place = AT(payouts.initiator_password),
            .unit = "",
            .help = "That user's password"},
    Setting{.name = "payouts.password_expires",
            .place = AT(payouts.password_expires),
            .unit = "",
            .help = "The day on which that password expires (90 days after it was set): an alarm "
                    "begins 14 days before it",
            .check = date_or_none},
    Setting{.name = "payouts.certificate",
            .place = AT(payouts.certificate),
            .unit = "",
            .help = "File with Safaricom's certificate (PEM or DER) that the password is encrypted "
                    "for; its fingerprint is logged at start"},
    Setting{.name = "payouts.shortcode",
            .place = AT(payouts.shortcode),
            .unit = "",
            .help = "Shortcode that payouts leave from (B2C); 0: rail.shortcode",
            .least = 0,
            .most = 9'999'999},
    Setting{.name = "payouts.command",
            .place = AT(payouts.command),
            .unit = "",
            .help = "CommandID of payouts: BusinessPayment, SalaryPayment, PromotionPayment or "
                    "BusinessPayToPochi",
            .check = payout_command},
    Setting{.name = "payouts.b2c_version",
            .place = AT(payouts.b2c_version),
            .unit = "",
            .help =
                "Version of Safaricom's B2C API, 3 or 1. Version 3 refuses to pay a payout twice; "
                "with 1 a payout whose answer was lost is never sent again, and a person "
                "settles it",
            .least = 1,
            .most = 3},
    Setting{.name = "payouts.status_field",
            .place = AT(payouts.status_field),
            .unit = "",
            .help = "What Safaricom's transaction status calls a payout's id: "
                    "OriginalConversationID or OriginatorConversationID",
            .check = status_field},
    Setting{.name = "payouts.payouts_per_second",
            .place = AT(payouts.payouts_per_second),
            .unit = "",
            .help = "Payouts a second that the contract with Safaricom allows",
            .least = 1,
            .most = 100'000},
    Setting{.name = "payouts.concurrency",
            .place = AT(payouts.concurrency),
            .unit = "",
            .help = "Payouts that are being submitted at a time",
            .least = 1,
            .most = 1'024},
    Setting{.name = "payouts.pay_timeout_s",
            .place = AT(payouts.pay_timeout),
            .unit = "s",
            .help = "How long the answer to a payout is waited for; one that does not come is "
                    "unknown, and asked about",
            .least = 5,
            .most = 300},
    Setting{.name = "payouts.query_after_s",
            .place = AT(payouts.query_after),
            .unit = "s",
            .help = "When the rail is asked about a payout that no result has settled",
            .least = 1,
            .most = 86'400},
    Setting{.name = "payouts.not_found_after_s",
            .place = AT(payouts.not_found_after),
            .unit = "s",
            .help = "How old a payout must be before the rail's word that it knows nothing of it "
                    "counts; it counts when said twice",
            .least = 1,
            .most = 86'400},
    Setting{.name = "payouts.float_alarm_kes",
            .place = AT(payouts.float_alarm_kes),
            .unit = "KES",
            .help = "An alarm is raised while the Utility account holds less; 0: never",
            .least = 0,
            .most = 1'000'000'000},
    Setting{.name = "payouts.float_poll_s",
            .place = AT(payouts.float_poll),
            .unit = "s",
            .help = "How often Safaricom is asked what the accounts hold",
            .least = 10,
            .most = 86'400},

    Setting{.name = "deposits.expire_after_s",
            .place = AT(deposits.expire_after),
            .unit = "s",
            .help = "When an unanswered deposit is called expired; a later payment still counts",
            .least = 60,
            .most = 86'400},
    Setting{.name = "deposits.query_after_s",
            .place = AT(deposits.query_after),
            .unit = "s",
            .help = "When the rail is asked about a push that no callback has settled",
            .least = 1,
            .most = 86'400},

    Setting{.name = "postbacks.allow_private_addresses",
            .place = AT(postbacks.allow_private_addresses),
            .unit = "",
            .help = "Let postbacks go to private and loopback addresses: for sandboxes"},
    Setting{.name = "postbacks.timeout_s",
            .place = AT(postbacks.timeout),
            .unit = "s",
            .help = "How long a merchant's answer to a postback is waited for",
            .least = 1,
            .most = 300},
    Setting{.name = "postbacks.lease_s",
            .place = AT(postbacks.lease),
            .unit = "s",
            .help = "How long a postback in work is left alone; more than postbacks.timeout_s",
            .least = 2,
            .most = 3'600},
    Setting{.name = "postbacks.concurrency_per_merchant",
            .place = AT(postbacks.concurrency_per_merchant),
            .unit = "",
            .help = "Postbacks to one merchant at a time",
            .least = 1,
            .most = 1'024},

    Setting{.name = "verify.every_h",
            .place = AT(verify.every_h),
            .unit = "h",
            .help = "How often all laws are proved in the background, too; 0: only when asked",
            .least = 0,
            .most = 8'760},

    Setting{.name = "limits.creates_per_second",
            .place = AT(limits.creates_per_second),
            .unit = "",
            .help = "Payments that one merchant may create a second; further ones are answered 429 "
                    "with Retry-After; 0: no limit",
            .least = 0,
            .most = 1'000'000},
    Setting{.name = "limits.requests_in_flight",
            .place = AT(limits.requests_in_flight),
            .unit = "",
            .help = "Requests in work at a time; further ones are answered 503 with Retry-After",
            .least = 1,
            .most = 1'000'000},
    Setting{.name = "limits.prompts_per_phone_hour",
            .place = AT(limits.prompts_per_phone_hour),
            .unit = "",
            .help = "Prompts that payment windows of all merchants may send to one phone in an "
                    "hour; none to a phone that cancelled two of them; 0: no limit",
            .least = 0,
            .most = 1'000'000},
    Setting{.name = "limits.window_requests_per_minute",
            .place = AT(limits.window_requests_per_minute),
            .unit = "",
            .help = "Forms and codes that one IPv4 address or IPv6 /64 may send to payment windows "
                    "in a minute: many payers may share one; 0: no limit",
            .least = 0,
            .most = 1'000'000},
    Setting{.name = "limits.windows_waiting",
            .place = AT(limits.windows_waiting),
            .unit = "",
            .help = "Payment windows that wait for news at a time; further ones ask again",
            .least = 1,
            .most = 1'000'000},
    Setting{.name = "limits.windows_waiting_per_address",
            .place = AT(limits.windows_waiting_per_address),
            .unit = "",
            .help = "Of them from one IPv4 address or IPv6 /64, and 16 for one payment; 0: no "
                    "limit by address",
            .least = 0,
            .most = 1'000'000},

    Setting{
        .name = "privacy.mask_after_days",
        .place = AT(privacy.mask_after_days),
        .unit = "",
        .help = "Once a day, take the person out of payments that were closed this many days ago; "
                "0: never",
        .least = 0,
        .most = 36'500},
    Setting{
        .name = "privacy.bookkeeping_days",
        .place = AT(privacy.bookkeeping_days),
        .unit = "",
        .help = "How many days the books must name who paid and who was paid: nothing younger is "
                "masked",
        .least = 0,
        .most = 36'500},
};

#undef AT

}  // namespace

std::span<const Setting> settings() { return table; }

bool Setting::is_number() const {
    return is<std::int64_t>() || is<int>() || is<std::uint16_t>() || is<std::size_t>() ||
           is<Duration>();
}

std::string_view Setting::type() const {
    if (is<Duration>()) return "seconds";
    if (is_number()) return "whole number";
    if (is<bool>()) return "true or false";
    if (is<std::vector<std::string>>()) return "list";
    return is<Secret>() ? "secret" : "text";
}

}  // namespace lango::ops
