#include <gmock/gmock.h>

#include "api/api_fixture.hpp"
#include "base/json.hpp"

namespace lango::api {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr const char* path = "/api/v1/payment/create/mpesa";

class Creates : public test::Endpoints {};

TEST_F(Creates, WakeTheWorkerOnceEach) {
    EXPECT_THAT(create(11).body, HasSubstr("order_id"));
    EXPECT_EQ(wakes_, 1);
    EXPECT_THAT(create(11).body, HasSubstr("already been taken"));
    EXPECT_THAT(call(post(path, "secret=secret-1", "{}")).body, HasSubstr("required"));
    EXPECT_EQ(wakes_, 1);
}

TEST_F(Creates, AreTheMerchantsOwn) {
    EXPECT_THAT(create(11).body, HasSubstr("order_id"));
    auto request = post(path, "secret=secret-2", deposit(11));
    request.body.replace(request.body.find("2547123456"), 10, "2547999999");
    EXPECT_THAT(call(request).body, HasSubstr("order_id"));
    EXPECT_EQ(deposits(), 2);
}

TEST_F(Creates, AreOneOrderWhateverBlanksStandAroundItsId) {
    const auto named = [](const std::string& id) {
        auto body = deposit(11);
        body.replace(body.find("\"o11\""), 5, "\"" + id + "\"");
        return body;
    };
    const auto create_as = [&](const std::string& id) {
        return call(post(path, "secret=secret-1", named(id))).body;
    };
    EXPECT_THAT(create_as("w \\n"), HasSubstr("order_id"));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM deposits WHERE custom_transaction_id = 'w'"), 1);
    clock_.advance(1h);
    for (const auto* id : {"w", "w ", "\\tw", "\u00a0w\u200b"}) {
        EXPECT_THAT(create_as(id), HasSubstr("already been taken")) << id;
    }
    EXPECT_EQ(deposits(), 1);
}

// What an earlier version took under an id with blanks keeps it, and is not taken again.
TEST_F(Creates, TakeNoIdAgainThatWasTakenWithBlanks) {
    EXPECT_THAT(create(11).body, HasSubstr("order_id"));
    store_.write([](store::Tx& tx) {
        tx.run("UPDATE deposits SET custom_transaction_id = 'o11 '");
        tx.run("INSERT INTO untrimmed_ids SELECT 1, merchant_id, 'o11', id FROM deposits");
    });
    clock_.advance(1h);
    EXPECT_THAT(create(11).body, HasSubstr("already been taken"));
    EXPECT_THAT(create(12).body, HasSubstr("order_id"));
}

TEST_F(Creates, OfADisabledMerchantAreRefused) {
    EXPECT_EQ(create(11).status, 200);
    auto shop = merchant(1, "secret-1");
    shop.is_disabled = true;
    directory_.replace({shop, merchant(2, "secret-2")});
    const auto refused = create(12);
    EXPECT_EQ(refused.status, 200);
    EXPECT_EQ(refused.body,
              R"({"status":"fail","message":"This merchant is disabled: nothing new is taken. )"
              R"(This request was not processed."})");
    EXPECT_THAT(create(11).body, HasSubstr("already been taken")) << "it was processed";
    EXPECT_EQ(deposits(), 1);
    EXPECT_EQ(wakes_, 1);
    EXPECT_THAT(create(13, "secret-2").body, HasSubstr("order_id")) << "another merchant";
    directory_.replace({merchant(1, "secret-1")});
    EXPECT_THAT(create(12).body, HasSubstr("order_id"));
}

TEST_F(Creates, OfADisabledMerchantAreAnsweredAgainAsTheyWere) {
    auto request = post(path, "secret=secret-1", deposit(11));
    request.headers.add("Idempotency-Key", "k-1");
    const auto first = call(request).body;
    EXPECT_THAT(first, HasSubstr("order_id"));
    auto shop = merchant(1, "secret-1");
    shop.is_disabled = true;
    directory_.replace({shop});
    EXPECT_EQ(call(request).body, first);
}

TEST_F(Creates, AreLimitedForEachMerchantAlone) {
    creates_ = MerchantRate{2};
    EXPECT_EQ(create(11).status, 200);
    EXPECT_EQ(create(12).status, 200);
    const auto refused = create(13);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(header(refused, "Retry-After"), "1");
    EXPECT_EQ(deposits(), 2);
    EXPECT_EQ(create(14, "secret-2").status, 200);
    clock_.advance(500ms);
    EXPECT_EQ(create(13).status, 200);
    EXPECT_EQ(create(15).status, 429);
    clock_.advance(1h);  // no more than a second's worth is saved up
    EXPECT_EQ(create(16).status, 200);
    EXPECT_EQ(create(17).status, 200);
    EXPECT_EQ(create(18).status, 429);
}

TEST_F(Creates, ThatAreWrongAreNotCountedAgainstTheLimit) {
    creates_ = MerchantRate{1};
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(call(post(path, "secret=secret-1", "{}")).status, 200);
    }
    EXPECT_EQ(create(11).status, 200);
    EXPECT_EQ(create(12).status, 429);
}

TEST_F(Creates, StoreNothingWhileTheRailIsDown) {
    rail_.down = 12'300ms;
    const auto refused = create(11);
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(
        refused.body,
        R"({"status":"fail","message":"M-PESA takes no requests from this gateway at the moment. This request was not processed."})");
    EXPECT_EQ(header(refused, "Retry-After"), "13");
    EXPECT_EQ(deposits(), 0);
    rail_.down.reset();
    EXPECT_THAT(create(11).body, HasSubstr("order_id"));
}

