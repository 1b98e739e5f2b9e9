#include "api/caller.hpp"
#include "api/endpoints.hpp"
#include "base/json_writer.hpp"
#include "deposits/deposit.hpp"
#include "postbacks/postback.hpp"
#include "refunds/refund.hpp"

namespace lango::api {

namespace {

struct Story {
    deposits::Deposit deposit;
    std::vector<deposits::Event> events;
    std::vector<refunds::Refund> refunds;
};

std::optional<Story> read(store::Reader& reader, DepositId id, MerchantId merchant) {
    auto deposit = deposits::find(reader, id);
    if (!deposit || deposit->merchant != merchant) return std::nullopt;
    return Story{.deposit = std::move(*deposit),
                 .events = deposits::events(reader, id),
                 .refunds = refunds::of_deposit(reader, id)};
}

// The page has no form that tells a refund: here it shows.
void write_refunds(json::Writer& writer, const Story& story) {
    writer.member("refunded", refunds::paid_back(story.refunds, story.deposit.receipt).whole())
        .key("refunds")
        .begin_array();
    for (const auto& refund : story.refunds) {
        const auto& payout = refund.payout;
        writer.begin_object()
            .member("refund_id", hex16(payout.id.value()))
            .member("receipt", refund.receipt)
            .member("amount", payout.amount.whole())
            .member("method", name(refund.method))
            .member("state", withdrawals::name(payout.state))
            .member("gone", refund.gone.whole())
            .member("created_at", format_rfc3339(payout.created_at))
            .key("closed_at");
        if (payout.closed_at)
            writer.string(format_rfc3339(*payout.closed_at));
        else
            writer.null();
        writer.end_object();
    }
    writer.end_array();
}

void write_events(json::Writer& writer, const std::vector<deposits::Event>& events) {
    writer.key("events").begin_array();
    for (const auto& event : events) {
        writer.begin_object()
            .member("number", event.number)
            .member("at", format_rfc3339(event.at))
            .member("event", deposits::name(event.kind))
            .member("state", deposits::name(event.state))
            .member("detail", event.detail)
            .end_object();
    }
    writer.end_array();
}

std::string story_json(const Story& story) {
    const auto& deposit = story.deposit;
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("data").begin_object();
    writer.member("order_id", hex16(deposit.id.value()))
        .member("custom_transaction_id", deposit.custom_transaction_id)
        .member("label", deposit.label)
        .member("phone_number", deposit.phone.raw())
        .member("amount", deposit.amount.whole())
        .member("currency", deposit.amount.currency().code())
        .member("state", deposits::name(deposit.state));
    writer.key("receipt");
    if (deposit.receipt.empty() || deposit.state != deposits::State::paid)
        writer.null();
    else
        writer.string(deposit.receipt);
    writer.key("late").boolean(deposit.has(deposits::Flag::late));
    writer.member("created_at", format_rfc3339(deposit.created_at));
    writer.key("closed_at");
    if (deposit.closed_at)
        writer.string(format_rfc3339(*deposit.closed_at));
    else
        writer.null();
    write_refunds(writer, story);
    write_events(writer, story.events);
    writer.end_object().end_object();
    return out;
}

}  // namespace

asio::awaitable<http::Response> show_payment(const Context& context, const http::Request& request,
                                             const std::string& order_id) {
    const auto merchant = caller(context, request, nullptr);
    const auto id = parse_hex16(order_id);
    if (merchant == nullptr || !id) co_return not_found();
    const auto story = co_await context.store.read(
        [id = DepositId{*id}, merchant = merchant->id](store::Reader& reader) {
            return read(reader, id, merchant);
        });
    if (!story) co_return not_found();
    co_return ok(story_json(*story));
}

}  // namespace lango::api
