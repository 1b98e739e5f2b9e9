#include "simulator/daraja.hpp"

#include "base/json_writer.hpp"
#include "http/own_page.hpp"

namespace lango::simulator {

namespace {

constexpr std::size_t calls_kept = 200;

}  // namespace

Daraja::Daraja(Config config, Clock& clock, Random& random, http::Client& client,
               asio::any_io_executor executor)
    : config_(std::move(config)),
      clock_(clock),
      random_(random),
      agenda_(config_, clock, client, std::move(executor)),
      ids_(random),
      ledger_(config_.wallet_start_minor),
      core_{config_, clock_, random_, agenda_, ids_, ledger_},
      initiators_(core_),
      payouts_(core_, initiators_),
      reversals_(core_, initiators_),
      inquiries_(core_, initiators_, payouts_, reversals_),
      c2b_(core_, inbox_),
      pull_(core_) {
    for (const auto& shortcode : config_.shortcodes) {
        ledger_.open(shortcode.number, shortcode.working_start_minor,
                     shortcode.utility_start_minor);
    }
    add_rail_routes();
    add_admin_routes();
    add_phone_page();
    service_ = [this](const http::Request& request) { return serve(request); };
}

Daraja::~Daraja() = default;

void Daraja::add_rail_routes() {
    using http::Method;
    using http::PathArguments;
    using http::Request;
    router_.add(Method::post, "/mpesa/stkpush/v1/processrequest",
                [this](const Request& request, const PathArguments&) { return push(request); });
    router_.add(Method::post, "/mpesa/stkpushquery/v1/query",
                [this](const Request& request, const PathArguments&) -> Answer {
                    co_return query(request);
                });
    router_.add(Method::get, "/oauth/v1/generate",
                [this](const Request& request, const PathArguments&) -> Answer {
                    co_return token(request);
                });
    router_.add(Method::post, "/pulltransactions/v1/query",
                [this](const Request& request, const PathArguments&) -> Answer {
                    auto refused = refuse_bearer(request, product::pull);
                    co_return refused ? std::move(*refused) : pull_.list(request);
                });
    router_.add(Method::post, "/pulltransactions/v1/register",
                [this](const Request& request, const PathArguments&) -> Answer {
                    auto refused = refuse_bearer(request, product::pull);
                    co_return refused ? std::move(*refused) : pull_.register_shortcode(request);
                });
    const auto payout = [this](const Request& request, bool with_id) -> Answer {
        if (auto refused = refuse_bearer(request, product::b2c)) co_return std::move(*refused);
        co_return co_await payouts_.request(request, with_id);
    };
    router_.add(
        Method::post, "/mpesa/b2c/v1/paymentrequest",
        [payout](const Request& request, const PathArguments&) { return payout(request, false); });
    router_.add(
        Method::post, "/mpesa/b2c/v3/paymentrequest",
        [payout](const Request& request, const PathArguments&) { return payout(request, true); });
    router_.add(Method::post, "/mpesa/transactionstatus/v1/query",
                [this](const Request& request, const PathArguments&) -> Answer {
                    auto refused = refuse_bearer(request, product::transaction_status);
                    co_return refused ? std::move(*refused) : inquiries_.status(request);
                });
    router_.add(Method::post, "/mpesa/accountbalance/v1/query",
                [this](const Request& request, const PathArguments&) -> Answer {
                    auto refused = refuse_bearer(request, product::account_balance);
                    co_return refused ? std::move(*refused) : inquiries_.balance(request);
                });
    router_.add(Method::post, "/mpesa/reversal/v1/request",
                [this](const Request& request, const PathArguments&) -> Answer {
                    auto refused = refuse_bearer(request, product::reversal);
                    if (refused) co_return std::move(*refused);
                    co_return co_await reversals_.request(request);
                });
    for (const int version : {1, 2}) {
        const auto base = "/mpesa/c2b/v" + std::to_string(version);
        router_.add(Method::post, base + "/registerurl",
                    [this, version](const Request& request, const PathArguments&) -> Answer {
                        auto refused = refuse_bearer(request, product::c2b);
                        co_return refused ? std::move(*refused)
                                          : c2b_.register_urls(request, version);
                    });
        router_.add(Method::post, base + "/simulate",
                    [this](const Request& request, const PathArguments&) -> Answer {
                        auto refused = refuse_bearer(request, product::c2b);
                        co_return refused ? std::move(*refused) : c2b_.simulate(request);
                    });
    }
    router_.set_not_found([this](const Request&, const PathArguments&) -> Answer {
        co_return error(404, "404.001.01", "Resource not found");
    });
}

void Daraja::start() {
    for (auto* const prompt : replayed_) {
        if (prompt->open) await_payer(*prompt, clock_.now());
    }
    replayed_.clear();
    replayed_.shrink_to_fit();
    payouts_.start();
    agenda_.start();
}

Daraja::Answer Daraja::serve(const http::Request& request) {
    if (is_of_people(request.path)) {
        if (config_.local_only && http::is_from_foreign_page(request)) {
            co_return error(403, "403.001.01", "For pages and programs of this machine only");
        }
        co_return co_await router_.handle(request);
    }
    calls_.push_back({clock_.now(), request.method, request.path, request.body});
    if (calls_.size() > calls_kept) calls_.pop_front();
    auto response = co_await router_.handle(request);
    if (response.status != 405) co_return response;
    // The gateway's own words (daraja.md 1.2).
    if (request.method == http::Method::get) {
        co_return error(404, "404.001.04", "Invalid Authentication Header");
    }
    co_return error(405, "405.001", "Method Not Allowed");
}

}  // namespace lango::simulator
