// Safaricom names the push in every callback. Whoever has the address can write one that does not.
#include "deposits/deposits_fixture.hpp"

namespace lango::deposits::test {
namespace {

using enum State;
using rails::Fate;

class UnnamedCallback : public Deposits {
  protected:
    static rails::Observation unnamed(rails::Observation seen) {
        seen.checkout_request_id.clear();
        return seen;
    }
};

TEST_F(UnnamedCallback, OfASuccessIsAClaim) {
    const auto id = in(prompted);
    EXPECT_EQ(observe(id, unnamed(success())), Observed::must_verify);
    EXPECT_EQ(state_of(id), verifying);
    EXPECT_EQ(credited(), Money::zero());
    EXPECT_EQ(observe(id, success()), Observed::paid) << "the rail's own names it";
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(UnnamedCallback, OfAFailureEndsNothingAndIsAReasonToAsk) {
    const auto id = in(prompted);
    EXPECT_EQ(observe(id, unnamed(failure("1032"))), Observed::must_verify);
    EXPECT_EQ(state_of(id), prompted);
    EXPECT_EQ(the(id).due_at, now_) << "the rail is asked at once";
    EXPECT_EQ(observe(id, query(Fate::failed, "1032")), Observed::failed);
    EXPECT_EQ(broken_laws(), "");
}

}  // namespace
}  // namespace lango::deposits::test
