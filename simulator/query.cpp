// STK query (daraja.md 3.7) and the list of payments (6.4, Pull).
#include <charconv>

#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "simulator/daraja.hpp"

namespace lango::simulator {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t page_size = 100;

// "YYYY-MM-DD HH:mm:ss" in East Africa Time.
std::optional<Instant> parse_eat(std::string_view text) {
    if (text.size() != 19) return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t length) {
        int value = -1;
        std::from_chars(text.data() + at, text.data() + at + length, value);
        return value;
    };
    const std::chrono::year_month_day date{std::chrono::year{number(0, 4)},
                                           std::chrono::month{static_cast<unsigned>(number(5, 2))},
                                           std::chrono::day{static_cast<unsigned>(number(8, 2))}};
    if (!date.ok()) return std::nullopt;
    return Instant{std::chrono::sys_days{date} + std::chrono::hours{number(11, 2) - 3} +
                   std::chrono::minutes{number(14, 2)} + std::chrono::seconds{number(17, 2)}};
}

}  // namespace

http::Response Daraja::query(const http::Request& request) {
    if (!authorized(request)) return error(404, "404.001.03", "Invalid Access Token");
    const auto body = json::parse(request.body);
    if (!body) return error(400, "400.002.05", "Invalid Request Payload");
    const auto now = clock_.now();
    if (config_.queries_per_minute > 0) {
        while (!queries_.empty() && queries_.front() <= now - 60s) queries_.pop_front();
        if (queries_.size() >= static_cast<std::size_t>(config_.queries_per_minute)) {
            http::Response limited;
            limited.status = 429;
            limited.body =
                R"({"fault":{"faultstring":"Spike arrest violation. Allowed rate : MessageRate{messagesPerPeriod=5, periodInMicroseconds=60000000, maxBurstMessageCount=1.0}","detail":{"errorcode":"policies.ratelimit.SpikeArrestViolation"}}})";
            return limited;
        }
        queries_.push_back(now);
    }
    const auto found = prompts_.find(body->text_at("CheckoutRequestID"));
    if (found == prompts_.end()) {
        return error(400, "400.002.02", "Bad Request - Invalid CheckoutRequestID");
    }
    const auto& prompt = found->second;
    if (prompt.open) return error(500, "500.001.1001", "The transaction is being processed");
    const bool contradicts = !prompt.told && !prompt.scenario.query_code.empty();
    const std::string code{contradicts ? prompt.scenario.query_code : std::string_view{prompt.code}};
    http::Response response;
    json::Writer{response.body}
        .begin_object()
        .member("ResponseCode", "0")
        .member("ResponseDescription", "The service request has been accepted successsfully")
        .member("MerchantRequestID", prompt.merchant_request_id)
        .member("CheckoutRequestID", prompt.checkout_request_id)
        .member("ResultCode", code)
        .member("ResultDesc", result_text(code))
        .end_object();
    return response;
}

http::Response Daraja::pull(const http::Request& request) {
    if (!authorized(request)) return error(400, "400.003.01", "Invalid Access Token");
    const auto body = json::parse(request.body);
    const auto from = body ? parse_eat(body->text_at("StartDate")) : std::nullopt;
    const auto to = body ? parse_eat(body->text_at("EndDate")) : std::nullopt;
    if (!from || !to) return error(400, "400.002.02", "Bad Request - Invalid StartDate");
    std::size_t offset = 0;
    const auto asked = body->text_at("OffSetValue");
    std::from_chars(asked.data(), asked.data() + asked.size(), offset);

    http::Response response;
    json::Writer writer{response.body};
    std::size_t seen = 0;
    std::size_t listed = 0;
    std::string rows;
    json::Writer row{rows};
    row.begin_array();
    for (const auto& payment : ledger_.payments()) {
        const auto at = from_micros(payment.completed_at);
        // The last second counts whole: the dates have no fractions.
        if (at < *from || at >= *to + 1s || at < clock_.now() - 48h) continue;
        if (std::to_string(payment.shortcode) != body->text_at("ShortCode")) continue;
        if (seen++ < offset) continue;
        if (++listed > page_size) break;
        row.begin_object()
            .member("transactionId", payment.receipt)
            .member("trxDate", format_rfc3339(at))
            .member("msisdn", payment.phone)
            .member("sender", "")
            .member("transactiontype", "c2b-pay-bill-debit")
            .member("billreference", payment.account_reference)
            .member("amount", std::to_string(payment.amount_minor / 100) + ".00")
            .member("organizationname", "Simulated")
            .end_object();
    }
    row.end_array();
    writer.begin_object()
        .member("ResponseRefID", ids_.merchant_request())
        .member("ResponseCode", listed == 0 ? "1001" : "1000")
        .member("ResponseMessage", listed == 0 ? "No records" : "Success")
        .key("Response")
        .begin_array()
        .raw(rows)
        .end_array()
        .end_object();
    return response;
}

}  // namespace lango::simulator
