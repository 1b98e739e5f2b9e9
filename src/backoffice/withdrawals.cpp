#include <algorithm>

#include "api/envelope.hpp"
#include "backoffice/endpoints.hpp"
#include "backoffice/story_text.hpp"
#include "backoffice/withdrawal_text.hpp"
#include "base/json_writer.hpp"
#include "base/redact.hpp"
#include "base/typed.hpp"
#include "postbacks/readable.hpp"
#include "withdrawals/approve.hpp"

namespace lango::backoffice {

namespace {

using withdrawals::Withdrawal;

void write_row(json::Writer& writer, const Withdrawal& row, std::string_view slug) {
    writer.member("id", hex16(row.id.value()))
        .member("merchant", slug)
        .member("withdrawal_id", row.withdrawal_id)
        .member("kind", withdrawals::name(row.kind))
        .member("state", withdrawals::name(row.state))
        .member("account_number", row.phone.raw())
        .member("amount", row.amount.text())
        .member("fee", row.fee.text())
        .member("currency_code", row.amount.currency().code())
        .member("label", row.label)
        .member("comment", row.comment)
        .member("created_by", row.created_by)
        .member("created_at", format_rfc3339(row.created_at))
        .member("receipt", row.receipt)
        .member("result_code", row.result_code)
        .key("attention")
        .boolean(row.has(withdrawals::Flag::attention))
        .key("uncovered")
        .boolean(row.has(withdrawals::Flag::uncovered))
        .key("needs_approval")
        .boolean(row.has(withdrawals::Flag::approval))
        .member("approval_code", withdrawals::approval_code(row));
}

struct Story {
    Withdrawal row;
    std::string slug;
    std::vector<withdrawals::Event> events;
    std::vector<withdrawals::RailMessage> rail_messages;
    std::vector<withdrawals::Approval> approvals;
    Money gone;
    std::string zone;
    std::optional<postbacks::Told> told;
    std::string ledger;  // as JSON
};

// Nobody's where the row names none that is known.
struct Whose {
    std::string slug;
    std::string zone = "UTC";
};
Whose whose(const std::vector<merchants::Merchant>& all, MerchantId id) {
    const auto found = std::ranges::find(all, id, &merchants::Merchant::id);
    if (found == all.end()) return {};
    return {.slug = found->slug, .zone = known_zone(found->time_zone) ? found->time_zone : "UTC"};
}

std::optional<Story> read(store::Reader& reader, const crypto::MasterKey& master, WithdrawalId id) {
    auto row = withdrawals::find(reader, id);
    if (!row) return std::nullopt;
    auto of = whose(merchants::list(reader, master), row->merchant);
    std::string booked;
    json::Writer ledger{booked};
    write_ledger(ledger, reader, id.value());
    Story story{.row = *row,
                .slug = std::move(of.slug),
                .events = withdrawals::events(reader, id),
                .rail_messages = withdrawals::rail_messages(reader, id),
                .approvals = withdrawals::approvals(reader, *row),
                .gone = withdrawals::gone(reader, id),
                .zone = std::move(of.zone),
                .told = postbacks::told(reader, id.value()),
                .ledger = std::move(booked)};
    return story;
}

struct Made {
    std::string refused{};
    std::optional<Withdrawal> row{};
    bool before = false;
};

// The same that the same person has made under this id: his answer was lost.
std::optional<Withdrawal> made_before(store::Reader& reader, const withdrawals::Wanted& wanted,
                                      MerchantId merchant) {
    if (wanted.withdrawal_id.empty()) return std::nullopt;
    auto row = withdrawals::find(reader, merchant, wanted.withdrawal_id);
    const bool same = row && row->kind == wanted.kind && row->created_by == wanted.created_by &&
                      row->phone == wanted.phone && row->amount == wanted.amount &&
                      row->label == wanted.label && row->comment == wanted.comment;
    return same ? std::move(row) : std::nullopt;
}

Made make(store::Tx& tx, const withdrawals::Wanted& wanted, const merchants::Merchant& merchant,
          Instant now) {
    if (auto row = made_before(tx, wanted, merchant.id)) return {.row = row, .before = true};
    const auto taken = withdrawals::accept(tx, wanted, merchant, now);
    if (!taken) return {.refused = line_of({taken.error()})};
    return {.row = withdrawals::find(tx, wanted.id)};
}

}  // namespace

Answer show_withdrawal(SharedParts parts, Call call) {
    auto hex = call.path.at(0);
    const auto id = typed::id(hex);
    if (!id) co_return api::fail(200, "There is no such withdrawal.");
    const auto story =
        co_await parts->store.read([parts, id = WithdrawalId{*id}](store::Reader& reader) {
            return read(reader, parts->master, id);
        });
    if (!story) co_return api::fail(200, "There is no such withdrawal.");
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("withdrawal").begin_object();
    write_row(writer, story->row, story->slug);
    writer.member("gone", story->gone.text()).key("approvals").begin_array();
    for (const auto& approval : story->approvals) {
        writer.begin_object()
            .member("who", approval.who)
            .member("at", format_rfc3339(approval.at))
            .key("counts")
            .boolean(approval.counts)
            .end_object();
    }
    writer.end_array().key("events").begin_array();
    for (const auto& event : story->events) {
        writer.begin_object()
            .member("number", event.number)
            .member("at", format_rfc3339(event.at))
            .member("event", withdrawals::name(event.kind))
            .member("state", withdrawals::name(event.state))
            .member("detail", event.detail)
            .end_object();
    }
    writer.end_array().key("rail_messages").begin_array();
    for (const auto& message : story->rail_messages) {
        writer.begin_object()
            .member("at", format_rfc3339(message.at))
            .member("kind", withdrawals::name(message.kind))
            .member("body", postbacks::readable(redact(message.body)))
            .end_object();
    }
    writer.end_array().member("time_zone", story->zone);
    if (story->told) write_told(writer.key("postback"), *story->told, story->zone);
    writer.key("ledger").raw(story->ledger).end_object().end_object();
    co_return api::ok(std::move(out));
}

Answer create_withdrawal(SharedParts parts, Call call) {
    if (parts->withdrawals == nullptr) co_return payouts_off();
    const auto slug = call.text("merchant");
    const auto merchant = co_await merchant_of(parts, slug);
    if (!merchant) co_return api::fail(200, "there is no merchant " + slug);
    auto wanted = manual_withdrawal(call.body, *merchant, call.actor.name);
    if (!wanted) co_return api::fail(200, wanted.error());
    wanted->made_by_approver = call.actor.permissions.has(people::Permission::withdrawals_approve);
    const auto now = parts->clock.now();
    wanted->id = WithdrawalId{parts->ids.next(now)};
    const auto made = co_await parts->store.write(
        [wanted = *wanted, merchant = *merchant, now, slug](store::Tx& tx) {
            auto outcome = make(tx, wanted, merchant, now);
            if (outcome.row && !outcome.before) {
                people::record(tx, now, wanted.created_by, "withdrawal created",
                               hex16(wanted.id.value()), wanted.amount.text() + " KES for " + slug);
            }
            return outcome;
        });
    if (!made.refused.empty()) co_return api::fail(200, made.refused);
    parts->withdrawals->wake_worker();
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("id", hex16(made.row->id.value()))
        .member("state", withdrawals::name(made.row->state))
        .end_object();
    co_return api::ok(std::move(out));
}

}  // namespace lango::backoffice
