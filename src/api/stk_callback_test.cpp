// The door for the rail's callbacks: who comes in, what is kept of it, when it is thanked.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>

#include "api/endpoints.hpp"
#include "api/slow_store_fixture.hpp"
#include "base/manual_clock.hpp"
#include "deposits/deposits_fixture.hpp"
#include "paybill/desk.hpp"
#include "rails/daraja/callback.hpp"
#include "rails/daraja/daraja_fixture.hpp"
#include "suspense/item.hpp"

namespace lango::api {
namespace {

using deposits::State;
using deposits::test::start;
using test::SlowStore;

class StkCallback : public deposits::test::Deposits {
  protected:
    std::string path(DepositId id) const {
        const auto order = hex16(id.value());
        return "/rail/stk/" + order + "/" + master_.token(rails::daraja::stk_token_purpose, order);
    }
    static std::string paid() {
        return R"({"Body":{"stkCallback":{"MerchantRequestID":"m-1","CheckoutRequestID":"ws_CO_1",)"
               R"("ResultCode":0,"ResultDesc":"ok","CallbackMetadata":{"Item":[)"
               R"({"Name":"Amount","Value":1000.00},)"
               R"({"Name":"MpesaReceiptNumber","Value":"UKN1234567"}]}}}})";
    }
    // The answer, or nothing while there is none.
    std::shared_ptr<std::optional<http::Response>> post(const std::string& to,
                                                        const std::string& body,
                                                        const std::string& peer = "196.201.214.200",
                                                        const std::string& forwarded_for = "") {
        auto request = std::make_shared<http::Request>();
        request->method = http::Method::post;
        request->path = to;
        request->body = body;
        request->peer = peer;
        if (!forwarded_for.empty()) request->headers.add("X-Forwarded-For", forwarded_for);
        auto answer = std::make_shared<std::optional<http::Response>>();
        asio::co_spawn(context_, service_(*request),
                       [request, answer](const std::exception_ptr& error, http::Response response) {
                           if (error) std::rethrow_exception(error);
                           *answer = std::move(response);
                       });
        clock_.settle();
        return answer;
    }
    int status_of(const std::string& to, const std::string& body,
                  const std::string& peer = "196.201.214.200",
                  const std::string& forwarded_for = "") {
        const auto answer = post(to, body, peer, forwarded_for);
        return *answer ? (*answer)->status : 0;
    }

