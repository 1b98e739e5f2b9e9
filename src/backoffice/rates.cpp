#include <algorithm>

#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "base/json_writer.hpp"
#include "rates/rates.hpp"

namespace lango::backoffice {

Answer import_rates(SharedParts parts, Call call) {
    const auto query = http::Query::parse(call.request.query);
    const auto now = parts->clock.now();
    auto table = rates::parse_table(call.request.body,
                                    std::string{query.find("source").value_or("import")}, now);
    if (!table) co_return api::fail(200, table.error().message);
    const auto id =
        co_await parts->store.write([table = *table, who = call.actor.name, now](store::Tx& tx) {
            const auto number = rates::save(tx, table);
            people::record(tx, now, who, "rates imported", std::to_string(number), table.source);
            return number;
        });
    co_await parts->refresh();
    const auto known =
        std::ranges::count_if(table->per_usd, [](const Decimal& rate) { return !rate.is_zero(); });
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("table", id)
        .member("rates_known", static_cast<std::int64_t>(known))
        .end_object();
    co_return api::ok(std::move(out));
}

Answer show_rates(SharedParts parts, Call call) {
    const auto table =
        co_await parts->store.read([](store::Reader& reader) { return rates::latest(reader); });
    if (!table) co_return api::fail(200, "No rates are stored yet.");
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("status", "ok")
        .member("table", table->id)
        .member("source", table->source)
        .member("as_of", format_rfc3339(table->as_of))
        .member("imported_at", format_rfc3339(table->imported_at))
        .key("per_usd")
        .begin_object();
    for (std::size_t i = 0; i < table->per_usd.size(); ++i) {
        writer.key(rates::codes().at(i)).decimal(table->per_usd.at(i));
    }
    writer.end_object().end_object();
    co_return api::ok(std::move(out));
}

}  // namespace lango::backoffice
