#include "backoffice/lists/answer.hpp"

#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "backoffice/lists/nouns.hpp"
#include "backoffice/lists/page.hpp"

namespace lango::backoffice {

namespace lists {

Answer answer(SharedParts parts, Call call, const Noun& noun) {
    // Nobody of a merchant sees rows that have none; the table of use cases says so, too.
    if (call.actor.merchant && !noun.is_owned()) co_return refuse(Refusal::not_permitted);
    struct Found {
        std::string wrong;
        std::string page;
    };
    const auto found = co_await parts->store.read(
        [query = http::Query::parse(call.request.query), now = parts->clock.now(),
         scope = call.actor.merchant, &noun](store::Reader& reader) {
            const auto question = read(reader, noun, query, now, scope);
            if (!question) return Found{.wrong = question.error(), .page = {}};
            return Found{.wrong = {}, .page = page_json(reader, noun, *question)};
        });
    if (!found.wrong.empty()) co_return refuse(Refusal::field_malformed, found.wrong);
    co_return api::ok(found.page);
}

}  // namespace lists

Answer list_deposits(SharedParts parts, Call call) {
    return lists::answer(std::move(parts), std::move(call), lists::deposits);
}
Answer list_withdrawals(SharedParts parts, Call call) {
    return lists::answer(std::move(parts), std::move(call), lists::withdrawals);
}
Answer list_refunds(SharedParts parts, Call call) {
    return lists::answer(std::move(parts), std::move(call), lists::refunds);
}
Answer list_suspense(SharedParts parts, Call call) {
    return lists::answer(std::move(parts), std::move(call), lists::suspense);
}
Answer list_postbacks(SharedParts parts, Call call) {
    return lists::answer(std::move(parts), std::move(call), lists::postbacks);
}
Answer list_events(SharedParts parts, Call call) {
    return lists::answer(std::move(parts), std::move(call), lists::events);
}
Answer list_proposals(SharedParts parts, Call call) {
    return lists::answer(std::move(parts), std::move(call), lists::proposals);
}
Answer list_trail(SharedParts parts, Call call) {
    return lists::answer(std::move(parts), std::move(call), lists::trail);
}

}  // namespace lango::backoffice
