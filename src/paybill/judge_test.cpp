#include "paybill/judge.hpp"

#include "paybill/paybill_fixture.hpp"

namespace lango::paybill::test {
namespace {

class Question : public Paybill {
  protected:
    Objection ask(const std::optional<rails::PaybillPayment>& payment) {
        const auto verdict =
            write([&](store::Tx& tx) { return judge(tx, payment, rules_, directory_); });
        order_ = verdict.order;
        return verdict.objection;
    }
    Rules rules_{.numbers = {deposits::test::shortcode}};
    std::optional<DepositId> order_;
};

TEST_F(Question, AboutAnUnpaidOrderIsAnsweredWithTheOrder) {
    for (const auto state : {State::prompted, State::failed, State::expired, State::created}) {
        const auto order = in(state);
        EXPECT_EQ(ask(payment(order)), Objection::none);
        EXPECT_EQ(order_, order);
    }
}

TEST_F(Question, AboutNobodysReferenceIsRefusedUnlessUnknownMoneyIsTaken) {
    EXPECT_EQ(ask(typed("chips")), Objection::account);
    auto slip = reference(in(State::prompted));
    slip.back() = slip.back() == 'A' ? 'B' : 'A';
    EXPECT_EQ(ask(typed(slip)), Objection::account);
    rules_.takes_unknown = true;
    EXPECT_EQ(ask(typed("chips")), Objection::none);
    EXPECT_EQ(order_, std::nullopt);
}

TEST_F(Question, AboutAnotherAmountIsRefusedByTheMerchantsRule) {
    const auto order = in(State::prompted);
    EXPECT_EQ(ask(payment(order, "UKN1", 999)), Objection::amount);
    EXPECT_EQ(ask(payment(order, "UKN1", 1001)), Objection::none);
    merchant_takes(merchants::PaybillAmount::exact);
    EXPECT_EQ(ask(payment(order, "UKN1", 1001)), Objection::amount);
    EXPECT_EQ(ask(std::nullopt), Objection::none) << "what cannot be read is taken";
}

TEST_F(Question, AboutAPaidOrderOrAnotherPaybillIsRefused) {
    EXPECT_EQ(ask(payment(in(State::paid))), Objection::paid);
    auto foreign = payment(in(State::prompted));
    foreign.shortcode = 600966;
    EXPECT_EQ(ask(foreign), Objection::number);
}

}  // namespace
}  // namespace lango::paybill::test