    ManualClock clock_{context_, start};
    SlowStore slow_{*store_};
    rails::daraja::test::Safaricom safaricom_{clock_};
    rails::daraja::Daraja rail_{{.base_url = "https://rail.example",
                                 .callback_url = {},
                                 .shortcode = 174379,
                                 .till = {},
                                 .consumer_key = {},
                                 .consumer_secret = {},
                                 .passkey = {}},
                                safaricom_,
                                clock_,
                                master_};
    deposits::Observer observer_{{.store = slow_,
                                  .clock = clock_,
                                  .ids = ids_,
                                  .merchants = directory_,
                                  .rates = [this] { return rates_; },
                                  .shortcode = 174379,
                                  .hand_over = [](postbacks::Message) {},
                                  .noticed = {},
                                  .wake_worker = {}},
                                 {}};
    std::vector<std::string> noticed_;
    MerchantRate creates_{0};
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
    http::Router router_ = routes(door_);
    http::Service service_ = guarded(door_, router_);
    DepositId id_ = in(State::prompted);
};

TEST_F(StkCallback, IsThankedOnlyWhenWhatItSaidIsOnDisk) {
    slow_.slow = true;
    const auto answer = post(path(id_), paid());
    EXPECT_FALSE(*answer);
    slow_.catch_up();
    clock_.settle();
    ASSERT_TRUE(*answer);
    EXPECT_EQ((*answer)->status, 200);
    EXPECT_EQ((*answer)->body, R"({"ResultCode":0,"ResultDesc":"Accepted"})");
    EXPECT_EQ(state_of(id_), State::paid);
}

TEST_F(StkCallback, ThatCannotBeReadIsThankedOnlyWhenItIsOnDisk) {
    slow_.slow = true;
    const auto answer = post(path(id_), "<html>");
    EXPECT_FALSE(*answer);
    slow_.catch_up();
    clock_.settle();
    ASSERT_TRUE(*answer);
    EXPECT_EQ((*answer)->status, 200);
    EXPECT_EQ(kept(id_).at(0).body, "<html>");
}

TEST_F(StkCallback, IsNotThankedWhenNothingCanBeStored) {
    store_->stop();
    for (const auto* body : {"<html>", R"({"Body":{"stkCallback":{"ResultCode":1032}}})"}) {
        const auto answer = post(path(id_), body);
        ASSERT_TRUE(*answer);
        EXPECT_EQ((*answer)->status, 503);
        const auto& headers = (*answer)->headers;
        EXPECT_TRUE(std::ranges::find(headers, std::pair<std::string, std::string>{
                                                   "Retry-After", "1"}) != headers.end());
    }
}

TEST_F(StkCallback, IsKeptByteForByteWhateverItSays) {
    const std::vector<std::string> bodies{
        "",
        "<html>",
        std::string{"\x00\xff not even text", 16},
        R"({"Body":{"stkCallback":{"ResultCode":4999}}})",
        R"({ "Body" : {"stkCallback":{"ResultCode":7777, "New":[1, 2]}} })",
        R"({"Body":{"stkCallback":{"ResultCode":"0","CheckoutRequestID":"ws_CO_other"}}})",
        paid(),
    };
    for (const auto& body : bodies) EXPECT_EQ(status_of(path(id_), body), 200) << body;
    EXPECT_EQ(status_of(path(id_), paid()), 200);
    const auto messages = kept(id_);
    ASSERT_EQ(messages.size(), bodies.size()) << "the same again is thanked and not kept again";
    for (std::size_t n = 0; n < bodies.size(); ++n) EXPECT_EQ(messages[n].body, bodies[n]);
    EXPECT_EQ(state_of(id_), State::paid);
    EXPECT_EQ(credited(), Money::kes(1000));
}

TEST_F(StkCallback, ComesFromTheListedAddressesOnly) {
    door_.callback_addresses = {"196.201.214.200", "196.201.214.206"};
    for (const auto* stranger : {"196.201.214.201", "10.0.0.1", "", "196.201.214.20"}) {
        EXPECT_EQ(status_of(path(id_), paid(), stranger), 404) << stranger;
    }
    EXPECT_EQ(status_of(path(id_), paid(), "10.0.0.1", "196.201.214.200"), 404)
        << "what a caller writes of himself proves nothing";
    EXPECT_EQ(state_of(id_), State::prompted);
    EXPECT_TRUE(kept(id_).empty());
    EXPECT_EQ(noticed_, std::vector<std::string>(5, "foreign_address"));
    EXPECT_EQ(status_of(path(id_), paid(), "196.201.214.206"), 200);
    EXPECT_EQ(state_of(id_), State::paid);
}

TEST_F(StkCallback, ComesFromAnywhereWhenNoAddressIsListed) {
    EXPECT_EQ(status_of(path(id_), paid(), "10.0.0.1"), 200);
    EXPECT_EQ(state_of(id_), State::paid);
}

// Its row is gone: an older backup was put back. The path proves that the order was ours.
class CallbackOfALostOrder : public StkCallback {
  protected:
    CallbackOfALostOrder() {
        door_.desk = &desk_;
        door_.restored = [this](std::string) -> asio::awaitable<void> {
            ++restored_;
            co_return;
        };
    }
    static std::string paid_with(const std::string& items) {
        return R"({"Body":{"stkCallback":{"MerchantRequestID":"m-1","CheckoutRequestID":"ws_CO_1",)"
               R"("ResultCode":0,"ResultDesc":"ok","CallbackMetadata":{"Item":[)" +
               items + "]}}}}";
    }
    std::vector<unreadable::Kept> unread() {
        return write([](store::Tx& tx) { return unreadable::waiting(tx, 0, 9); });
    }

