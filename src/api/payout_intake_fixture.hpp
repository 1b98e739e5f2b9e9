// For tests: the doors for what the rail tells of payouts.
#pragma once
#include <boost/asio/co_spawn.hpp>

#include "api/api_fixture.hpp"
#include "api/slow_store_fixture.hpp"
#include "rails/daraja/payout_id.hpp"
#include "rails/payout_fixture.hpp"
#include "withdrawals/create.hpp"
#include "withdrawals/payout_float.hpp"
#include "withdrawals/record_sent.hpp"
#include "withdrawals/take.hpp"

namespace lango::api::test {

using rails::daraja::ResultAddress;
using withdrawals::State;

class PayoutIntake : public Endpoints {
  protected:
    PayoutIntake() {
        auto table = rates::page_sample();
        table.id = store_.write([&](store::Tx& tx) { return rates::save(tx, table); });
        rates_ = std::make_shared<const rates::Table>(table);
        door_.payouts = &payouts_;
        door_.settler = &settler_;
        store_.write([&](store::Tx& tx) {
            return ledger::book(
                tx, {.subject_id = ids_.next(start),
                     .outcome = ledger::Outcome::deposit_to_suspense,
                     .booked_at = start,
                     .postings = {{{.kind = ledger::AccountKind::rail, .owner = 600996},
                                   -Money::kes(9000)},
                                  {withdrawals::merchant_account(MerchantId{1}), Money::kes(9000)}},
                     .receipt = "CREDIT",
                     .amount = Money::kes(9000)});
        });
    }
    // Accepted by the rail, as AG_1.
    WithdrawalId sent() {
        const WithdrawalId id{ids_.next(start)};
        const auto context = settle_context();
        store_.write([&](store::Tx& tx) {
            EXPECT_TRUE(withdrawals::create(tx,
                                            {.id = id,
                                             .merchant = MerchantId{1},
                                             .withdrawal_id = {},
                                             .label = "user",
                                             .phone = *Msisdn::parse("254712345678"),
                                             .amount = Money::kes(1000),
                                             .fee = Money::zero(),
                                             .comment = {}},
                                            start));
            EXPECT_EQ(withdrawals::take_payouts(tx, payout_rail_, 9, {}, start).payouts.size(), 1U);
            static_cast<void>(withdrawals::record_sent(tx, id,
                                                       {.outcome = rails::Submitted::accepted,
                                                        .code = "0",
                                                        .message = {},
                                                        .conversation_id = "AG_1",
                                                        .raw = "{}"},
                                                       context, start));
        });
        return id;
    }
    withdrawals::SettleContext settle_context() {
        return {.merchants = &directory_,
                .rates = rates_,
                .fresh_id = ids_.next(start),
                .route = payout_rail_.goes,
                .timing = {},
                .postback_lease = 30s};
    }
    State state_of(WithdrawalId id) {
        return store_.write([&](store::Tx& tx) { return withdrawals::find(tx, id)->state; });
    }
    std::int64_t kept() { return store_.number("SELECT COUNT(*) FROM rail_messages"); }
    std::string path(std::string_view about, WithdrawalId id, const std::string& end = "/result") {
        return ResultAddress{.about = about, .subject = hex16(id.value())}.path(master_) + end;
    }
    // A success has the amount of all payouts here, unless it has parameters of its own.
    static std::string result(const std::string& code, const std::string& conversation = "AG_1",
                              const std::string& own_parameters = "") {
        const auto amounts = parameters(
            R"({"Key":"TransactionAmount","Value":1000.00},{"Key":"Amount","Value":1000.00})");
        const auto& parameters = own_parameters.empty() && code == "0" ? amounts : own_parameters;
        return R"({"Result":{"ResultType":0,"ResultCode":)" + code +
               R"(,"ResultDesc":"said","OriginatorConversationID":"","ConversationID":")" +
               conversation + R"(","TransactionID":"SG632NMUAB")" + parameters + "}}";
    }
    static std::string parameters(const std::string& items) {
        return R"(,"ResultParameters":{"ResultParameter":[)" + items + "]}";
    }
    std::shared_ptr<std::optional<http::Response>> begin(
        const std::string& to, const std::string& body,
        const std::string& peer = "196.201.214.200") {
        auto request = std::make_shared<http::Request>(Endpoints::post(to, "", body));
        request->peer = peer;
        auto answer = std::make_shared<std::optional<http::Response>>();
        asio::co_spawn(store_.context(), guarded_(*request),
                       [request, answer](const std::exception_ptr& error, http::Response response) {
                           if (error) std::rethrow_exception(error);
                           *answer = std::move(response);
                       });
        clock_.settle();
        return answer;
    }
    int status_of(const std::string& to, const std::string& body,
                  const std::string& peer = "196.201.214.200") {
        const auto answer = begin(to, body, peer);
        return *answer ? (*answer)->status : 0;
    }

    std::shared_ptr<const rates::Table> rates_;
    SlowStore slow_{store_.store()};
    rails::test::StillPayouts payout_rail_;
    std::vector<std::string> noticed_;
    withdrawals::Settler settler_{{.store = slow_,
                                   .clock = clock_,
                                   .ids = ids_,
                                   .merchants = directory_,
                                   .rates = [this] { return rates_; },
                                   .rail = payout_rail_,
                                   .hand_over = [](const postbacks::Message&) {},
                                   .noticed = {},
                                   .wake_worker = {}},
                                  {}};
    withdrawals::FloatWatch watch_{{.store = slow_,
                                    .rail = payout_rail_,
                                    .clock = clock_,
                                    .executor = store_.context().get_executor(),
                                    .noticed = {},
                                    .refused = {},
                                    .trouble = [](std::string_view) {}},
                                   5min};
    Payouts payouts_{
        .settler = settler_, .wake_worker = [] {}, .float_watch = &watch_, .shortcode = 600996};
    Context door_{
        .store = slow_,
        .clock = clock_,
        .ids = ids_,
        .master = master_,
        .merchants = directory_,
        .rail = rail_,
        .observer = observer_,
        .wake_worker = [] {},
        .public_url = "https://pay.example",
        .callback_addresses = {},
        .callback_noticed = [this](std::string_view what) { noticed_.emplace_back(what); },
        .creates = creates_};
    http::Router door_router_ = routes(door_);
    http::Service guarded_ = guarded(door_, door_router_);
};

}  // namespace lango::api::test
