#include <gmock/gmock.h>

#include "api/withdrawal_fixture.hpp"
#include "withdrawals/withdrawal.hpp"

namespace lango::api {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr const char* accepted = R"({"status":"ok"})";
constexpr const char* not_signed =
    R"({"status":"fail","message":"Withdrawal signature is invalid"})";
constexpr const char* insufficient =
    R"({"status":"fail","message":{"withdrawals_sum_amount":["Insufficient balance"]}})";

class CreateWithdrawal : public test::WithdrawalEndpoints {
  protected:
    withdrawals::Withdrawal row(const std::string& withdrawal_id = "85858053") {
        return *store_.write(
            [&](store::Tx& tx) { return withdrawals::find(tx, MerchantId{1}, withdrawal_id); });
    }
};

TEST_F(CreateWithdrawal, AnswersExactlyOkAndHoldsTheMoney) {
    replace_shops([](merchants::Merchant& one) { one.payout_fee_fixed = Money::kes(33); });
    const auto answer = create(body());
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, accepted);
    EXPECT_EQ(payout_wakes_, 1);
    const auto made = row();
    EXPECT_EQ(made.state, withdrawals::State::queued);
    EXPECT_EQ(made.kind, withdrawals::Kind::api);
    EXPECT_EQ(made.amount, Money::kes(1000));
    EXPECT_EQ(made.fee, Money::kes(33));
    EXPECT_EQ(made.label, "160496026");
    EXPECT_EQ(made.comment, "withdrawal");
    EXPECT_EQ(made.phone.raw(), "254724653314");
    EXPECT_EQ(store_.number("SELECT held FROM accounts WHERE kind = 2 AND owner = 1"), 103'300);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(CreateWithdrawal, OfADisabledMerchantIsRefused) {
    EXPECT_EQ(create(body()).body, accepted);
    replace_shops([](merchants::Merchant& one) { one.is_disabled = true; });
    EXPECT_EQ(create(body({{"withdrawal_id", R"("next")"}})).body,
              R"({"status":"fail","message":"This merchant is disabled: nothing new is taken. )"
              R"(This request was not processed."})");
    EXPECT_THAT(create(body()).body, HasSubstr("already been taken")) << "it was processed";
    EXPECT_EQ(create(body({{"is_test", "true"}, {"withdrawal_id", R"("test")"}})).status, 200);
    EXPECT_EQ(withdrawals(), 1);
    EXPECT_EQ(payout_wakes_, 1);
    // He sees what he has all the same.
    EXPECT_THAT(get_signed("/v2/balance", "access_key=access-1&timestamp=" + now_text()).body,
                HasSubstr("\"ok\""));
    // Who cannot sign learns nothing.
    EXPECT_EQ(create(R"({"amount":1})").body, not_signed);
}

// The page's own sample with the vector's key (merchant-api 5.4).
TEST_F(CreateWithdrawal, TakesThePagesSample) {
    const auto answer = create(
        R"({"withdrawal_id":"85858053","payment_system":"mpesa","amount":1000,"currency_code":"KES",)"
        R"("label":"160496026","comment":"withdrawal","account_number":"254724653314","is_test":true,)"
        R"("signature":"80acf11e15959fc4636de79e8214c9c0141af14a"})");
    EXPECT_EQ(answer.body, accepted);
    EXPECT_EQ(row().kind, withdrawals::Kind::test);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM holds"), 0);
}

TEST_F(CreateWithdrawal, MakesAnIdForWhoeverSendsNone) {
    for (const auto* none : {"", "null", R"("")", R"("  ")"}) {
        EXPECT_EQ(create(body({{"withdrawal_id", none}})).body, accepted) << none;
    }
    EXPECT_EQ(withdrawals(), 4);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM withdrawals WHERE length(withdrawal_id) = 16"),
              4);
}

