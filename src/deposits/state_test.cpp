#include "deposits/state.hpp"
#include "base/check.hpp"

#include <map>
#include <set>

#include "deposits/deposits_fixture.hpp"

namespace lango::deposits::test {
namespace {

using enum State;

// The edges of the diagram in state.hpp, drawn once more: from each state, what it may become.
const std::map<State, std::set<State>> edges{
    {created, {pushing, verifying, paid, failed, expired}},
    {pushing, {created, prompted, unknown, verifying, paid, failed}},
    {prompted, {verifying, paid, failed, expired}},
    {unknown, {prompted, verifying, paid, failed, expired}},
    {verifying, {paid, failed, expired}},
    {paid, {}},
    {failed, {verifying, paid}},
    {expired, {verifying, paid, failed}},
};

using Pair = std::pair<State, State>;
class Edge : public testing::TestWithParam<Pair> {};
TEST_P(Edge, IsOpenOrClosedAsDrawn) {
    const auto [from, to] = GetParam();
    EXPECT_EQ(may_become(from, to), edges.at(from).contains(to));
}
std::vector<Pair> all_pairs() {
    std::vector<Pair> pairs;
    for (const auto from : states) {
        for (const auto to : states) pairs.emplace_back(from, to);
    }
    return pairs;
}
INSTANTIATE_TEST_SUITE_P(All, Edge, testing::ValuesIn(all_pairs()),
                         [](const testing::TestParamInfo<Pair>& pair) {
                             return std::string{name(pair.param.first)} + "_to_" +
                                    std::string{name(pair.param.second)};
                         });

TEST(State, IsClosedWhenWeExpectNothingMore) {
    for (const auto state : states) {
        EXPECT_EQ(is_closed(state), state == paid || state == failed || state == expired)
            << name(state);
    }
}

class Change : public Deposits {};

TEST_F(Change, IsOneEventAndOneRow) {
    const auto id = in(prompted);
    let_time_pass(1s);
    write([&](store::Tx& tx) {
        auto deposit = *find(tx, id);
        become(tx, deposit, failed, EventKind::failed, now_, "why");
    });
    const auto events_of_it = write([&](store::Tx& tx) { return events(tx, id); });
    EXPECT_EQ(events_of_it.back().number, static_cast<int>(events_of_it.size()));
    EXPECT_EQ(events_of_it.back().state, failed);
    EXPECT_EQ(events_of_it.back().detail, "why");
    EXPECT_EQ(the(id).events, events_of_it.back().number);
    EXPECT_EQ(the(id).closed_at, now_);
}

TEST_F(Change, ThatReopensForgetsWhenItWasClosed) {
    const auto id = in(failed);
    EXPECT_TRUE(the(id).closed_at);
    EXPECT_EQ(observe(id, query(rails::Fate::paid)), Observed::must_verify);
    EXPECT_FALSE(the(id).closed_at);
}

// Not even by a mistake of ours.
TEST_F(Change, ThatIsNotDrawnFailsAndLeavesNoTrace) {
    const auto id = in(paid);
    const auto told = the(id).events;
    EXPECT_THROW(write([&](store::Tx& tx) {
                     auto deposit = *find(tx, id);
                     note(tx, deposit, EventKind::needs_person, now_, "");
                     become(tx, deposit, failed, EventKind::failed, now_, "");
                 }),
                 CheckFailed);
    EXPECT_EQ(the(id).state, paid);
    EXPECT_EQ(the(id).events, told);
}

}  // namespace
}  // namespace lango::deposits::test
