#include "api/endpoints.hpp"
#include "api/merchant_of.hpp"
#include "base/json_writer.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::api {

namespace {

using withdrawals::EventKind;
using withdrawals::State;

struct Story {
    withdrawals::Withdrawal withdrawal;
    std::vector<withdrawals::Event> events;
};

std::optional<Story> read(store::Reader& reader, MerchantId merchant,
                          const std::string& withdrawal_id) {
    auto withdrawal = withdrawals::find(reader, merchant, withdrawal_id);
    if (!withdrawal) return std::nullopt;
    auto events = withdrawals::events(reader, withdrawal->id);
    return Story{.withdrawal = std::move(*withdrawal), .events = std::move(events)};
}

// Who approved is between the operators.
bool is_of_people(EventKind kind) {
    return kind == EventKind::approved || kind == EventKind::rejected || kind == EventKind::judged;
}

void write_events(json::Writer& writer, const std::vector<withdrawals::Event>& events) {
    writer.key("events").begin_array();
    for (const auto& event : events) {
        writer.begin_object()
            .member("number", event.number)
            .member("at", format_rfc3339(event.at))
            .member("event", withdrawals::name(event.kind))
            .member("state", withdrawals::name(event.state))
            .member("detail", is_of_people(event.kind) ? std::string_view{} : event.detail)
            .end_object();
    }
    writer.end_array();
}

void write_status(json::Writer& writer, State state) {
    writer.key("withdrawal_status");
    if (state == State::paid) {
        writer.integer(1);
    } else if (state == State::failed) {
        writer.integer(5);
    } else {
        writer.null();
    }
}

std::string story_json(const Story& story) {
    const auto& withdrawal = story.withdrawal;
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("data").begin_object();
    writer.member("withdrawal_id", withdrawal.withdrawal_id)
        .member("label", withdrawal.label)
        .member("account_number", withdrawal.phone.raw())
        .member("amount", withdrawal.amount.whole())
        .key("fee")
        .decimal(Decimal{withdrawal.fee.minor(), 2})
        .member("currency_code", withdrawal.amount.currency().code())
        .member("comment", withdrawal.comment)
        .key("is_test")
        .boolean(withdrawal.kind == withdrawals::Kind::test)
        .member("state", withdrawals::name(withdrawal.state));
    write_status(writer, withdrawal.state);
    writer.key("receipt");
    if (withdrawal.receipt.empty() || withdrawal.state != State::paid)
        writer.null();
    else
        writer.string(withdrawal.receipt);
    writer.member("created_at", format_rfc3339(withdrawal.created_at));
    writer.key("closed_at");
    if (withdrawal.closed_at)
        writer.string(format_rfc3339(*withdrawal.closed_at));
    else
        writer.null();
    write_events(writer, story.events);
    writer.end_object().end_object();
    return out;
}

}  // namespace

asio::awaitable<http::Response> show_withdrawal(const Context& context,
                                                const http::Request& request,
                                                const std::string& withdrawal_id) {
    const auto merchant = signed_caller(context, request);
    if (!merchant) co_return merchant.error();
    const auto story = co_await context.store.read(
        [withdrawal_id, merchant = (*merchant)->id](store::Reader& reader) {
            return read(reader, merchant, withdrawal_id);
        });
    if (!story) co_return not_found();
    co_return ok(story_json(*story));
}

}  // namespace lango::api
