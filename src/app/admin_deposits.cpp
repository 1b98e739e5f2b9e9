#include "api/envelope.hpp"
#include "app/admin_endpoints.hpp"
#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "deposits/deposit.hpp"

namespace lango::app {

Answer settle_deposit(SharedParts parts, const Request& request, std::string order_id) {
    const auto id = parse_hex16(order_id);
    const auto body = json::parse(request.body);
    const auto receipt = body ? body->text_at("receipt") : std::string{};
    if (!id || receipt.empty())
        co_return api::fail(400, "Send {\"receipt\":\"...\"} for an order.");
    const auto deposit = co_await parts->store.read(
        [id = DepositId{*id}](store::Reader& reader) { return deposits::find(reader, id); });
    if (!deposit) co_return api::fail(200, "There is no such order.");
    const auto observed =
        co_await parts->settle(deposit->id, {.source = rails::Source::person,
                                             .fate = rails::Fate::paid,
                                             .code = "0",
                                             .description = {},
                                             .checkout_request_id = {},
                                             .merchant_request_id = {},
                                             .receipt = receipt,
                                             .amount = deposit->amount,
                                             .raw = "settled by hand: " + receipt});
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("status", "ok")
        .member("outcome", deposits::name(observed))
        .end_object();
    co_return api::ok(std::move(out));
}

}  // namespace lango::app
