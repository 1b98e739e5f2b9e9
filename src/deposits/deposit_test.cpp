#include "deposits/deposit.hpp"

#include "deposits/deposits_fixture.hpp"

namespace lango::deposits::test {
namespace {

using enum State;

class ForAPerson : public Deposits {
  protected:
    std::int64_t open(State state) {
        for (const auto& count : write([](store::Tx& tx) { return count_open(tx); })) {
            if (count.state == state) return count.count;
        }
        return 0;
    }
    std::int64_t waiting() {
        return *write([](store::Tx& tx) { return std::optional{count_attention(tx)}; });
    }
    bool look_at(DepositId id) {
        return *write([&](store::Tx& tx) {
            auto deposit = *find(tx, id);
            return std::optional{attended(tx, deposit, now_, "somebody")};
        });
    }
};

// Nothing will ask the rail again, so that no due time leads to it.
TEST_F(ForAPerson, WhatNothingElseSettlesIsCountedAsOpen) {
    const auto claimed = in(verifying);
    const auto refused = in(prompted);
    const auto other = in(paid);
    EXPECT_EQ(observe(refused, success()), Observed::receipt_used);
    EXPECT_EQ(the(refused).due_at, std::nullopt);
    while (const auto due = the(claimed).due_at) {
        now_ = *due;
        static_cast<void>(check());
    }
    EXPECT_EQ(open(verifying), 1);
    EXPECT_EQ(open(prompted), 1);
    EXPECT_EQ(open(paid), 0);
    EXPECT_EQ(write([](store::Tx& tx) { return open_since(tx); }).size(), 2U);
    EXPECT_EQ(waiting(), 2);
    EXPECT_FALSE(the(other).has(attention));
}

TEST_F(ForAPerson, IsListedOldestFirstUntilSomebodyHasLooked) {
    std::vector<DepositId> ids;
    for (int n = 0; n < 3; ++n) {
        ids.push_back(in(prompted));
        observe(ids.back(), success("UKN100000" + std::to_string(n)));
        let_time_pass(1s);
        observe(ids.back(), pulled("UKN765432" + std::to_string(n)));
    }
    const auto listed = [&](std::size_t limit) {
        std::vector<DepositId> found;
        for (const auto& deposit :
             write([&](store::Tx& tx) { return list_attention(tx, limit); })) {
            found.push_back(deposit.id);
        }
        return found;
    };
    EXPECT_EQ(listed(10), ids);
    EXPECT_EQ(listed(2), (std::vector{ids[0], ids[1]}));
    EXPECT_TRUE(look_at(ids[0]));
    EXPECT_FALSE(look_at(ids[0])) << "once";
    EXPECT_EQ(story(ids[0]).back(), EventKind::attended);
    EXPECT_EQ(state_of(ids[0]), paid);
    EXPECT_EQ(listed(10), (std::vector{ids[1], ids[2]}));
    EXPECT_EQ(waiting(), 2);
    EXPECT_EQ(broken_laws(), "");
}

TEST_F(ForAPerson, WhatIsOpenAndDueIsCountedOnce) {
    const auto id = in(prompted);
    auto odd = failure("7777");
    odd.fate = rails::Fate::unknown;
    observe(id, odd);
    EXPECT_TRUE(the(id).has(attention));
    EXPECT_EQ(open(prompted), 1);
    EXPECT_EQ(waiting(), 1);
}

}  // namespace
}  // namespace lango::deposits::test
