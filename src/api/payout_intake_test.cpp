// The doors for what the rail tells of payouts: who comes in, what is kept, when it is thanked.
#include <boost/asio/co_spawn.hpp>

#include "api/api_fixture.hpp"
#include "api/slow_store_fixture.hpp"
#include "rails/daraja/payout_id.hpp"
#include "rails/payout_fixture.hpp"
#include "withdrawals/create.hpp"
#include "withdrawals/halt.hpp"
#include "withdrawals/payout_float.hpp"
#include "withdrawals/record_sent.hpp"
#include "withdrawals/take.hpp"

namespace lango::api::test {
namespace {

using rails::daraja::ResultAddress;
using withdrawals::State;

class PayoutIntake : public Endpoints {
  protected:
    PayoutIntake() {
        auto table = rates::page_sample();
        table.id = store_.write([&](store::Tx& tx) { return rates::save(tx, table); });
        rates_ = std::make_shared<const rates::Table>(table);
        door_.payouts = &payouts_;
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
    static std::string result(const std::string& code, const std::string& conversation = "AG_1",
                              const std::string& parameters = "") {
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

TEST_F(PayoutIntake, ThanksForAResultOnlyWhenItIsOnDisk) {
    const auto id = sent();
    slow_.slow = true;
    const auto answer = begin(path("b2c", id), result("0"));
    EXPECT_FALSE(*answer);
    slow_.catch_up();
    clock_.settle();
    ASSERT_TRUE(*answer);
    EXPECT_EQ((*answer)->status, 200);
    EXPECT_EQ((*answer)->body, R"({"ResultCode":0,"ResultDesc":"Accepted"})");
    EXPECT_EQ(state_of(id), State::paid);
    EXPECT_EQ(noticed_, std::vector<std::string>{"paid"});
}

TEST_F(PayoutIntake, DoesNotThankWhenNothingCanBeStored) {
    const auto id = sent();
    store_.store().stop();
    for (const auto& body : {result("0"), std::string{"<html>"}}) {
        EXPECT_EQ(status_of(path("b2c", id), body), 503);
        EXPECT_EQ(status_of(path("b2c", id, "/timeout"), body), 503);
    }
}

TEST_F(PayoutIntake, KeepsWhatItCannotReadByteForByte) {
    const auto id = sent();
    const std::string odd{"\x00\xff<html>", 8};
    EXPECT_EQ(status_of(path("b2c", id), odd), 200);
    EXPECT_EQ(status_of(path("b2c-status", id), odd), 200);
    EXPECT_EQ(noticed_, (std::vector<std::string>{"unreadable", "unreadable"}));
    EXPECT_EQ(
        store_.number(
            "SELECT COUNT(*) FROM rail_messages WHERE CAST(body AS BLOB) = X'00FF3C68746D6C3E'"),
        2);
    EXPECT_EQ(state_of(id), State::sent);
}

TEST_F(PayoutIntake, LetsInTheListedAddressesOnly) {
    const auto id = sent();
    door_.callback_addresses = {"196.201.214.200"};
    for (const auto& to : {path("b2c", id), path("b2c", id, "/timeout"), path("b2c-status", id),
                           path("b2c-status", id, "/timeout")}) {
        EXPECT_EQ(status_of(to, result("0"), "10.0.0.1"), 404) << to;
    }
    EXPECT_EQ(noticed_, std::vector<std::string>(4, "foreign_address"));
    EXPECT_EQ(state_of(id), State::sent);
    EXPECT_EQ(status_of(path("b2c", id), result("0")), 200);
}

TEST_F(PayoutIntake, LetsInNobodyWithoutTheTokenOfThatPayoutAndThatAddress) {
    const auto id = sent();
    const auto other = sent();
    const auto subject = hex16(id.value());
    const auto strange = hex16(other.value());
    for (const auto& token :
         {std::string(32, '0'), std::string{"x"}, master_.token("b2c", strange),
          master_.token("b2c-status", subject), master_.token("stk", subject)}) {
        EXPECT_EQ(status_of("/rail/b2c/" + subject + "/" + token + "/result", result("0")), 404);
        EXPECT_EQ(status_of("/rail/b2c/" + subject + "/" + token + "/timeout", result("0")), 404);
    }
    EXPECT_EQ(
        status_of("/rail/b2c-status/" + subject + "/" + master_.token("b2c", subject) + "/result",
                  result("0")),
        404);
    EXPECT_EQ(kept(), 0);
    EXPECT_EQ(state_of(id), State::sent);
}

TEST_F(PayoutIntake, KeepsAResultOfAnotherPayoutAndDoesNotBelieveIt) {
    const auto id = sent();
    EXPECT_EQ(status_of(path("b2c", id), result("0", "AG_other")), 200);
    EXPECT_EQ(noticed_, std::vector<std::string>{"other_payout"});
    EXPECT_EQ(state_of(id), State::sent);
    EXPECT_EQ(kept(), 1);
}

// daraja.md 7.2, 12.
TEST_F(PayoutIntake, TakesAQueueTimeoutForNoFailure) {
    const auto id = sent();
    EXPECT_EQ(status_of(path("b2c", id, "/timeout"), result("26")), 200);
    EXPECT_EQ(state_of(id), State::unknown);
    EXPECT_EQ(status_of(path("b2c", id, "/timeout"), "nobody documented this"), 200);
    EXPECT_EQ(state_of(id), State::unknown);
    EXPECT_EQ(status_of(path("b2c", id), result("0")), 200);
    EXPECT_EQ(state_of(id), State::paid);
}

TEST_F(PayoutIntake, SettlesByTheStatusOfThePayment) {
    const auto id = sent();
    const auto status = parameters(R"({"Key":"TransactionStatus","Value":"Declined"})");
    EXPECT_EQ(status_of(path("b2c-status", id, "/timeout"), ""), 200);
    EXPECT_EQ(state_of(id), State::sent);
    EXPECT_EQ(status_of(path("b2c-status", id), result("0", "AG_question", status)), 200);
    EXPECT_EQ(state_of(id), State::failed);
    EXPECT_EQ(noticed_, (std::vector<std::string>{"question_timed_out", "failed"}));
}

TEST_F(PayoutIntake, HaltsPayoutsForAWrongCredential) {
    EXPECT_EQ(status_of(path("b2c", sent()), result("2001")), 200);
    const auto halted = store_.write([](store::Tx& tx) { return withdrawals::open_halt(tx); });
    ASSERT_TRUE(halted);
    EXPECT_EQ(halted->what, rails::Halts::everything);
    EXPECT_EQ(halted->code, "2001");
}

TEST_F(PayoutIntake, StoresTheFloat) {
    const auto to = ResultAddress{.about = "balance", .subject = "600996"}.path(master_);
    const auto accounts = parameters(
        R"({"Key":"AccountBalance","Value":"Utility Account|KES|228037.00|228037.00|0.00|0.00"})");
    EXPECT_EQ(status_of(to + "/timeout", ""), 200);
    EXPECT_EQ(status_of(to + "/result", result("0", "AG_2", accounts), "10.0.0.1"), 200);
    EXPECT_EQ(status_of(to + "/result", result("26")), 200);
    EXPECT_EQ(status_of(to + "/result", "<html>"), 200);
    const auto stored =
        store_.write([](store::Tx& tx) { return withdrawals::latest_float(tx, 600996); });
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->reading.utility, Money::kes(228'037));
    const auto other = ResultAddress{.about = "balance", .subject = "174379"}.path(master_);
    EXPECT_EQ(status_of(other + "/result", result("0", "AG_2", accounts)), 404);
    EXPECT_EQ(noticed_, (std::vector<std::string>{"question_timed_out", "float", "unreadable",
                                                  "unreadable"}));
}

TEST_F(PayoutIntake, IsNotThereWithoutPayouts) {
    const auto id = sent();
    door_.payouts = nullptr;
    EXPECT_EQ(status_of(path("b2c", id), result("0")), 404);
    EXPECT_EQ(state_of(id), State::sent);
}

}  // namespace
}  // namespace lango::api::test
