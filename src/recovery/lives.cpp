#include "recovery/lives.hpp"

#include "deposits/deposit.hpp"
#include "ops/logging.hpp"
#include "postbacks/attempts.hpp"
#include "recovery/kept_message.hpp"
#include "runs/message.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::recovery {

namespace {

// People read it where they read all that the gateway cannot. When that list takes no more in this
// hour, it is in the list of what is set aside all the same, with its body.
bool set_message_aside(store::Tx& tx, std::int64_t number, std::int64_t run, Instant now) {
    auto message = runs::set_aside_message(tx, number, run, now);
    if (!message) return false;
    const auto kept = keep_for_a_person(
        tx, *std::move(message),
        "the gateway died while it read this: set aside as message " + std::to_string(number), now);
    if (!kept) {
        log::warn("runs", "lango unreadable list has no room for it: lango set-aside list shows it",
                  {{"message", number}});
    }
    return true;
}

bool set_died_aside(store::Tx& tx, runs::Subject died, std::int64_t run, Instant now) {
    switch (died.kind) {
        case runs::Kind::postback:
        case runs::Kind::event:
            return postbacks::set_aside_died(tx, died, run, now);
        case runs::Kind::withdrawal:
            return withdrawals::set_aside_died(tx, WithdrawalId{died.id}, run, now);
        case runs::Kind::deposit:
            return deposits::set_aside_died(tx, DepositId{died.id}, run, now);
        case runs::Kind::message:
            return set_message_aside(tx, died.id, run, now);
    }
    return false;
}

}  // namespace

runs::Begun begin_run(store::Tx& tx, Instant now) {
    auto begun = runs::begin(tx, now);
    // What came of it had been recorded: it was something else.
    if (begun.died && !set_died_aside(tx, *begun.died, begun.run.number - 1, now))
        begun.died.reset();
    return begun;
}

std::string text_of(runs::Subject subject) {
    return subject.kind == runs::Kind::message ? std::to_string(subject.id) : hex16(subject.id);
}

void notice_run(const runs::Begun& begun, ops::Metrics* metrics) {
    if (metrics != nullptr) metrics->deaths_in_a_row.set(begun.run.deaths);
    if (begun.died) {
        log::error("runs",
                   "the gateway died while this went alone: set aside; lango set-aside retry lets "
                   "it go on",
                   {{"kind", runs::name(begun.died->kind)}, {"id", text_of(*begun.died)}});
    }
    if (runs::is_careful(begun.run)) {
        log::warn("runs",
                  "the gateway died several times in a row: what was in flight then goes one at a "
                  "time, beside everything new",
                  {{"deaths", begun.run.deaths}});
    } else if (begun.run.deaths > 0) {
        log::warn("runs", "the run before did not end cleanly");
    }
}

SetAsideCounts count_set_aside(store::Reader& reader) {
    SetAsideCounts counts;
    for (const auto kind : runs::kinds) counts[kind] = 0;
    for (const auto& one : runs::all_set_aside(reader)) ++counts[one.subject.kind];
    return counts;
}

std::optional<TriedAgain> try_again(store::Tx& tx, runs::Subject subject, std::string_view who,
                                    Instant now) {
    bool tried = false;
    switch (subject.kind) {
        case runs::Kind::postback:
        case runs::Kind::event: {
            if (!runs::take_back(tx, subject)) return std::nullopt;
            return TriedAgain{.merchant = postbacks::resend(tx, subject.id, now)};
        }
        case runs::Kind::withdrawal:
            tried = withdrawals::try_again(tx, WithdrawalId{subject.id}, who, now);
            break;
        case runs::Kind::deposit:
            tried = deposits::try_again(tx, DepositId{subject.id}, who, now);
            break;
        case runs::Kind::message:
            break;  // CarefulDoor::read_again
    }
    return tried ? std::optional{TriedAgain{}} : std::nullopt;
}

}  // namespace lango::recovery
