#include "withdrawals/state.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/result.hpp"

namespace lango::withdrawals {

bool may_become(State from, State to) {
    using enum State;
    static constexpr std::array<std::pair<State, State>, 17> edges{{
        {waiting, queued},
        {waiting, failed},
        {queued, sending},
        {queued, paid},  // a test, and a result of an earlier submission
        {queued, failed},
        {queued, unknown},  // a repeat that waited too long
        {sending, queued},
        {sending, sent},
        {sending, unknown},
        {sending, paid},
        {sending, failed},
        {sent, paid},
        {sent, failed},
        {sent, unknown},
        {unknown, paid},
        {unknown, failed},
        {unknown, queued},
    }};
    return std::ranges::find(edges, std::pair{from, to}) != edges.end();
}

std::string_view name(State state) {
    switch (state) {
        case State::waiting:
            return "waiting";
        case State::queued:
            return "queued";
        case State::sending:
            return "sending";
        case State::sent:
            return "sent";
        case State::unknown:
            return "unknown";
        case State::paid:
            return "paid";
        case State::failed:
            return "failed";
    }
    unsound("a withdrawal state of the enum", std::source_location::current());
}

std::string_view name(Kind kind) {
    switch (kind) {
        case Kind::api:
            return "api";
        case Kind::manual:
            return "manual";
        case Kind::test:
            return "test";
        case Kind::refund:
            return "refund";
    }
    unsound("a withdrawal kind of the enum", std::source_location::current());
}

std::string_view name(EventKind kind) {
    switch (kind) {
        case EventKind::masked:
            return "masked";
        case EventKind::created:
            return "created";
        case EventKind::approved:
            return "approved";
        case EventKind::rejected:
            return "rejected";
        case EventKind::sending:
            return "sending";
        case EventKind::accepted:
            return "accepted";
        case EventKind::refused:
            return "refused";
        case EventKind::postponed:
            return "postponed";
        case EventKind::unanswered:
            return "unanswered";
        case EventKind::paid:
            return "paid";
        case EventKind::failed:
            return "failed";
        case EventKind::timed_out:
            return "timed_out";
        case EventKind::not_found:
            return "not_found";
        case EventKind::unknown_code:
            return "unknown_code";
        case EventKind::amount_differs:
            return "amount_differs";
        case EventKind::contradicted:
            return "contradicted";
        case EventKind::needs_person:
            return "needs_person";
        case EventKind::receipt_refused:
            return "receipt_refused";
        case EventKind::covered:
            return "covered";
        case EventKind::judged:
            return "judged";
        case EventKind::done_before:
            return "done_before";
        case EventKind::over_refunded:
            return "over_refunded";
        case EventKind::repeated:
            return "repeated";
        case EventKind::other_recipient:
            return "other_recipient";
        case EventKind::restored:
            return "restored";
        case EventKind::claimed:
            return "claimed";
        case EventKind::tried_again:
            return "tried_again";
    }
    unsound("an event kind of the enum", std::source_location::current());
}

}  // namespace lango::withdrawals
