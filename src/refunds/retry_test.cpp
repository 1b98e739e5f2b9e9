// Asking again because the answer was lost makes no second refund.
#include "refunds/refunds_fixture.hpp"

namespace lango::refunds::test {
namespace {

class RefundRetry : public Refunds {
  protected:
    NewRefund named(DepositId deposit, std::optional<std::int64_t> shillings = std::nullopt) {
        auto wanted = of(deposit, shillings);
        wanted.retry_key = "key-1";
        return wanted;
    }
};

TEST_F(RefundRetry, FindsWhatTheKeyMade) {
    const auto deposit = paid();
    const auto first = made(named(deposit, 300));
    EXPECT_EQ(made(named(deposit, 300)), first);
    EXPECT_EQ(balance().held, Money::kes(300));
    const auto refunds = book_.write([&](store::Tx& tx) { return of_deposit(tx, deposit); });
    EXPECT_EQ(refunds.size(), 1U);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(RefundRetry, OfAllThatIsLeftFindsItAlthoughNothingIsLeft) {
    const auto deposit = paid();
    const auto first = made(named(deposit));
    EXPECT_EQ(made(named(deposit)), first);
    EXPECT_EQ(refused(of(deposit)), "All of receipt UKN1AAAAAA is refunded, or about to be.");
}

TEST_F(RefundRetry, FindsAlsoWhatHasFailed) {
    const auto deposit = paid();
    const auto first = sent(named(deposit));
    EXPECT_EQ(see(first, PayoutFate::failed, PayoutSource::result, "", "1"), Settled::failed);
    EXPECT_EQ(made(named(deposit)), first);
}

TEST_F(RefundRetry, WithAnotherWishIsRefused) {
    const auto deposit = paid();
    const auto other = paid(1000, "UKN2AAAAAA");
    const auto refusal =
        "This retry key made another refund, " + hex16(made(named(deposit, 300)).value()) + ".";
    EXPECT_EQ(refused(named(deposit, 301)), refusal);
    EXPECT_EQ(refused(named(deposit)), refusal);
    EXPECT_EQ(refused(named(other, 300)), refusal);
    auto wish = named(deposit, 300);
    wish.who = "another person";
    EXPECT_EQ(refused(wish), refusal);
    wish = named(deposit, 300);
    wish.reason = "broken";
    EXPECT_EQ(refused(wish), refusal);
    wish = named(deposit, 300);
    wish.phone = Msisdn::parse("254799999999");
    EXPECT_EQ(refused(wish), refusal);
    wish = named(deposit, 300);
    wish.method = Method::payout;
    EXPECT_EQ(refused(wish), refusal);
    EXPECT_EQ(balance().held, Money::kes(300));
}

TEST_F(RefundRetry, OfARefusalMayBeGivenToAWishThatIsRight) {
    const auto deposit = paid();
    EXPECT_EQ(refused(named(deposit, 2000)),
              "Of KES 1000 that came in, KES 1000 is left to refund.");
    EXPECT_EQ(refused(named(deposit, 300)), "");
}

TEST_F(RefundRetry, MayNotBeLong) {
    auto wanted = named(paid());
    wanted.retry_key = std::string(65, 'x');
    EXPECT_EQ(refused(wanted), "A retry key has at most 64 characters.");
}

}  // namespace
}  // namespace lango::refunds::test
