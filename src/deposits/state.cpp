#include "deposits/state.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/result.hpp"

namespace lango::deposits {

bool may_become(State from, State to) {
    using enum State;
    static constexpr std::array<std::pair<State, State>, 28> edges{{
        {created, pushing},    {created, expired},   {pushing, created},   {pushing, prompted},
        {pushing, unknown},    {pushing, failed},    {pushing, verifying}, {pushing, paid},
        {prompted, verifying}, {prompted, paid},     {prompted, failed},   {prompted, expired},
        {unknown, prompted},   {unknown, verifying}, {unknown, paid},      {unknown, failed},
        {unknown, expired},    {verifying, paid},    {verifying, expired}, {verifying, failed},
        {failed, verifying},   {failed, paid},       {expired, verifying}, {expired, paid},
        {expired, failed},     {created, paid},      {created, verifying}, {created, failed},
    }};
    return std::ranges::find(edges, std::pair{from, to}) != edges.end();
}

std::string_view name(State state) {
    switch (state) {
        case State::created:
            return "created";
        case State::pushing:
            return "pushing";
        case State::prompted:
            return "prompted";
        case State::unknown:
            return "unknown";
        case State::verifying:
            return "verifying";
        case State::paid:
            return "paid";
        case State::failed:
            return "failed";
        case State::expired:
            return "expired";
    }
    unsound("a deposit state of the enum", std::source_location::current());
}

std::string_view name(EventKind kind) {
    switch (kind) {
        case EventKind::masked:
            return "masked";
        case EventKind::created:
            return "created";
        case EventKind::push_sent:
            return "push_sent";
        case EventKind::push_accepted:
            return "push_accepted";
        case EventKind::push_refused:
            return "push_refused";
        case EventKind::push_postponed:
            return "push_postponed";
        case EventKind::push_unanswered:
            return "push_unanswered";
        case EventKind::claimed_paid:
            return "claimed_paid";
        case EventKind::paid:
            return "paid";
        case EventKind::failed:
            return "failed";
        case EventKind::expired:
            return "expired";
        case EventKind::amount_differs:
            return "amount_differs";
        case EventKind::second_receipt:
            return "second_receipt";
        case EventKind::unknown_code:
            return "unknown_code";
        case EventKind::needs_person:
            return "needs_person";
        case EventKind::receipt_refused:
            return "receipt_refused";
        case EventKind::attended:
            return "attended";
        case EventKind::other_push_paid:
            return "other_push_paid";
        case EventKind::refund:
            return "refund";
        case EventKind::gave_way:
            return "gave_way";
        case EventKind::money_too_late:
            return "money_too_late";
        case EventKind::claimed_again:
            return "claimed_again";
        case EventKind::not_applied:
            return "not_applied";
    }
    unsound("an event kind of the enum", std::source_location::current());
}

std::string_view name(RailMessageKind kind) {
    switch (kind) {
        case RailMessageKind::push_answer:
            return "push_answer";
        case RailMessageKind::callback:
            return "callback";
        case RailMessageKind::query_answer:
            return "query_answer";
        case RailMessageKind::pulled:
            return "pulled";
        case RailMessageKind::confirmation:
            return "confirmation";
    }
    unsound("a rail message kind of the enum", std::source_location::current());
}

}  // namespace lango::deposits
