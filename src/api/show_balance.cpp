#include "api/endpoints.hpp"
#include "api/merchant_of.hpp"
#include "base/json_writer.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::api {

asio::awaitable<http::Response> show_balance(const Context& context, const http::Request& request) {
    const auto merchant = signed_caller(context, request);
    if (!merchant) co_return merchant.error();
    const auto balance =
        co_await context.store.read([merchant = (*merchant)->id](store::Reader& reader) {
            return ledger::balance(reader, withdrawals::merchant_account(merchant));
        });
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("data").begin_array().begin_object();
    writer.member("currency_code", balance.posted.currency().code())
        .key("balance")
        .decimal(Decimal{balance.posted.minor(), 2})
        .key("held")
        .decimal(Decimal{balance.held.minor(), 2})
        .key("available")
        .decimal(Decimal{balance.free().minor(), 2});
    writer.end_object().end_array().end_object();
    co_return ok(std::move(out));
}

}  // namespace lango::api
