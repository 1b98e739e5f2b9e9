#include <gtest/gtest.h>

#include "api/api_fixture.hpp"
#include "base/json.hpp"
#include "deposits/observe.hpp"
#include "rates/rates.hpp"
#include "refunds/create.hpp"

namespace lango::api {
namespace {

class Shown : public test::Endpoints {
  protected:
    Shown() { order_ = json::parse(create(11).body)->find("data")->text_at("order_id"); }
    http::Response show(const std::string& order, const std::string& secret = "secret-1") {
        return call(get("/api/v1/payment/" + order, "secret=" + secret));
    }
    std::string order_;
};

TEST_F(Shown, IsAPaymentWithItsStory) {
    const auto answer = show(order_);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(
        answer.body,
        R"({"status":"ok","data":{"order_id":")" + order_ +
            R"(","custom_transaction_id":"o11","label":"user","phone_number":"254712345611","amount":1000,"currency":"KES","state":"created","receipt":null,"late":false,"created_at":"2026-11-23T09:00:00.000000Z","closed_at":null,"refunded":0,"refunds":[],"events":[{"number":1,"at":"2026-11-23T09:00:00.000000Z","event":"created","state":"created","detail":""}]}})");
}

TEST_F(Shown, HasItsRefunds) {
    const DepositId id{*parse_hex16(order_)};
    auto table = rates::page_sample();
    store_.write([&](store::Tx& tx) {
        table.id = rates::save(tx, table);
        EXPECT_EQ(deposits::observe(tx, id,
                                    {.source = rails::Source::pull,
                                     .fate = rails::Fate::paid,
                                     .code = "0",
                                     .description = {},
                                     .checkout_request_id = {},
                                     .merchant_request_id = {},
                                     .receipt = "UKN1234567",
                                     .amount = Money::kes(1000),
                                     .raw = {}},
                                    {.merchants = &directory_,
                                     .rates = std::make_shared<const rates::Table>(table),
                                     .fresh_id = 99,
                                     .shortcode = 174379,
                                     .timing = {},
                                     .postback_lease = std::chrono::seconds{30},
                                     .confirm_above = {}},
                                    test::start)
                      .what,
                  deposits::Observed::paid);
        EXPECT_TRUE(refunds::create(tx,
                                    {.id = WithdrawalId{0x77},
                                     .deposit = id,
                                     .receipt = "UKN1234567",
                                     .amount = Money::kes(300),
                                     .method = std::nullopt,
                                     .phone = std::nullopt,
                                     .reason = "not delivered",
                                     .who = "a person"},
                                    directory_, test::start));
    });
    const auto body = show(order_).body;
    EXPECT_NE(
        body.find(
            R"("refunded":0,"refunds":[{"refund_id":"0000000000000077","receipt":"UKN1234567","amount":300,"method":"payout","state":"queued","gone":0,"created_at":"2026-11-23T09:00:00.000000Z","closed_at":null}])"),
        std::string::npos)
        << body;
    EXPECT_NE(body.find(R"("event":"refund","state":"paid","detail":"0000000000000077: )"
                        R"(KES 300 by payout")"),
              std::string::npos)
        << body;
}

TEST_F(Shown, IsOnlyWhatIsTheMerchantsOwn) {
    EXPECT_EQ(show(order_, "secret-2").status, 404);
    EXPECT_EQ(show(order_, "wrong").status, 404);
    EXPECT_EQ(show(order_, "wrong").body, show(order_, "secret-2").body);
}

TEST_F(Shown, IsNothingThatIsNoOrder) {
    for (const std::string order : {"0123456789abcdef", "x", "0", "0123456789ABCDEF"}) {
        EXPECT_EQ(show(order).status, 404) << order;
    }
    EXPECT_EQ(show(order_ + "0").status, 404);
    EXPECT_EQ(show("ffffffffffffffff").status, 404);
}

}  // namespace
}  // namespace lango::api