TEST_F(CreateWithdrawal, NeedsNoCommentAndSignsWhatNobodyKnows) {
    EXPECT_EQ(create(body({{"withdrawal_id", R"("w1")"}, {"comment", ""}})).body, accepted);
    EXPECT_EQ(create(body({{"withdrawal_id", R"("w2")"},
                           {"bank_details", R"({"bank_code":"B1","branch_code":null})"},
                           {"zeal", "[1.50,true,{}]"}}))
                  .body,
              accepted);
    auto unsigned_extra = body({{"withdrawal_id", R"("w3")"}});
    unsigned_extra.insert(1, R"("extra":"x",)");
    EXPECT_EQ(create(unsigned_extra).body, not_signed);
    EXPECT_EQ(withdrawals(), 2);
}

TEST_F(CreateWithdrawal, FindsTheMerchantByHostThenKeyThenAlone) {
    const auto at = [&](const std::string& host, const std::string& query, const char* id) {
        auto request = post(path, query, body({{"withdrawal_id", id}}));
        request.host = host;
        return call(request);
    };
    replace_shops([](merchants::Merchant& one) { one.domain = "pay.example"; });
    EXPECT_EQ(at("api.pay.example", "", R"("a")").body, accepted);
    EXPECT_EQ(at("api.shop-1.localhost", "access_key=nobody", R"("b")").body, accepted);
    EXPECT_EQ(at("gateway", "access_key=access-1", R"("c")").body, accepted);
    EXPECT_EQ(at("api.foreign.example", "access_key=access-1", R"("d")").body, accepted);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM withdrawals WHERE merchant_id = 1"), 4);
    EXPECT_EQ(at("gateway", "", R"("e")").status, 404);
    EXPECT_EQ(at("gateway", "access_key=nobody", R"("e")").status, 404);
    EXPECT_EQ(at("shop-1.localhost", "", R"("e")").body,
              R"({"status":"fail","message":"Not found"})");
    directory_.replace({shop(1)});
    EXPECT_EQ(at("gateway", "", R"("e")").body, accepted);
    EXPECT_EQ(at("gateway", "access_key=nobody", R"("f")").status, 404);
}

TEST_F(CreateWithdrawal, IsNotThereForAForeignAddress) {
    replace_shops([](merchants::Merchant& one) { one.ip_allow_list = {"203.0.113.9"}; });
    EXPECT_EQ(create(body()).status, 404);
    replace_shops([](merchants::Merchant& one) { one.ip_allow_list = {"203.0.113.7"}; });
    EXPECT_EQ(create(body()).body, accepted);
}

// Whoever cannot sign learns nothing of what is wrong with the fields.
TEST_F(CreateWithdrawal, ChecksTheSignatureBeforeTheFields) {
    EXPECT_EQ(create("{}").body, not_signed);
    EXPECT_EQ(create(R"({"amount":"x","signature":"y"})").body, not_signed);
    EXPECT_THAT(create(signed_body("{}")).body, HasSubstr("required"));
}

TEST_F(CreateWithdrawal, NeverPaysAnIdTwice) {
    EXPECT_EQ(create(body()).body, accepted);
    const auto twice = create(body({{"amount", "10"}}));
    EXPECT_EQ(twice.status, 200);
    EXPECT_EQ(
        twice.body,
        R"({"status":"fail","message":{"withdrawal_id":["The withdrawal id has already been taken."]}})");
    EXPECT_EQ(create(body({{"is_test", "true"}})).body, twice.body);
    EXPECT_EQ(withdrawals(), 1);
    EXPECT_EQ(payout_wakes_, 1);
    // Another merchant's ids are his own.
    credit(2, 1000);
    EXPECT_EQ(create(body(), "access_key=access-2").body, accepted);
}

constexpr const char* taken =
    R"({"status":"fail","message":{"withdrawal_id":["The withdrawal id has already been taken."]}})";

