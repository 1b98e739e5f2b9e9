#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "backoffice/lists/totals.hpp"

namespace lango::backoffice {

Answer show_totals(SharedParts parts, Call call) {
    const auto question = co_await parts->store.read(
        [query = http::Query::parse(call.request.query), now = parts->clock.now(),
         scope = call.actor.merchant](store::Reader& reader) {
            return lists::read_totals(reader, query, now, scope);
        });
    if (!question) co_return refuse(Refusal::field_malformed, question.error());
    lists::Totals totals;
    std::optional<std::int64_t> next = question->from;
    // Each slice is a read of its own: others come between.
    while (next && !lists::is_full(*question, totals, *next)) {
        struct Slice {
            lists::Totals totals;
            std::optional<std::int64_t> next;
        };
        auto slice = co_await parts->store.read(
            [question = *question, from = *next, totals](store::Reader& reader) {
                Slice counted{.totals = totals, .next = {}};
                counted.next = lists::count_slice(reader, question, from, counted.totals);
                return counted;
            });
        totals = std::move(slice.totals);
        next = slice.next;
    }
    co_return api::ok(lists::totals_json(*question, totals, next));
}

}  // namespace lango::backoffice
