// STK query: daraja.md 3.7.
#include "base/json_writer.hpp"
#include "rails/daraja/daraja.hpp"
#include "rails/daraja/query_answer.hpp"

namespace lango::rails::daraja {

namespace {

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
    auto seen = reply && *reply ? read_query_answer(**reply, checkout_request_id) : std::nullopt;
    if (seen) seen->checkout_request_id = std::move(checkout_request_id);
    notice("query", seen ? name(seen->fate) : "no answer", began);
    co_return seen;
}

}  // namespace lango::rails::daraja