// The signature covers values and no names: whoever has seen a request could rename its fields.
TEST_F(CreateWithdrawal, TakesASignatureWithAnIdOnceWhateverItsFieldsAreCalled) {
    const auto seen = body();
    EXPECT_EQ(create(seen).body, accepted);
    auto renamed = seen;
    renamed.replace(renamed.find("withdrawal_id"), 13, "x");
    EXPECT_EQ(create(renamed).body, taken);
    auto split = body({{"withdrawal_id", ""}, {"x", R"("85858053")"}});
    EXPECT_EQ(create(split).body, taken);
    EXPECT_EQ(withdrawals(), 1);
    // Another merchant with the same key is another merchant.
    credit(2, 1000);
    EXPECT_EQ(create(renamed, "access_key=access-2").body, accepted);
}

// Refused for money, it was not taken: the same request may come again.
TEST_F(CreateWithdrawal, TakesARefusedRequestAgainWhenThereIsMoney) {
    const auto sent = body({{"amount", "100001"}});
    EXPECT_EQ(create(sent).body, insufficient);
    credit(1, 1);
    EXPECT_EQ(create(sent).body, accepted);
}

TEST_F(CreateWithdrawal, WithoutAnIdMayComeAgainButOnlyUnderTheSameNames) {
    const auto sent = body({{"withdrawal_id", ""}});
    EXPECT_EQ(create(sent).body, accepted);
    EXPECT_EQ(create(sent).body, accepted);
    auto renamed = sent;
    renamed.replace(renamed.find("comment"), 7, "bonus");
    EXPECT_EQ(create(renamed).body, taken);
    EXPECT_EQ(
        create(body({{"withdrawal_id", ""}, {"comment", ""}, {"bonus", R"("withdrawal")"}})).body,
        taken);
    EXPECT_EQ(create(sent).body, accepted);
    EXPECT_EQ(withdrawals(), 3);
}

TEST_F(CreateWithdrawal, LetsNoFieldOfAnotherNameMoveTheAmount) {
    const auto honest = body({{"comment", R"("50000")"}});
    auto moved = body({{"amo", R"("1000")"}, {"amount", "50000"}, {"comment", ""}});
    const auto signature = [](const std::string& sent) {
        return json::parse(sent)->text_at("signature");
    };
    ASSERT_EQ(signature(moved), signature(honest));
    EXPECT_EQ(create(moved).body, not_signed);
    EXPECT_EQ(withdrawals(), 0);
    EXPECT_EQ(create(honest).body, accepted);
    // What stands before the recipient and is no recipient moves nothing.
    EXPECT_EQ(create(body({{"withdrawal_id", R"("w2")"}, {"account_name", R"("A. Moraa")"}})).body,
              accepted);
}

// The inputs of an audit: a label that an end user chose held the rest of another request.
TEST_F(CreateWithdrawal, LetsNoFieldInFrontMoveRecipientAndAmount) {
    const auto honest = body({{"account_name", R"("Jane")"},
                              {"label", R"("254700000001:50000:x:KES:0:l")"},
                              {"withdrawal_id", R"("F2")"}});
    const auto moved = body({{"account_aaa", R"("Jane:254724653314:1000:withdrawal:KES:")"},
                             {"account_number", R"("254700000001")"},
                             {"amount", "50000"},
                             {"comment", R"("x")"},
                             {"is_test", R"("0")"},
                             {"label", R"("l")"},
                             {"withdrawal_id", R"("F2")"}});
    ASSERT_EQ(json::parse(moved)->text_at("signature"), json::parse(honest)->text_at("signature"));
    EXPECT_EQ(create(moved).body, not_signed);
    EXPECT_EQ(create(honest).body, not_signed);
    EXPECT_EQ(create(body({{"is_aaa", R"("1")"}, {"label", R"("lab")"}})).body, not_signed);
    EXPECT_EQ(withdrawals(), 0);
    EXPECT_EQ(create(body({{"comment", R"("order: 5")"}, {"zone", R"("Nairobi")"}})).body,
              accepted);
}

