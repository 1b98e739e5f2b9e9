// Which refunds wait for a second operator.
#include "refunds/approval.hpp"
#include "base/crypto.hpp"
#include "refunds/refunds_fixture.hpp"
#include "withdrawals/approval_rules.hpp"
#include "withdrawals/approve.hpp"

namespace lango::refunds::test {
namespace {

using withdrawals::Decided;

class RefundApproval : public Refunds {
  protected:
    void rules(const merchants::PayoutRules& rules) {
        merchants::Merchant merchant;
        merchant.id = shop;
        merchant.slug = "shop";
        merchant.webhook_secret = Secret{"abcdefghijklmnopqrstuvwx"};
        merchant.payout_rules = rules;
        directory().replace({merchant});
    }
    State state_of(const NewRefund& wanted) { return row(made(wanted)).state; }
    NewRefund part_to(const std::string& phone) {
        auto wanted = of(paid(1000, "UKN" + std::to_string(1'000'001 + ++receipts_)), 300);
        wanted.phone = Msisdn::parse(phone);
        return wanted;
    }
    Decided approve(WithdrawalId id, const std::string& who) {
        return book_
            .write([&](store::Tx& tx) {
                const auto code = withdrawals::approval_code(*withdrawals::find(tx, id));
                return withdrawals::approve(tx, id, who, code, 1, now_);
            })
            .what;
    }

  private:
    int receipts_ = 0;
};

TEST_F(RefundApproval, IsNotNeededForThePayersOwnPhone) {
    EXPECT_EQ(state_of(of(paid(), 300)), State::queued);
}

TEST_F(RefundApproval, IsNeededForAnotherPhoneThanThePayers) {
    const auto id = made(part_to("254799999999"));
    EXPECT_EQ(row(id).state, State::waiting);
    EXPECT_EQ(take(), 0U);
    EXPECT_EQ(balance().held, Money::kes(300));
    EXPECT_EQ(approve(id, "a person"), Decided::own);
    EXPECT_EQ(approve(id, "another"), Decided::queued);
    EXPECT_EQ(take(), 1U);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(RefundApproval, IsNotNeededForAReversalWhichFindsItsPayer) {
    auto whole = of(paid());
    EXPECT_EQ(state_of(whole), State::queued);
}

TEST_F(RefundApproval, OfAReversalNamesNoPhone) {
    auto whole = of(paid());
    whole.phone = Msisdn::parse("254799999999");
    EXPECT_EQ(refused(whole), "A reversal finds its payer by itself: name no phone.");
}

TEST_F(RefundApproval, IsNeededFromTheMerchantsAmountOnWhicheverWay) {
    rules({.from = Money::kes(1000)});
    EXPECT_EQ(state_of(of(paid(1000, "UKN1AAAAAA"))), State::waiting);
    EXPECT_EQ(state_of(of(paid(999, "UKN2AAAAAA"))), State::queued);
}

TEST_F(RefundApproval, CountsTheMerchantsDay) {
    rules({.day_total = Money::kes(1500)});
    EXPECT_EQ(state_of(of(paid(1000, "UKN1AAAAAA"))), State::queued);
    EXPECT_EQ(state_of(of(paid(1000, "UKN2AAAAAA"))), State::waiting);
}

TEST_F(RefundApproval, TakesThePayerForNoNewRecipient) {
    rules({.new_recipient = true});
    EXPECT_EQ(state_of(of(paid(), 300)), State::queued);
}

// Nobody has let the merchant's withdrawals go there.
TEST_F(RefundApproval, MakesNoKnownRecipientOfWhomARefundWentTo) {
    rules({.new_recipient = true});
    const auto phone = *Msisdn::parse("254799999999");
    auto wanted = of(paid(), 300);
    wanted.phone = phone;
    const auto id = made(wanted);
    ASSERT_EQ(approve(id, "another"), Decided::queued);
    ASSERT_EQ(take(), 1U);
    answer(id, Submitted::accepted);
    ASSERT_EQ(see(id, PayoutFate::paid), Settled::paid);
    EXPECT_TRUE(book_.write([&](store::Tx& tx) {
        return withdrawals::needs_approval(tx, *directory().by_id(shop), phone, Money::kes(300),
                                           now_);
    }));
}

TEST_F(RefundApproval, DeniedGivesTheMoneyFree) {
    const auto deposit = paid();
    auto wanted = of(deposit, 300);
    wanted.phone = Msisdn::parse("254799999999");
    const auto id = made(wanted);
    const auto what = book_.write([&](store::Tx& tx) {
        return withdrawals::reject(tx, id, "another", "not his", context(), now_).what;
    });
    EXPECT_EQ(what, Decided::rejected);
    EXPECT_EQ(balance().held, Money::zero());
    EXPECT_EQ(refused(of(deposit)), "") << "all of it may go back again";
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(RefundApproval, KnowsThePayersPhoneAsFarAsTheRailShowsIt) {
    const auto order =
        book_.write([&, id = ordered()](store::Tx& tx) { return deposits::find(tx, id); });
    const auto phone = order->phone;
    ASSERT_EQ(phone.raw(), "254720000001");
    const auto other = *Msisdn::parse("254720999001");
    const auto hash = crypto::hex(crypto::view(crypto::sha256(phone.raw())));
    EXPECT_TRUE(is_the_payers(phone, phone.raw(), {}));
    EXPECT_TRUE(is_the_payers(phone, hash, {}));
    EXPECT_FALSE(is_the_payers(other, hash, {}));
    EXPECT_FALSE(is_the_payers(other, phone.raw(), {}));
    EXPECT_FALSE(is_the_payers(phone, "2547 ***** 001", {})) << "it fits many";
    EXPECT_FALSE(is_the_payers(phone, "", {}));
    EXPECT_TRUE(is_the_payers(phone, "", order));
    EXPECT_TRUE(is_the_payers(phone, "2547 ***** 001", order));
    EXPECT_FALSE(is_the_payers(phone, "2547 ***** 999", order));
    EXPECT_FALSE(is_the_payers(other, "2547 ***** 001", order));
}

}  // namespace
}  // namespace lango::refunds::test
