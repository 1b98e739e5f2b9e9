#include "postbacks/failed_event.hpp"

#include <gmock/gmock.h>

#include "postbacks/delivery_fixture.hpp"

namespace lango::postbacks::test {
namespace {

using testing::Each;
using testing::Field;

class FailedEvent : public Deliveries {
  protected:
    FailedEvent() {
        write([this](store::Tx& tx) {
            static_cast<void>(
                merchants::create(tx, master_, random_, clock_.now(), "shop", "", "test"));
            static_cast<void>(merchants::set(tx, clock_.now(), "shop", "failed-events", "on", "t"));
            return true;
        });
    }
    void fail(std::int64_t deposit, std::string_view status = "failed") {
        write([&](store::Tx& tx) {
            tell_failed(tx,
                        {.id = DepositId{deposit},
                         .merchant = MerchantId{1},
                         .label = "user",
                         .custom_transaction_id = "order",
                         .phone = *Msisdn::parse("254712345678"),
                         .amount = Money::kes(1000),
                         .status = status,
                         .result_code = "1032"},
                        clock_.now());
            return true;
        });
    }
    void let_pass(Duration time) {
        clock_.advance(time);
        clock_.settle();
    }
};

TEST_F(FailedEvent, IsSentAsStandardWebhooksHaveIt) {
    start();
    fail(7);
    let_pass(1min);
    ASSERT_EQ(shop().received.size(), 1U);
    EXPECT_EQ(shop().received[0].id, "msg_0000000000000007");
    EXPECT_EQ(shop().received[0].body,
              R"({"type":"payment.failed","timestamp":")" + format_rfc3339(page_created) +
                  R"(","data":{"order_id":"0000000000000007","custom_transaction_id":"order",)"
                  R"("label":"user","amount":1000,"currency":"KES",)"
                  R"("phone_number":"254712345678","status":"failed","result_code":"1032",)"
                  R"("final":false}})");
    EXPECT_EQ(told_of(7).state, State::delivered);
    // Once, whatever becomes of the deposit.
    fail(7, "expired");
    let_pass(24h);
    EXPECT_EQ(shop().received.size(), 1U);
}

TEST_F(FailedEvent, IsRetriedLikeAPostbackWithTheSameBytes) {
    start();
    shop().says = [] { return answer(500, "not now"); };
    fail(7);
    let_pass(1min);
    let_pass(1h);
    ASSERT_GE(shop().received.size(), 5U);
    EXPECT_THAT(shop().received, Each(Field(&Shop::Received::body, shop().received[0].body)));
    EXPECT_THAT(shop().received, Each(Field(&Shop::Received::id, "msg_0000000000000007")));
    EXPECT_EQ(told_of(7).attempts.size(), shop().received.size());
    for (int i = 0; i < 80; ++i) let_pass(1h);
    EXPECT_EQ(told_of(7).state, State::exhausted);
    EXPECT_EQ(write([](store::Tx& tx) { return backlog(tx); }).exhausted, 1);
    const auto given_up = write([](store::Tx& tx) { return exhausted(tx, 10); });
    ASSERT_EQ(given_up.size(), 1U);
    EXPECT_EQ(given_up[0].subject_id, 7);
    // And by hand.
    shop().says = ok;
    EXPECT_EQ(write([this](store::Tx& tx) { return resend(tx, 7, clock_.now()); }), MerchantId{1});
    let_pass(1min);
    EXPECT_EQ(told_of(7).state, State::delivered);
}

TEST_F(FailedEvent, StandsInNoPostbacksWay) {
    start();
    fail(7);
    post_back(7);
    let_pass(1min);
    ASSERT_EQ(shop().received.size(), 2U);
    EXPECT_THAT(shop().received[0].body, testing::HasSubstr("additional_data"));
    EXPECT_THAT(shop().received[1].body, testing::HasSubstr("payment.failed"));
    EXPECT_EQ(told_of(7).id, PostbackId{1007}) << "the page's postback is the one that counts";
}

TEST_F(FailedEvent, IsSentToNobodyWhoDidNotAskForIt) {
    start();
    write([this](store::Tx& tx) {
        static_cast<void>(merchants::set(tx, clock_.now(), "shop", "failed-events", "off", "t"));
        return true;
    });
    fail(7);
    let_pass(1h);
    EXPECT_TRUE(shop().received.empty());
}

}  // namespace
}  // namespace lango::postbacks::test