TEST_F(CreateWithdrawal, TakesAnAmountThatIsATextOfDigits) {
    EXPECT_EQ(create(body({{"amount", R"("1000")"}})).body, accepted);
    EXPECT_EQ(create(body({{"amount", R"("1000.00")"}, {"withdrawal_id", R"("w2")"}})).body,
              accepted);
    EXPECT_EQ(store_.number("SELECT COUNT(*) FROM withdrawals WHERE amount = 100000"), 2);
    // The signature is over what was sent.
    auto other = body({{"amount", R"("1000.00")"}, {"withdrawal_id", R"("w3")"}});
    other.replace(other.find("1000.00"), 7, "1000");
    EXPECT_EQ(create(other).body, not_signed);
    EXPECT_EQ(create(body({{"amount", R"("1e3")"}, {"withdrawal_id", R"("w3")"}})).body,
              R"({"status":"fail","message":{"amount":["The amount must be an integer."]}})");
}

TEST_F(CreateWithdrawal, IsOneWhateverBlanksStandAroundItsId) {
    EXPECT_EQ(create(body({{"withdrawal_id", R"("w ")"}, {"label", R"("\tu\u00a0")"}})).body,
              accepted);
    EXPECT_EQ(row("w").withdrawal_id, "w");
    EXPECT_EQ(row("w").label, "u");
    for (const auto* id : {R"("w")", R"("w ")", R"(" w")", R"("w\u200b")", R"("\ufeffw\n")"}) {
        EXPECT_EQ(create(body({{"withdrawal_id", id}})).body, taken) << id;
    }
    // Not even where another field is wrong.
    EXPECT_EQ(create(body({{"withdrawal_id", R"(" w ")"}, {"amount", "1"}})).body,
              R"({"status":"fail","message":{"withdrawal_id":["The withdrawal id has already )"
              R"(been taken."],"amount":["The amount must be at least 10."]}})");
    EXPECT_EQ(withdrawals(), 1);
}

// What an earlier version took under an id with blanks keeps it, is found, and is not taken again.
TEST_F(CreateWithdrawal, TakesNoIdAgainThatWasTakenWithBlanks) {
    EXPECT_EQ(create(body({{"withdrawal_id", R"("old")"}})).body, accepted);
    store_.write([](store::Tx& tx) {
        tx.run("UPDATE withdrawals SET withdrawal_id = 'old '");
        tx.run("INSERT INTO untrimmed_ids SELECT 2, merchant_id, 'old', id FROM withdrawals");
    });
    EXPECT_EQ(create(body({{"withdrawal_id", R"("old ")"}})).body, taken);
    EXPECT_EQ(create(body({{"withdrawal_id", R"("old")"}, {"comment", ""}})).body, taken);
    EXPECT_EQ(withdrawals(), 1);
    for (const auto* id : {"old", "old%20", "old%20%20"}) {
        const auto found = get_signed(std::string{"/v2/withdrawal/"} + id,
                                      "access_key=access-1&timestamp=" + now_text());
        EXPECT_NE(found.body.find(R"("withdrawal_id":"old ")"), std::string::npos) << found.body;
    }
}

TEST_F(CreateWithdrawal, TakesAFormerKeyUntilItEnds) {
    replace_shops([](merchants::Merchant& one) {
        one.private_key = Secret{"a new key"};
        one.access_key = "access-new";
        one.former_keys = {{.until = test::start + 1h,
                            .secret_hash = {},
                            .access_key = "access-1",
                            .private_access_key = {},
                            .private_key = Secret{private_key},
                            .webhook_secret = {}}};
    });
    EXPECT_EQ(create(body({{"withdrawal_id", R"("w1")"}})).body, accepted);
    EXPECT_EQ(create(body({{"withdrawal_id", R"("w2")"}}), "access_key=access-new").body, accepted);
    EXPECT_EQ(directory_.uses().take(), (std::map<std::string, Instant>{{"access-1", test::start}}))
        << "which of the two it was, is kept";
    clock_.advance(1h);
    EXPECT_EQ(create(body({{"withdrawal_id", R"("w3")"}})).body, not_signed);
    // Of a merchant whose API secret alone was changed there is no former private key.
    replace_shops([](merchants::Merchant& one) {
        one.private_key = Secret{"a new key"};
        one.former_keys = {{.until = test::start + 9h,
                            .secret_hash = "hash",
                            .access_key = {},
                            .private_access_key = {},
                            .private_key = {},
                            .webhook_secret = {}}};
    });
    auto forged = body({{"withdrawal_id", R"("w4")"}});
    const auto text = signed_text(*json::parse(forged));
    forged.replace(forged.rfind(":\"") + 2, 40, request_signature("", text));
    EXPECT_EQ(create(forged).body, not_signed);
}