TEST_F(Creates, AreAnsweredAsTheFirstTimeForAKeyThatWasRefused) {
    auto request = post(path, "secret=secret-1", R"({"amount":9})");
    request.headers.add("Idempotency-Key", "k1");
    const auto first = call(request);
    EXPECT_THAT(first.body, HasSubstr("at least 10"));
    EXPECT_EQ(call(request).body, first.body);
    // Another merchant's key of that name is another key.
    auto other = post(path, "secret=secret-2", deposit(11));
    other.headers.add("Idempotency-Key", "k1");
    EXPECT_THAT(call(other).body, HasSubstr("order_id"));
}

// The merchant whose answer was lost asks again: that the rail has gone down since is no reason to
// tell him that nothing happened.
TEST_F(Creates, AreAnsweredAsTheFirstTimeWhateverHasBecomeOfTheRail) {
    auto request = post(path, "secret=secret-1", deposit(11));
    request.headers.add("Idempotency-Key", "k1");
    const auto first = call(request);
    EXPECT_THAT(first.body, HasSubstr("order_id"));
    rail_.down = 5s;
    EXPECT_EQ(call(request).body, first.body);
    rail_.down.reset();
    creates_ = MerchantRate{1};
    EXPECT_EQ(create(12).status, 200);
    EXPECT_EQ(call(request).body, first.body);
    EXPECT_EQ(deposits(), 2);
}

TEST_F(Creates, ThatMetABusyPhoneMayBeSentAgainWithTheSameKey) {
    EXPECT_THAT(create(11).body, HasSubstr("order_id"));
    auto request = post(path, "secret=secret-1", deposit(11));
    request.body.replace(request.body.find("o11"), 3, "o12");
    request.headers.add("Idempotency-Key", "k1");
    EXPECT_THAT(call(request).body, HasSubstr("already open on this phone"));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM idempotency_keys"), 0);
}

// Somebody opened the shop's order by an unsigned link of the payment window.
TEST_F(Creates, ThatMetAPayersOpenPromptMayBeSentAgainWithTheSameKey) {
    EXPECT_THAT(create(11).body, HasSubstr("order_id"));
    store_.write([](store::Tx& tx) {
        tx.run(
            "INSERT INTO window_orders (id, merchant_id, custom_transaction_id, label, "
            "success_url, fail_url, pending_url, code, created_at) "
            "VALUES (1, 1, 'o11', 'user', '', '', '', 'AAAAA', 0)");
    });
    auto request = post(path, "secret=secret-1", deposit(12));
    request.body.replace(request.body.find("o12"), 3, "o11");
    request.headers.add("Idempotency-Key", "k1");
    EXPECT_THAT(call(request).body, HasSubstr("Try again in "));
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM idempotency_keys"), 0);
    store_.write([](store::Tx& tx) { tx.run("UPDATE deposits SET state = 7, due_at = NULL"); });
    const auto first = call(request);
    EXPECT_THAT(first.body, HasSubstr("order_id"));
    EXPECT_EQ(call(request).body, first.body);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM deposits WHERE custom_transaction_id = 'o11'"),
              1);
}

TEST_F(Creates, TellATakenIdBesideOtherFaults) {
    EXPECT_THAT(create(11).body, HasSubstr("order_id"));
    auto request = post(path, "secret=secret-1", deposit(11));
    request.body.replace(request.body.find("KES"), 3, "USD");
    EXPECT_EQ(call(request).body,
              R"({"status":"fail","message":{"currency":["The selected currency is invalid."],)"
              R"("custom_transaction_id":["The custom transaction id has already been taken."]}})");
}

// The rail tells once: merchants who ask for too much do not take its place.
TEST_F(Creates, LeaveRoomForTheRail) {
    context_.requests_in_flight_max = 0;
    EXPECT_EQ(create(11).status, 503);
    EXPECT_EQ(call(post("/rail/stk/0000000000000001/wrong", "", "{}")).status, 404);
}

TEST_F(Creates, RefuseAnUnusableKey) {
    for (const auto& key : {std::string{}, std::string(256, 'k'), std::string{"two words"},
                            std::string{"k\x7f"}, std::string{"clé"}}) {
        auto request = post(path, "secret=secret-1", deposit(11));
        request.headers.add("Idempotency-Key", key);
        const auto refused = call(request);
        EXPECT_EQ(refused.status, 400);
        EXPECT_EQ(
            refused.body,
            R"({"status":"fail","message":"The Idempotency-Key must have 1 to 255 printable characters."})")
            << key;
    }
    EXPECT_EQ(deposits(), 0);
}

TEST_F(Creates, SayThatNothingCanBeStored) {
    store_.store().stop();
    const auto refused = create(11);
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.body,
              R"({"status":"fail","message":"Nothing can be stored at the moment. Try again."})");
    EXPECT_EQ(header(refused, "Retry-After"), "1");
    EXPECT_EQ(wakes_, 0);
}

TEST_F(Creates, AreRefusedWhenTooMuchIsUnderWay) {
    context_.requests_in_flight_max = 0;
    const auto refused = create(11);
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(
        refused.body,
        R"({"status":"fail","message":"Too many requests at once. This request was not processed."})");
    EXPECT_EQ(header(refused, "Retry-After"), "1");
    context_.requests_in_flight_max = 1;
    EXPECT_EQ(create(11).status, 200);
    EXPECT_EQ(create(12).status, 200);
}

}  // namespace
}  // namespace lango::api
