// STK query: daraja.md 3.7. Its ResultCode is a text, it knows neither receipt nor amount, and
// several of its errors mean "not yet".
#include "base/json_repair.hpp"
#include "base/json_writer.hpp"
#include "rails/daraja/codes.hpp"
#include "rails/daraja/daraja.hpp"

namespace lango::rails::daraja {

namespace {

std::optional<Observation> read_answer(const http::ClientResponse& response,
                                       const std::string& asked) {
    Observation seen;
    seen.source = Source::query;
    if (response.status == 200) {
        const auto body = json::parse_leniently(response.body);
        auto code = body ? json::sound_text(*body, "ResultCode") : std::nullopt;
        if (code) {
            const auto about = body->text_at("CheckoutRequestID");
            if (json::is_unsound(*body, {"CheckoutRequestID"}) ||
                (!about.empty() && about != asked))
                return std::nullopt;
            seen.code = *std::move(code);
            const auto is = classify_result(seen.code);
            seen.fate = is.fate;
            seen.alert = is.alert;
            seen.raw = response.body;
            return seen;
        }
    }
    const auto fault = classify_fault(response);
    if (!fault.being_processed) return std::nullopt;
    seen.code = fault.code;
    seen.fate = Fate::pending;
    return seen;
}

std::string_view name(Fate fate) {
    switch (fate) {
        case Fate::paid:
            return "paid";
        case Fate::failed:
            return "failed";
        case Fate::pending:
            return "pending";
        case Fate::unknown:
            return "unknown";
    }
    return "unknown";
}

}  // namespace

asio::awaitable<std::optional<Observation>> Daraja::query(std::string checkout_request_id) {
    const auto began = clock_.now();
    const auto timestamp = format_eat_compact(began);
    std::string body;
    json::Writer writer{body};
    writer.begin_object()
        .member("BusinessShortCode", std::to_string(options_.shortcode))
        .member("Password", password(timestamp))
        .member("Timestamp", timestamp)
        .member("CheckoutRequestID", checkout_request_id)
        .end_object();
    const auto reply = co_await app_.post("/mpesa/stkpushquery/v1/query", std::move(body));
    auto seen = reply && *reply ? read_answer(**reply, checkout_request_id) : std::nullopt;
    if (seen) seen->checkout_request_id = std::move(checkout_request_id);
    notice("query", seen ? name(seen->fate) : "no answer", began);
    co_return seen;
}

}  // namespace lango::rails::daraja