TEST_F(CreateWithdrawal, IsRefusedWithoutAnIdWhereTheMerchantDemandsOne) {
    replace_shops([](merchants::Merchant& one) { one.needs_withdrawal_id = true; });
    for (const auto* none : {"", "null", R"("")", R"(" ")"}) {
        EXPECT_EQ(create(body({{"withdrawal_id", none}})).body,
                  R"({"status":"fail","message":{"withdrawal_id":["The withdrawal id field is )"
                  R"(required."]}})")
            << none;
    }
    EXPECT_EQ(create(body()).body, accepted);
    EXPECT_EQ(withdrawals(), 1);
}

TEST_F(CreateWithdrawal, TellsOfCallersThatAreRefused) {
    std::vector<std::string> told;
    context_.caller_refused = [&](const RefusedCaller& caller) {
        told.push_back(std::string{caller.kind} + " " + std::string{caller.merchant} + " " +
                       std::string{caller.peer});
    };
    auto forged = body();
    forged.replace(forged.find("1000"), 4, "9000");
    static_cast<void>(create(forged));
    static_cast<void>(create(R"({"amount":1})"));
    static_cast<void>(
        call(get("/v2/balance", "access_key=access-1&timestamp=" + now_text() + "&signature=x")));
    static_cast<void>(call(post("/api/v1/payment/create/mpesa", "secret=guess", "{}")));
    static_cast<void>(call(post("/rail/stk/e5c0637c10d326f7/0123456789abcdef", "", "{}")));
    replace_shops([](merchants::Merchant& one) { one.ip_allow_list = {"203.0.113.1"}; });
    static_cast<void>(create(body()));
    EXPECT_THAT(told,
                testing::ElementsAre("withdrawal_signature shop-1 203.0.113.7",
                                     "withdrawal_signature shop-1 203.0.113.7",
                                     "signed_read shop-1 203.0.113.7", "secret  203.0.113.7",
                                     "callback_token  203.0.113.7", "address shop-1 203.0.113.7"));
    // And of nobody who is who he says.
    told.clear();
    replace_shops([](merchants::Merchant&) {});
    EXPECT_EQ(create(body()).body, accepted);
    EXPECT_EQ(create(body({{"amount", "1"}, {"withdrawal_id", R"("w2")"}})).status, 200);
    EXPECT_TRUE(told.empty());
}

