// The law of withdrawals, broken by hand.
#include <gmock/gmock.h>

#include "ledger/invariants/invariant.hpp"
#include "withdrawals/withdrawals_fixture.hpp"

namespace lango::withdrawals::test {
namespace {

class WithdrawalLaw : public Withdrawals {
  protected:
    WithdrawalLaw() : id_(sent()) { see(id_, PayoutFate::paid); }
    std::string after(store::Sql broken) {
        EXPECT_EQ(broken_laws(), "");
        book_.write([&](store::Tx& tx) { EXPECT_EQ(tx.run(broken), 1); });
        const auto told = broken_laws();
        if (told.find("WithdrawalsSettled") != std::string::npos) {
            // The next command that changes it is stopped by the same words.
            EXPECT_THAT(
                [&] {
                    book_.write([&](store::Tx& tx) { ledger::check_payment(tx, id_.value()); });
                },
                testing::ThrowsMessage<ledger::LawBroken>(testing::AllOf(
                    testing::StartsWith("WithdrawalsSettled: withdrawal"),
                    testing::ResultOf([&](const std::string& text) { return told.find(text); },
                                      testing::Ne(std::string::npos)))));
        }
        return told;
    }
    [[nodiscard]] std::string withdrawal() const {
        return "WithdrawalsSettled: withdrawal " + hex16(id_.value());
    }
    [[nodiscard]] std::string taken_of(const std::string& held) const {
        return "PaidOutAtMostHeld: payment " + hex16(id_.value()) +
               ", withdrawal_paid: takes 100000, " + held + " was held for it\n";
    }
    WithdrawalId id_;
};

TEST_F(WithdrawalLaw, SeesAHoldOfAnotherState) {
    EXPECT_EQ(
        after("UPDATE holds SET state = 3"),
        taken_of("0") + withdrawal() + " of 100000: its hold of 100000 is not as its state says\n");
}

TEST_F(WithdrawalLaw, SeesAMissingHold) {
    EXPECT_EQ(after("DELETE FROM holds"),
              taken_of("0") + withdrawal() + " of 100000 has no hold\n");
}

TEST_F(WithdrawalLaw, SeesMoreTakenThanWasHeld) {
    EXPECT_EQ(after("UPDATE holds SET amount = 90000"),
              taken_of("90000") + withdrawal() +
                  " of 100000: its hold of 90000 is not as its state says\n");
}

TEST_F(WithdrawalLaw, SeesMoneyTakenFromAnotherAccountThanItWasHeldOn) {
    EXPECT_EQ(after("UPDATE holds SET account_id = 1"), taken_of("0"));
}

TEST_F(WithdrawalLaw, SeesAnotherReceipt) {
    EXPECT_EQ(after("UPDATE withdrawals SET receipt = 'OTHER'"),
              withdrawal() + ": state, booking and receipt do not agree\n");
}

TEST_F(WithdrawalLaw, SeesALostEvent) {
    EXPECT_EQ(after("DELETE FROM withdrawal_events WHERE number = 2"),
              withdrawal() + ": its events are not 1, 2, 3, ...: 1 less than it counts\n");
}

TEST_F(WithdrawalLaw, SeesAStateThatNoEventTells) {
    EXPECT_EQ(after("UPDATE withdrawal_events SET state = 4 WHERE number = 4"),
              withdrawal() + " is in a state that its last event does not tell\n");
}

TEST_F(WithdrawalLaw, SeesAMerchantThatIsNotTold) {
    EXPECT_EQ(after("DELETE FROM postbacks"), withdrawal() + " has ended and has no postback\n");
}

}  // namespace
}  // namespace lango::withdrawals::test
