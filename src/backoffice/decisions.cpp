#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "base/json_writer.hpp"
#include "base/typed.hpp"
#include "rails/receipt.hpp"

namespace lango::backoffice {

namespace {

using withdrawals::Decided;
using withdrawals::Judged;

std::string_view words(Decided decided) {
    switch (decided) {
        case Decided::unknown_withdrawal:
            return "There is no such withdrawal.";
        case Decided::not_waiting:
            return "It waits for nobody any more: it has gone to the rail, or has ended.";
        case Decided::own:
            return "Nobody approves what he created.";
        case Decided::twice:
            return "You have approved it already.";
        case Decided::changed:
            return "It is not what you saw: look at it again.";
        case Decided::approved:
        case Decided::queued:
        case Decided::uncovered:
        case Decided::rejected:
            break;
    }
    return "";
}

std::string_view words(Judged judged) {
    switch (judged) {
        case Judged::unknown_withdrawal:
            return "There is no such withdrawal.";
        case Judged::not_open:
            return "There is nothing to settle: it was not sent, or its end is known.";
        case Judged::no_receipt:
            return "What was paid has a receipt: --paid RECEIPT.";
        case Judged::bad_receipt:
            return rails::receipt_form;
        case Judged::receipt_used:
            return "This receipt stands with another payment.";
        case Judged::first:
        case Judged::settled:
            break;
    }
    return "";
}

// In the commit of the decision, whatever it was.
store::Also trail_of(const SharedParts& parts, const Call& call, std::string act,
                     std::string subject) {
    return [who = call.actor.name, now = parts->clock.now(), act = std::move(act),
            subject = std::move(subject)](store::Tx& tx, std::string_view outcome) {
        people::record(tx, now, who, act, subject, outcome);
    };
}

Response told(const withdrawals::Decision& decision) {
    if (const auto refused = words(decision.what); !refused.empty()) {
        return api::fail(200, refused);
    }
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("outcome", withdrawals::name(decision.what))
        .member("approvals", decision.approvals)
        .member("needed", decision.needed)
        .end_object();
    return api::ok(std::move(out));
}

}  // namespace

Answer approve_withdrawal(SharedParts parts, Call call) {
    auto hex = call.path.at(0);
    if (parts->withdrawals == nullptr) co_return payouts_off();
    const auto id = typed::id(hex);
    if (!id) co_return api::fail(200, words(Decided::unknown_withdrawal));
    const auto decision = co_await parts->withdrawals->settler.approve(
        WithdrawalId{*id}, call.actor.name, call.text("seen"),
        trail_of(parts, call, "withdrawal approve", hex));
    co_return told(decision);
}

Answer reject_withdrawal(SharedParts parts, Call call) {
    auto hex = call.path.at(0);
    if (parts->withdrawals == nullptr) co_return payouts_off();
    const auto id = typed::id(hex);
    if (!id) co_return api::fail(200, words(Decided::unknown_withdrawal));
    const auto decision = co_await parts->withdrawals->settler.reject(
        WithdrawalId{*id}, call.actor.name, call.text("reason"),
        trail_of(parts, call, "withdrawal reject", hex));
    co_return told(decision);
}

Answer settle_withdrawal(SharedParts parts, Call call) {
    auto hex = call.path.at(0);
    if (parts->withdrawals == nullptr) co_return payouts_off();
    const auto id = typed::id(hex);
    if (!id) co_return api::fail(200, words(Judged::unknown_withdrawal));
    const auto verdict = call.text("verdict");
    if (verdict != "paid" && verdict != "failed") {
        co_return api::fail(400, "Send {\"verdict\":\"paid\" or \"failed\"}.");
    }
    const auto judgement = co_await parts->withdrawals->settler.judge(
        WithdrawalId{*id},
        {.who = call.actor.name,
         .paid = verdict == "paid",
         .receipt = call.text("receipt"),
         .reason = call.text("reason")},
        trail_of(parts, call, "withdrawal settle " + verdict, hex));
    if (const auto refused = words(judgement.what); !refused.empty()) {
        co_return api::fail(200, refused);
    }
    const bool settled = judgement.what == Judged::settled;
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("outcome", settled ? withdrawals::name(judgement.outcome.what)
                                   : withdrawals::name(judgement.what))
        .end_object();
    co_return api::ok(std::move(out));
}

}  // namespace lango::backoffice