    std::size_t restored_ = 0;
    DepositId gone_{id_.value() - 1};
    paybill::Desk desk_{{.store = slow_,
                         .clock = clock_,
                         .merchants = directory_,
                         .observer = observer_,
                         .rules = {},
                         .wake_sweep = {}}};
};

TEST_F(CallbackOfALostOrder, IsMoneyInSuspense) {
    EXPECT_EQ(status_of(path(gone_), paid()), 200);
    EXPECT_EQ(in_suspense(), Money::kes(1000));
    const auto kept = write([](store::Tx& tx) { return suspense::find(tx, "UKN1234567"); });
    EXPECT_EQ(kept->reason, suspense::Reason::lost_order);
    EXPECT_EQ(restored_, 1U);
    EXPECT_TRUE(unread().empty());
}

TEST_F(CallbackOfALostOrder, ThatDoesNotSayWhatCameIsReadByAPerson) {
    const std::vector<std::string> bodies{
        paid_with(R"({"Name":"MpesaReceiptNumber","Value":"UKN1234567"})"),
        paid_with(R"({"Name":"Amount","Value":1000.00})"),
        paid_with(
            R"({"Name":"Amount","Value":1000.00},{"Name":"MpesaReceiptNumber","Value":"ABC"})"),
        R"({"Body":{"stkCallback":{"ResultCode":987654,"ResultDesc":"in no table"}}})",
        "<html>",
    };
    for (std::size_t n = 0; n < bodies.size(); ++n) {
        EXPECT_EQ(status_of(path(gone_), bodies[n]), 200);
        ASSERT_EQ(unread().size(), n + 1) << bodies[n];
        EXPECT_EQ(unread().back().door, unreadable::Door::callback);
        EXPECT_EQ(unread().back().subject, hex16(gone_.value()));
        EXPECT_EQ(restored_, n + 1) << "an older backup stands here: " << bodies[n];
    }
    EXPECT_EQ(in_suspense(), Money::zero());
}

TEST_F(CallbackOfALostOrder, ThatFailedIsNobodysMoney) {
    EXPECT_EQ(status_of(path(gone_), R"({"Body":{"stkCallback":{"ResultCode":1032}}})"), 200);
    EXPECT_TRUE(unread().empty());
    EXPECT_EQ(restored_, 1U);
}

TEST_F(CallbackOfALostOrder, IsNoneWhereTheOrderIsThere) {
    EXPECT_EQ(status_of(path(id_), "<html>"), 200);
    EXPECT_EQ(status_of(path(id_), paid_with(R"({"Name":"Amount","Value":1000.00})")), 200);
    EXPECT_EQ(restored_, 0U);
    EXPECT_EQ(unread().size(), 1U);
}

TEST_F(StkCallback, WithoutItsTokenIsNothing) {
    const auto other = in(State::prompted);
    const auto order = hex16(id_.value());
    const auto token = master_.token(rails::daraja::stk_token_purpose, order);
    auto upper = token;
    for (auto& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    const auto others = path(other).substr(path(other).rfind('/') + 1);
    for (const auto& wrong : {std::string(32, '0'), token.substr(1), token + "0", upper, others,
                              master_.token("b2c", order), std::string{"x"}}) {
        EXPECT_EQ(status_of("/rail/stk/" + order + "/" + wrong, paid()), 404) << wrong;
    }
    for (const auto& odd : {"0" + order, order.substr(1), std::string{"x"}}) {
        const auto forged = master_.token(rails::daraja::stk_token_purpose, odd);
        EXPECT_EQ(status_of("/rail/stk/" + odd + "/" + forged, paid()), 404) << odd;
    }
    EXPECT_EQ(state_of(id_), State::prompted);
    EXPECT_TRUE(kept(id_).empty());
    EXPECT_EQ(credited(), Money::zero());
}

}  // namespace
}  // namespace lango::api
