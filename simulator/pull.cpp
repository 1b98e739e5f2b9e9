// The list of payments (daraja.md 6.4, Pull): the one server-side way to find what nobody told.
#include <charconv>

#include "base/json_writer.hpp"
#include "simulator/daraja.hpp"
#include "simulator/fields.hpp"

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

http::Response Daraja::pull(const http::Request& request) {
    if (!authorized(request)) return error(400, "400.003.01", "Invalid Access Token");
    const auto body = json::parse(request.body);
    const auto from = body ? parse_eat(body->text_at("StartDate")) : std::nullopt;
    const auto to = body ? parse_eat(body->text_at("EndDate")) : std::nullopt;
    if (!from || !to) return error(400, "400.002.02", "Bad Request - Invalid StartDate");
    std::size_t offset = 0;
    const auto asked = field(*body, "OffSetValue");
    std::from_chars(asked.data(), asked.data() + asked.size(), offset);

    http::Response response;
    json::Writer writer{response.body};
    std::size_t seen = 0;
    std::size_t listed = 0;
    std::string rows;
    json::Writer row{rows};
    row.begin_array();
    const auto shortcode = field(*body, "ShortCode");
    const auto oldest = clock_.now() - 48h;
    for (const auto& payment : ledger_.payments()) {
        const auto at = from_micros(payment.completed_at);
        // The last second counts whole: the dates have no fractions.
        if (at < *from || at >= *to + 1s || at < oldest) continue;
        if (std::to_string(payment.shortcode) != shortcode) continue;
        if (seen++ < offset) continue;
        if (++listed > page_size) break;
        row.begin_object()
            .member("transactionId", payment.receipt)
            .member("trxDate", format_rfc3339(at))
            .member("msisdn", payment.phone)
            .member("sender", "")
            .member("transactiontype", payment.till ? "c2b-buy-goods-debit" : "c2b-pay-bill-debit")
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