TEST_F(CreateWithdrawal, RefusesMoreThanIsFree) {
    EXPECT_EQ(create(body({{"amount", "60000"}})).body, accepted);
    EXPECT_EQ(create(body({{"withdrawal_id", R"("w2")"}, {"amount", "40001"}})).body, insufficient);
    EXPECT_EQ(create(body({{"withdrawal_id", R"("w2")"}, {"amount", "40000"}})).body, accepted);
    EXPECT_EQ(create(body({{"withdrawal_id", R"("w3")"}, {"amount", "10"}})).body, insufficient);
    EXPECT_EQ(
        create(body({{"withdrawal_id", R"("w4")"}, {"amount", "10"}, {"is_test", "true"}})).body,
        accepted);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(CreateWithdrawal, CountsTheFeeAgainstTheBalance) {
    replace_shops([](merchants::Merchant& one) { one.payout_fee_fixed = Money::kes(1); });
    EXPECT_EQ(create(body({{"amount", "100000"}})).body, insufficient);
    EXPECT_EQ(create(body({{"amount", "99999"}})).body, accepted);
}

TEST_F(CreateWithdrawal, LetsThemWaitForTheirMoneyWhereTheCheckIsOff) {
    replace_shops([](merchants::Merchant& one) { one.balance_check = false; });
    EXPECT_EQ(create(body({{"amount", "100001"}})).body, accepted);
    EXPECT_EQ(row().state, withdrawals::State::waiting);
    EXPECT_EQ(store_.number("SELECT COALESCE(SUM(held), 0) FROM accounts"), 0);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(CreateWithdrawal, AnswersAKeyThatWasUsedAsTheFirstTime) {
    auto request = post(path, "access_key=access-1", body());
    request.headers.add("Idempotency-Key", "k1");
    EXPECT_EQ(call(request).body, accepted);
    EXPECT_EQ(call(request).body, accepted);
    EXPECT_EQ(withdrawals(), 1);
    auto other = post(path, "access_key=access-1", body({{"amount", "999"}}));
    other.headers.add("Idempotency-Key", "k1");
    EXPECT_EQ(call(other).status, 422);
    EXPECT_EQ(
        call(other).body,
        R"({"status":"fail","message":"The Idempotency-Key was used with another request."})");
}

TEST_F(CreateWithdrawal, KeepsNoAnswerThatMoneyMayChange) {
    auto request = post(path, "access_key=access-1", body({{"amount", "100001"}}));
    request.headers.add("Idempotency-Key", "k1");
    EXPECT_EQ(call(request).body, insufficient);
    credit(1, 1);
    EXPECT_EQ(call(request).body, accepted);
    // And what was answered once is answered again, whatever has become of payouts since.
    context_.payouts = nullptr;
    EXPECT_EQ(call(request).body, accepted);
    EXPECT_EQ(withdrawals(), 1);
}

TEST_F(CreateWithdrawal, TellsATakenIdBesideOtherFaults) {
    EXPECT_EQ(create(body()).body, accepted);
    EXPECT_EQ(create(body({{"amount", "1"}})).body,
              R"({"status":"fail","message":{"withdrawal_id":["The withdrawal id has already )"
              R"(been taken."],"amount":["The amount must be at least 10."]}})");
}

TEST_F(CreateWithdrawal, StoresNothingWherePayoutsAreNotConfigured) {
    context_.payouts = nullptr;
    const auto refused = create(body());
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(
        refused.body,
        R"({"status":"fail","message":"Withdrawals are not configured here. This request was not )"
        R"(processed: send it again unchanged when your operator has set payouts up."})");
    EXPECT_EQ(header(refused, "Retry-After"), "60");
    EXPECT_EQ(withdrawals(), 0);
}

TEST_F(CreateWithdrawal, SaysThatNothingCanBeStored) {
    store_.store().stop();
    const auto refused = create(body());
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.body,
              R"({"status":"fail","message":"Nothing can be stored at the moment. Try again."})");
}

// The commit failed, and may have reached the disk: what may be done next depends on the id.
TEST_F(CreateWithdrawal, SaysWhatToDoWhenNobodyKnowsWhetherItWasStored) {
    http::Router lost;
    lost.add(
        http::Method::post, path,
        [](const http::Request&, const http::PathArguments&) -> asio::awaitable<http::Response> {
            throw store::Broken{"the commit failed"};
            co_return http::Response{};
        });
    const auto refused = store_.wait_for(guarded(context_, lost)(post(path, "", body())));
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(header(refused, "Retry-After"), "1");
    EXPECT_EQ(
        refused.body,
        R"({"status":"fail","message":"It is not known whether this withdrawal was stored. Send it )"
        R"(again unchanged if it has a withdrawal_id or an Idempotency-Key: it is paid once, and an )"
        R"(id that has been taken was stored. Without either, sending it again may pay twice: ask )"
        R"(for your balance first."})");
}

TEST_F(CreateWithdrawal, IsLimitedWithTheMerchantsOtherCreates) {
    creates_ = MerchantRate{1};
    EXPECT_EQ(create(body()).status, 200);
    EXPECT_EQ(create(body({{"withdrawal_id", R"("w2")"}})).status, 429);
    EXPECT_EQ(create("{}").body, not_signed);
}

}  // namespace
}  // namespace lango::api
