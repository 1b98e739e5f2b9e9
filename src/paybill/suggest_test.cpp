#include "paybill/suggest.hpp"

#include "paybill/paybill_fixture.hpp"

namespace lango::paybill::test {
namespace {

class Suggestions : public Paybill {
  protected:
    // "why" of each, the best first.
    std::vector<std::pair<DepositId, std::string>> of(const rails::PaybillPayment& payment) {
        EXPECT_EQ(take(payment), Taken::kept);
        std::vector<std::pair<DepositId, std::string>> found;
        for (const auto& one : suggestions(payment.receipt)) found.emplace_back(one.order, one.why);
        return found;
    }
};
using Found = std::vector<std::pair<DepositId, std::string>>;

TEST_F(Suggestions, RankWhatSpeaksForAnOrder) {
    const auto other = *create(700, "254712000001");
    let_time_pass(3min);
    const auto by_amount = *create(1000, "254712000002");
    let_time_pass(2min);
    const auto by_phone = *create(1000, "254708374149");
    static_cast<void>(reference(other));
    let_time_pass(4min);
    EXPECT_EQ(of(typed("chips")),
              (Found{{by_phone, "a phone that fits the mask, the same amount, made 4 min before"},
                     {by_amount, "the same amount, made 6 min before"}}));
}

TEST_F(Suggestions, KnowAPhoneByItsHash) {
    const auto order = *create(500, "254708374149");
    auto hashed = typed("chips");
    hashed.phone = "bbff37cea44ac0b2d964ee0dfb8d2df8513dc7ba1b36129a929fc3fbd6dd4af4";
    EXPECT_EQ(of(hashed), (Found{{order, "the same phone, made 0 min before"}}));
}

TEST_F(Suggestions, KnowAReferenceThatWasMistyped) {
    static_cast<void>(reference(*create(700, "254712000009")));  // the first is all zeros
    const auto order = *create(500, "254712000001");
    auto slip = reference(order);
    std::swap(slip[2], slip[3]);
    slip[6] = slip[6] == '9' ? '8' : '9';
    EXPECT_EQ(of(typed(slip)), (Found{{order, "two slips from its reference, made 0 min before"}}));
    auto short_one = reference(order);
    short_one.pop_back();
    EXPECT_EQ(of(typed(short_one, "UKN7000002")),
              (Found{{order, "one slip from its reference, made 0 min before"}}));
}

TEST_F(Suggestions, PutTheOrderFirstWhoseReferenceWasTyped) {
    const auto order = *create(2000, "254712000001");
    static_cast<void>(create(1000, "254712000002"));
    const auto found = of(payment(order));
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found.front().first, order);
}

TEST_F(Suggestions, AreNoPaidOrdersAndNoOldOnes) {
    static_cast<void>(in(State::paid));
    static_cast<void>(create(1000, "254712000001"));
    let_time_pass(49h);
    EXPECT_TRUE(of(typed("chips")).empty());
}

TEST(TypingDistance, CountsWhatPeopleGetWrong) {
    EXPECT_EQ(typing_distance("6562323K", "6562323K", 2), 0U);
    EXPECT_EQ(typing_distance(" 6562-323k ", "6562323K", 2), 0U);
    EXPECT_EQ(typing_distance("6562324K", "6562323K", 2), 1U);
    EXPECT_EQ(typing_distance("656323K", "6562323K", 2), 1U);
    EXPECT_EQ(typing_distance("65623233K", "6562323K", 2), 1U);
    EXPECT_EQ(typing_distance("6563223K", "6562323K", 2), 1U);
    EXPECT_EQ(typing_distance("5662332K", "6562323K", 2), 2U);
    EXPECT_EQ(typing_distance("chips", "6562323K", 2), 3U);
    EXPECT_EQ(typing_distance("", "6562323K", 2), 3U);
}

}  // namespace
}  // namespace lango::paybill::test
