// The gateway is killed before and after every step of a withdrawal. The steps are not a list that
// somebody wrote: an undisturbed life is recorded, from the write that accepts the withdrawal to
// the merchant's answer to the postback, and is lived again once for each death.
#include <gtest/gtest.h>

#include "base/json.hpp"
#include "tests/simulation/world.hpp"

namespace lango::simulation {
namespace {

using namespace std::chrono_literals;
using withdrawals::State;

struct Story {
    const char* name;
    const char* phone_ending;
    State ends;
};

struct End {
    State state = State::waiting;
    std::int64_t withdrawals = 0;
    std::int64_t open_holds = 0;
    std::size_t paid_at_rail = 0;
    std::size_t told = 0;  // postbacks for it that arrived with the right status
    std::string wrong;     // laws that do not hold, ledgers that differ, postbacks that lie
};

End live(const Story& story, Script& script) {
    World world{{.payouts = true, .float_poll = 1000h, .script = &script}};
    world.fund(5000);
    world.let_time_pass(1min);
    const auto phone = "254712345" + std::string{story.phone_ending};
    const auto already_told = world.postbacks().size();
    script.recording = true;
    // Who gets no answer asks again with the same id of his own.
    for (int tries = 0; tries < 3; ++tries) {
        const auto made = world.withdraw(1000, phone, "w-1");
        world.let_time_pass(1ms);
        if (made || world.number("SELECT COUNT(*) FROM withdrawals") > 0) break;
        world.let_time_pass(1s);
    }
    const auto state = [&] {
        return static_cast<State>(world.number("SELECT state FROM withdrawals"));
    };
    const auto waiting = [&] {
        return world.number("SELECT COUNT(*) FROM postbacks WHERE state = 1") > 0;
    };
    for (int i = 0; i < 1800 && (!withdrawals::is_closed(state()) || waiting()); ++i) {
        world.let_time_pass(1s);
    }
    script.recording = false;
    // What the rail says late must change nothing.
    world.let_time_pass(2min);

    End end;
    end.state = state();
    end.withdrawals = world.number("SELECT COUNT(*) FROM withdrawals");
    end.open_holds = world.number("SELECT COUNT(*) FROM holds WHERE state = 1");
    end.paid_at_rail = world.rail().ledger().payouts().size();
    end.wrong = world.broken_laws() + world.ledgers_differ();
    const auto* const status = end.state == State::paid ? "1" : "5";
    for (auto i = already_told; i < world.postbacks().size(); ++i) {
        const auto body = json::parse(world.postbacks()[i]);
        const auto& data = (*body->find("additional_data")->array())[0];
        if (data.text_at("withdrawal_id") == "w-1" && data.text_at("withdrawal_status") == status)
            ++end.told;
        else
            end.wrong += "told: " + world.postbacks()[i] + "\n";
    }
    return end;
}

class PayoutDeath : public testing::TestWithParam<Story> {
  protected:
    static void expect_good(const End& end, const std::string& when) {
        SCOPED_TRACE(when);
        EXPECT_EQ(end.state, GetParam().ends) << withdrawals::name(end.state);
        EXPECT_EQ(end.withdrawals, 1);
        EXPECT_EQ(end.open_holds, 0);
        EXPECT_EQ(end.paid_at_rail, GetParam().ends == State::paid ? 1U : 0U);
        EXPECT_GE(end.told, 1U);
        EXPECT_EQ(end.wrong, "");
    }
};

TEST_P(PayoutDeath, AtAnyStepEndsAsTheUndisturbedLifeDid) {
    Script undisturbed;
    expect_good(live(GetParam(), undisturbed), "undisturbed");
    const auto& steps = undisturbed.steps;
    ASSERT_GT(steps.size(), 5U);
    EXPECT_EQ(steps.front(), "write");
    RecordProperty("steps", static_cast<int>(steps.size()));
    for (std::size_t step = 0; step < steps.size() && !HasFailure(); ++step) {
        for (const bool after : {false, true}) {
            Script script;
            script.death = Death{.step = step, .after = after};
            const auto end = live(GetParam(), script);
            EXPECT_FALSE(script.death) << "it lived past step " << step;
            expect_good(end, "killed " + std::string{after ? "after" : "before"} + " step " +
                                 std::to_string(step) + " of " + std::to_string(steps.size()) +
                                 ": " + steps[step]);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Stories, PayoutDeath,
                         testing::Values(Story{"Paid", "777", State::paid},
                                         Story{"NotPaid", "124", State::failed},
                                         Story{"ResultLost", "150", State::paid},
                                         Story{"ReplyLost", "160", State::paid},
                                         Story{"QueueTimeoutThenPaid", "175", State::paid}),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace lango::simulation
