// Our extension: GET /v2/withdrawal/{withdrawal_id} and GET /v2/balance, signed.
#include <gmock/gmock.h>

#include "api/withdrawal_fixture.hpp"

namespace lango::api {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr const char* not_signed =
    R"({"status":"fail","message":"Withdrawal signature is invalid"})";

class SignedRequests : public test::WithdrawalEndpoints {
  protected:
    std::string query() { return "access_key=access-1&timestamp=" + now_text(); }
};

TEST_F(SignedRequests, TellAWithdrawalsStory) {
    ASSERT_EQ(create(body()).status, 200);
    const auto answer = get_signed("/v2/withdrawal/85858053", query());
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body,
              R"({"status":"ok","data":{"withdrawal_id":"85858053","label":"160496026",)"
              R"("account_number":"254724653314","amount":1000,"fee":0,"currency_code":"KES",)"
              R"("comment":"withdrawal","is_test":false,"state":"queued","withdrawal_status":null,)"
              R"("receipt":null,"created_at":"2026-11-23T09:00:00.000000Z","closed_at":null,)"
              R"("events":[{"number":1,"at":"2026-11-23T09:00:00.000000Z","event":"created",)"
              R"("state":"queued","detail":""}]}})");
}

TEST_F(SignedRequests, TellTheBalance) {
    replace_shops(
        [](merchants::Merchant& one) { one.payout_fee_fixed = Money{50, Currency::kes()}; });
    ASSERT_EQ(create(body()).status, 200);
    EXPECT_EQ(
        get_signed("/v2/balance", query()).body,
        R"({"status":"ok","data":[{"currency_code":"KES","balance":100000,"held":1000.5,"available":98999.5}]})");
}

TEST_F(SignedRequests, SeeNothingOfAnotherMerchant) {
    ASSERT_EQ(create(body()).status, 200);
    EXPECT_EQ(
        get_signed("/v2/withdrawal/85858053", "access_key=access-2&timestamp=" + now_text()).status,
        404);
    EXPECT_EQ(get_signed("/v2/withdrawal/nothing", query()).status, 404);
    EXPECT_EQ(get_signed("/v2/balance", "timestamp=" + now_text()).status, 404);
}

TEST_F(SignedRequests, AreRefusedWithoutTheirSignature) {
    EXPECT_EQ(call(get("/v2/balance", query())).body, not_signed);
    const auto signature =
        request_signature(private_key, signed_text("/v2/balance", http::Query::parse(query())));
    EXPECT_THAT(call(get("/v2/balance", query() + "&signature=" + signature)).body,
                HasSubstr("\"ok\""));
    // Another path, another parameter.
    EXPECT_EQ(call(get("/v2/withdrawal/85858053", query() + "&signature=" + signature)).body,
              not_signed);
    EXPECT_EQ(call(get("/v2/balance", query() + "&x=1&signature=" + signature)).body, not_signed);
}

// An address that leaks is of no use for long.
TEST_F(SignedRequests, LiveFiveMinutes) {
    const auto then = query();
    clock_.advance(300s);
    EXPECT_THAT(get_signed("/v2/balance", then).body, HasSubstr("\"ok\""));
    clock_.advance(1s);
    EXPECT_EQ(
        get_signed("/v2/balance", then).body,
        R"({"status":"fail","message":{"timestamp":["The timestamp must be within 300 seconds of the gateway's clock."]}})");
    EXPECT_THAT(get_signed("/v2/balance", "access_key=access-1&timestamp=99999999999").body,
                HasSubstr("within 300 seconds"));
    EXPECT_EQ(get_signed("/v2/balance", "access_key=access-1").body,
              R"({"status":"fail","message":{"timestamp":["The timestamp field is required."]}})");
    EXPECT_EQ(get_signed("/v2/balance", "access_key=access-1&timestamp=now").body,
              R"({"status":"fail","message":{"timestamp":["The timestamp must be an integer."]}})");
}

}  // namespace
}  // namespace lango::api
