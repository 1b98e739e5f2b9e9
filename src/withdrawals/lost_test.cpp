#include "withdrawals/lost.hpp"

#include "withdrawals/withdrawals_fixture.hpp"

namespace lango::withdrawals::test {
namespace {

class LostPayouts : public Withdrawals {
  protected:
    // As the rail tells of a payout whose row is gone.
    static rails::PayoutSeen paid(const std::optional<std::string>& receipt = "SG632NMUAB") {
        rails::PayoutSeen seen;
        seen.fate = PayoutFate::paid;
        seen.code = "0";
        seen.our_id = "lango-00000000000000ff";
        seen.receipt = receipt;
        seen.amount = Money::kes(1000);
        seen.recipient = Msisdn::parse("254712345678");
        seen.raw = "{}";
        return seen;
    }
    std::vector<LostPayout> lost() {
        return book_.write([](store::Tx& tx) { return open_lost(tx, 10); });
    }
    // As a person says, of the merchant, while another shortcode is configured.
    Claimed book(const std::string& what, std::optional<Money> amount = {}) {
        return book_.write(
            [&](store::Tx& tx) { return book_lost(tx, what, shop, configured_now, amount, now_); });
    }
    Money left(std::int64_t account) {
        return balance({.kind = ledger::AccountKind::rail, .owner = account}).posted;
    }
    Money owed() {
        return -balance({.kind = ledger::AccountKind::receivable, .owner = shop.value()}).posted;
    }
    static constexpr WithdrawalId gone{255};
    static constexpr std::int64_t configured_now = 600777;
};

TEST_F(LostPayouts, AreBookedToTheShortcodeThatPayoutsLeftFromWhenTheyWereTold) {
    ASSERT_EQ(claim(gone, paid()), Settled::unknown_withdrawal);
    const auto before = left(shortcode);
    EXPECT_EQ(book("SG632NMUAB"), Claimed::booked);
    EXPECT_EQ(left(shortcode), before + Money::kes(1000));
    EXPECT_EQ(left(configured_now), Money::zero());
    EXPECT_EQ(owed(), Money::kes(1000));
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(LostPayouts, AreBookedToTheShortcodeThatTheRailNames) {
    auto seen = paid();
    seen.shortcode = 600111;
    static_cast<void>(claim(gone, seen));
    EXPECT_EQ(book("SG632NMUAB"), Claimed::booked);
    EXPECT_EQ(left(600111), Money::kes(1000));
}

// CREDIT100000 came to the fixture's account; the reversal's row is gone, the payment's is not.
TEST_F(LostPayouts, ThatGaveAPaymentBackLeftFromWhereItHadCome) {
    rail_.goes.shortcode = 600222;
    auto seen = paid();
    seen.our_id.clear();
    seen.reversed = "CREDIT100000";
    static_cast<void>(claim(gone, seen));
    ASSERT_EQ(lost().size(), 1U);
    EXPECT_EQ(lost()[0].shortcode, shortcode);
}

TEST_F(LostPayouts, OfBeforeShortcodesWereKeptLeaveFromTheConfiguredOne) {
    static_cast<void>(claim(gone, paid()));
    book_.write([](store::Tx& tx) {
        tx.run("UPDATE lost_payouts SET shortcode = 0");
        return true;
    });
    EXPECT_EQ(book("SG632NMUAB"), Claimed::booked);
    EXPECT_EQ(left(configured_now), Money::kes(1000));
}

// What Safaricom calls paid and names no receipt of, or none that is one.
TEST_F(LostPayouts, WithoutAReceiptStandUnderTheirId) {
    int n = 0;
    for (const auto& odd : {std::optional<std::string>{}, std::optional<std::string>{"SG60000000"},
                            std::optional<std::string>{"R000001"}}) {
        const WithdrawalId id{gone.value() + ++n};
        ASSERT_EQ(claim(id, paid(odd)), Settled::unknown_withdrawal);
        EXPECT_EQ(claim(id, paid(odd)), Settled::unknown_withdrawal);
        ASSERT_EQ(lost().size(), 1U) << odd.value_or("none");
        EXPECT_EQ(lost()[0].receipt, hex16(id.value()));
        EXPECT_EQ(lost()[0].amount, Money::kes(1000));
        EXPECT_EQ(book(hex16(id.value())), Claimed::booked);
        EXPECT_EQ(owed(), Money::kes(1000 * n));
        EXPECT_EQ(book(hex16(id.value())), Claimed::no_such);
    }
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(LostPayouts, ThatAreToldWithAReceiptLaterStandUnderThat) {
    static_cast<void>(claim(gone, paid(std::nullopt)));
    auto with = paid();
    with.amount.reset();
    static_cast<void>(claim(gone, with));
    static_cast<void>(claim(gone, paid(std::nullopt)));
    ASSERT_EQ(lost().size(), 1U);
    EXPECT_EQ(lost()[0].receipt, "SG632NMUAB");
    EXPECT_EQ(lost()[0].amount, Money::kes(1000)) << "as it was said without the receipt";
    EXPECT_EQ(book("SG632NMUAB"), Claimed::booked);
}

TEST_F(LostPayouts, ThatWereBookedByTheirIdAreNotBookedByTheirReceiptToo) {
    static_cast<void>(claim(gone, paid(std::nullopt)));
    ASSERT_EQ(book(hex16(gone.value())), Claimed::booked);
    static_cast<void>(claim(gone, paid()));
    EXPECT_TRUE(lost().empty());
    EXPECT_EQ(book("SG632NMUAB"), Claimed::no_such);
    EXPECT_EQ(owed(), Money::kes(1000));
}

}  // namespace
}  // namespace lango::withdrawals::test
