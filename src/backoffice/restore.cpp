#include <charconv>

#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "base/json_writer.hpp"
#include "base/typed.hpp"
#include "rails/receipt.hpp"
#include "recovery/restored.hpp"
#include "unreadable/unreadable.hpp"
#include "withdrawals/after_restore.hpp"
#include "withdrawals/lost.hpp"

namespace lango::backoffice {

namespace {

constexpr std::int64_t lost_max = 1'000;

std::string time_or_empty(const std::optional<Instant>& at) {
    return at ? format_rfc3339(*at) : std::string{};
}

std::int64_t count(store::Reader& reader, store::Sql sql, std::int64_t below) {
    return reader.first(
                     sql, [](const store::Row& row) { return row.integer(0); }, below)
        .value_or(0);
}

void write_open(json::Writer& writer, store::Reader& reader, const restore::Restoration& open) {
    const auto below = id_floor(open.found_at);
    writer.begin_object()
        .member("why", open.why)
        .member("found_at", format_rfc3339(open.found_at))
        .member("gone_from", format_rfc3339(open.data_to))
        .member("gone_to", format_rfc3339(open.found_at))
        .member("pulled_from", time_or_empty(open.pulled_from))
        .member("pulled_to", time_or_empty(open.pulled_to))
        .member("unreadable", unreadable::count_waiting(reader))
        .member("payouts_asked_about", withdrawals::unanswered(reader, open.found_at))
        .member("payouts_for_a_person",
                count(reader,
                      "SELECT COUNT(*) FROM withdrawals WHERE closed_at IS NULL AND "
                      "(flags & " LANGO_WITHDRAWAL_FLAG_ATTENTION ") <> 0 AND id < ?1",
                      below))
        .member("payouts_held",
                count(reader,
                      "SELECT COUNT(*) FROM withdrawals WHERE state = " LANGO_WITHDRAWAL_QUEUED
                      " AND closed_at IS NULL AND id < ?1",
                      below))
        .member("payouts_waiting",
                count(reader,
                      "SELECT COUNT(*) FROM withdrawals WHERE state = " LANGO_WITHDRAWAL_WAITING
                      " AND kind <> " LANGO_KIND_TEST " AND id < ?1",
                      below))
        .member("postbacks_held", count(reader,
                                        "SELECT COUNT(*) FROM postbacks WHERE due_at IS NOT NULL "
                                        "AND subject_id < ?1",
                                        below))
        .member("seen", recovery::code_of(open))
        .end_object();
}

void write_lost(json::Writer& writer, store::Reader& reader) {
    writer.key("lost_payouts").begin_array();
    for (const auto& lost : withdrawals::open_lost(reader, lost_max)) {
        writer.begin_object()
            .member("receipt", lost.receipt)
            .member("amount", lost.amount ? lost.amount->text() : std::string{})
            .member("payout_id", lost.payout_id)
            .member("recipient", lost.phone)
            .member("told_at", format_rfc3339(lost.told_at))
            .end_object();
    }
    writer.end_array();
}

std::string refusal_of(withdrawals::Claimed claimed) {
    switch (claimed) {
        case withdrawals::Claimed::booked:
            return {};
        case withdrawals::Claimed::no_such:
            return "There is no such payout without a row: lango restore show.";
        case withdrawals::Claimed::no_amount:
            return "Safaricom did not say how much it was: look at the portal, --amount.";
        case withdrawals::Claimed::receipt_used:
            return "That receipt stands with another payment.";
    }
    return {};
}

}  // namespace

Answer show_restored(SharedParts parts, Call call) {
    auto out = co_await parts->store.read([](store::Reader& reader) {
        std::string body;
        json::Writer writer{body};
        writer.begin_object().member("status", "ok").key("restored");
        if (const auto open = restore::open_restoration(reader)) {
            write_open(writer, reader, *open);
        } else {
            writer.null();
        }
        write_lost(writer, reader);
        writer.end_object();
        return body;
    });
    co_return api::ok(std::move(out));
}

Answer renew_mark(SharedParts parts, Call call) {
    co_await parts->store.write([who = call.actor.name, now = parts->clock.now()](store::Tx& tx) {
        people::record(tx, now, who, "mark renewed", "", "");
    });
    if (parts->restored != nullptr) co_await parts->restored->renew_mark();
    co_return api::ok(R"({"status":"ok"})");
}

Answer lift_restored(SharedParts parts, Call call) {
    if (parts->restored == nullptr) {
        co_return api::fail(200, "The gateway does not run: start it with lango serve.");
    }
    auto refused = co_await parts->restored->lift(call.actor.name, call.text("seen"));
    if (!refused.empty()) co_return api::fail(200, refused);
    co_return api::ok(R"({"status":"ok"})");
}

Answer book_lost_payout(SharedParts parts, Call call) {
    // In any case and with any dash, as people type it.
    const auto receipt = rails::typed_receipt(call.path.at(0)).value_or(call.path.at(0));
    const auto slug = call.text("merchant");
    std::optional<Money> amount;
    if (const auto text = call.text("amount"); !text.empty()) {
        const auto given = typed::amount(text);
        if (!given) {
            co_return refuse(Refusal::field_malformed,
                             given.error() == typed::NoAmount::unclear
                                 ? typed::unclear_amount
                                 : "The amount is a number of shillings, such as 300.");
        }
        amount = *given;
    }
    auto refused = co_await parts->store.write([parts, name = call.actor.name, slug, receipt,
                                                amount, now = parts->clock.now()](store::Tx& tx) {
        const auto merchant = tx.first(
            "SELECT id FROM merchants WHERE slug = ?1",
            [](const store::Row& row) { return MerchantId{row.integer(0)}; }, slug);
        if (!merchant) return "There is no merchant " + slug + ".";
        const auto claimed =
            withdrawals::book_lost(tx, receipt, *merchant, parts->payout_shortcode, amount, now);
        if (claimed == withdrawals::Claimed::booked) {
            people::record(tx, now, name, "lost payout booked", receipt, "of merchant " + slug);
        }
        return refusal_of(claimed);
    });
    if (!refused.empty()) co_return api::fail(200, refused);
    co_return api::ok(R"({"status":"ok"})");
}

}  // namespace lango::backoffice
