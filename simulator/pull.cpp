#include <charconv>

#include "base/json_writer.hpp"
#include "base/msisdn.hpp"
#include "simulator/fields.hpp"
#include "simulator/journal_line.hpp"
#include "simulator/pull.hpp"

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

std::string_view invalid_registration(const json::Value& body) {
    if (!is_digits(field(body, "ShortCode"), 5, 7)) return "ShortCode";
    if (field(body, "RequestType") != "Pull") return "RequestType";
    const auto number = field(body, "NominatedNumber");
    if (!Msisdn::parse(number) && !is_digits(number, 10, 10)) return "NominatedNumber";
    const auto url = field(body, "CallBackURL");
    if (!is_callback_url(url) || has_forbidden_word(url)) return "CallBackURL";
    return {};
}

}  // namespace

http::Response Pull::register_shortcode(const http::Request& request) {
    const auto body = says_json(request) ? json::parse(request.body) : json::parse("{}");
    if (!body) return core_.error(400, "400.002.05", "Invalid Request Payload");
    if (const auto wrong = invalid_registration(*body); !wrong.empty()) return core_.invalid(wrong);
    const auto* const shortcode = core_.shortcode(field(*body, "ShortCode"));
    if (shortcode == nullptr) return core_.invalid("ShortCode");
    const bool first = registered_.insert(shortcode->number).second;
    if (first) {
        std::string line;
        json::Writer{line}.begin_object().member("pull_registered", shortcode->number).end_object();
        core_.journal(line);
    }
    http::Response response;
    json::Writer{response.body}
        .begin_object()
        .member("ResponseRefID", core_.ids.merchant_request())
        .member("ResponseStatus", first ? "1000" : "1001")
        .member("ShortCode", field(*body, "ShortCode"))
        .member("ResponseDescription",
                first ? "ShortCode Successfully Registered" : "ShortCode already Registered")
        .end_object();
    return response;
}

bool Pull::replay(const json::Value& line) {
    if (line.find("pull_registered") == nullptr) return false;
    registered_.insert(integer_at(line, "pull_registered"));
    return true;
}

http::Response Pull::list(const http::Request& request) const {
    const auto body = json::parse(request.body);
    const auto from = body ? parse_eat(body->text_at("StartDate")) : std::nullopt;
    const auto to = body ? parse_eat(body->text_at("EndDate")) : std::nullopt;
    if (!from || !to) return core_.invalid("StartDate");
    const auto* const organisation = core_.shortcode(field(*body, "ShortCode"));
    if (core_.config.pull_needs_registration &&
        (organisation == nullptr || !registered_.contains(organisation->number))) {
        return core_.invalid("ShortCode");
    }
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
    const auto oldest = core_.clock.now() - 48h;
    for (const auto& payment : core_.ledger.payments()) {
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
        .member("ResponseRefID", core_.ids.merchant_request())
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
